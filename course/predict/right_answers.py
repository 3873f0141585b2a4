# %% a context manager, the flag itself, and a row after the other
import contextlib

import numpy as np


@contextlib.contextmanager
def evaluating(layers):
    former = [(layer, layer.training) for layer in layers]
    for layer in layers:
        layer.training = False
    try:
        yield
    finally:
        for layer, mode in former:
            layer.training = mode


def predict(layers, X):
    with evaluating(layers):
        if np.ndim(X) == 2:
            return np.array([through(layers, x) for x in X])
        return through(layers, X)


def through(layers, x):
    return through(layers[1:], layers[0].forward(x)) if layers else x


# %% only those that train are switched, and switched back
from functools import reduce


def predict(layers, X):
    busy = [layer for layer in layers if layer.training]
    try:
        for layer in busy:
            layer.eval()
        return reduce(lambda A, layer: layer.forward(A), layers, X)
    finally:
        for layer in busy:
            layer.train()


# %% a stack of things to undo
from contextlib import ExitStack


def predict(layers, X):
    with ExitStack() as undo:
        for layer in layers:
            undo.callback(layer.train if layer.training else layer.eval)
            layer.eval()
        A = X
        for layer in layers:
            A = layer.forward(A)
    return A


# %% a copy of the network evaluates
import copy


def predict(layers, X):
    A, evaluating = X, copy.deepcopy(layers)
    for layer in evaluating:
        layer.eval()
    for layer in evaluating:
        A = layer.forward(A)
    return A


# %% the exception caught and raised again, lists for arrays
def predict(layers, X):
    modes = {i: layer.training for i, layer in enumerate(layers)}

    def put_back():
        for i, training in modes.items():
            getattr(layers[i], "train" if training else "eval")()

    for layer in layers:
        layer.eval()
    try:
        out = X
        for layer in layers:
            out = layer.forward(out)
    except BaseException:
        put_back()
        raise
    put_back()
    return out.tolist()


# %% one layer after the other, each put back at once
def predict(layers, X):
    for layer in layers:
        was_training = layer.training
        layer.eval()
        try:
            X = layer.forward(X)
        finally:
            if was_training:
                layer.train()
    return X
