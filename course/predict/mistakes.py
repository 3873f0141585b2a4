import copy

import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.mistakes import misconception, together


def through(layers, X):
    for layer in layers:
        X = layer.forward(X)
    return X


def in_evaluation(layers, X):
    for layer in layers:
        layer.eval()
    return through(layers, X)


def put_back(layers, modes):
    for layer, training in zip(layers, modes, strict=True):
        layer.training = training


@misconception(
    "the layers are asked in the mode that they happen to be in",
    "In training a row's answer depends on its neighbours, and a single row is refused. Switch to evaluation first.",
)
def mode_ignored(layers, X):
    return through(layers, X)


@misconception(
    "a single row is doubled so that the layers in training mode take it",
    "The mean of two equal rows is the row: every unit answers its β. Switch the layers to evaluation instead.",
)
def lone_row_doubled(layers, X):
    if np.ndim(X) == 1:
        return through(layers, np.stack([X, X]))[0]
    return through(layers, np.concatenate([X, X]))[:1] if len(X) == 1 else through(layers, X)


@misconception(
    "the layers stay in evaluation mode",
    "Whoever was training goes on without noticing, and from then on the running pair stands still. "
    "To put the modes back, note them before you switch: afterwards all say evaluation.",
)
def left_in_evaluation(layers, X):
    return in_evaluation(layers, X)


@misconception(
    "all layers are in training mode afterwards, whatever they were in before",
    "Somebody may have switched a layer to evaluation on purpose. Note the former modes, and put those back.",
)
def all_train_afterwards(layers, X):
    try:
        return in_evaluation(layers, X)
    finally:
        put_back(layers, [True] * len(layers))


@misconception(
    "the first layer's former mode is given to all layers",
    "Each layer has a mode of its own: note one per layer.",
)
def one_mode_for_all(layers, X):
    former = layers[0].training
    try:
        return in_evaluation(layers, X)
    finally:
        put_back(layers, [former] * len(layers))


@misconception(
    "all layers are in training mode afterwards if any of them was before",
    "Each layer has a mode of its own: note one per layer.",
)
def mode_of_any(layers, X):
    former = any(layer.training for layer in layers)
    try:
        return in_evaluation(layers, X)
    finally:
        put_back(layers, [former] * len(layers))


@misconception(
    "copies of the layers are asked, in the mode that they happen to be in",
    "A copy leaves the layer itself alone, and has its mode: the copies have to be switched to evaluation.",
)
def copies_not_switched(layers, X):
    return through(copy.deepcopy(layers), X)


@misconception(
    "the modes are put back only when everything went well",
    "After an exception the layers are left in evaluation. What has to happen in any case belongs in `finally`.",
)
def not_put_back_after_an_exception(layers, X):
    former = [layer.training for layer in layers]
    out = in_evaluation(layers, X)
    put_back(layers, former)
    return out


@not_put_back_after_an_exception.variant
def one_layer_after_the_other(layers, X):
    for layer in layers:
        former = layer.training
        layer.eval()
        X = layer.forward(X)
        layer.training = former
    return X


@misconception(
    "the exception of a layer is swallowed",
    "The caller then goes on with None for an answer. `finally` puts the modes back and lets the exception through.",
)
def exception_swallowed(layers, X):
    try:
        return reference.predict(layers, X)
    except Exception:
        return None


@misconception(
    "only the first batch norm layer is switched to evaluation",
    "Two batch norm layers are two layers. Switch all of them.",
)
def only_the_first_norm(layers, X):
    norms = [layer for layer in layers if "running_mean" in layer.parameters()]
    former = [layer.training for layer in layers]
    try:
        in_evaluation(norms[:1], through(layers[: layers.index(norms[0])], X))
        return through(layers, X)
    finally:
        put_back(layers, former)


@misconception(
    "only the batch norm layers are switched to evaluation",
    "Other layers have two modes as well, dropout for one. Switch all; a layer that does not care takes no harm.",
)
def only_the_norms(layers, X):
    norms = [layer for layer in layers if "running_mean" in layer.parameters()]
    former = [layer.training for layer in layers]
    try:
        for layer in norms:
            layer.eval()
        return through(layers, X)
    finally:
        put_back(layers, former)


@misconception(
    "the last layer is left out",
    "The result is the last layer's output, not what goes into it.",
)
def last_layer_left_out(layers, X):
    return reference.predict(layers[:-1], X)


@last_layer_left_out.variant
def last_layer_asked_in_vain(layers, X):
    former = [layer.training for layer in layers]
    try:
        in_evaluation(layers, X)
        return through(layers[:-1], X)
    finally:
        put_back(layers, former)


@misconception(
    "every layer is given X itself",
    "A layer gets what the layer before it gave; only the first one gets the input.",
)
def always_the_input(layers, X):
    former = [layer.training for layer in layers]
    try:
        for layer in layers:
            layer.eval()
            out = layer.forward(X)
        return out
    finally:
        put_back(layers, former)


@misconception(
    "the layers are run through from the last to the first",
    "Backwards is the way of the gradients. Forward begins with the first layer of the list.",
)
def reversed_order(layers, X):
    return reference.predict(layers[::-1], X)


@misconception(
    "a lone example comes back as a batch of one row",
    "(d,) in, (k,) out: the layers take a row without a batch around it.",
)
def lone_example_kept_as_a_batch(layers, X):
    return reference.predict(layers, np.atleast_2d(X))


@misconception(
    "softmax is applied to the output",
    "What is asked for is the last layer's output as it is. The largest stays the largest, but the numbers are others.",
)
def softmax_applied(layers, X):
    powers = np.exp(reference.predict(layers, X))
    return powers / powers.sum(axis=-1, keepdims=True)


@misconception(
    "the classes are given in place of the outputs",
    "`argmax` is the caller's next step; before it, one may want to know by how much a class has won.",
)
def classes_given(layers, X):
    return np.argmax(reference.predict(layers, X), axis=-1)


@misconception(
    "only the last layer is switched to evaluation",
    "Each layer has a mode of its own: call `layer.eval()` for every one of them before X goes through.",
)
def only_the_last_layer(layers, X):
    former = [layer.training for layer in layers]
    try:
        layers[-1].eval()
        return through(layers, X)
    finally:
        put_back(layers, former)


@together(left_in_evaluation, lone_example_kept_as_a_batch)
def left_and_kept(layers, X):
    return in_evaluation(layers, np.atleast_2d(X))


@together(left_in_evaluation, classes_given)
def left_and_classes(layers, X):
    return np.argmax(in_evaluation(layers, X), axis=-1)


@together(left_in_evaluation, softmax_applied)
def left_and_softmax(layers, X):
    powers = np.exp(in_evaluation(layers, X))
    return powers / powers.sum(axis=-1, keepdims=True)


@together(all_train_afterwards, not_put_back_after_an_exception)
def all_train_if_all_went_well(layers, X):
    out = in_evaluation(layers, X)
    put_back(layers, [True] * len(layers))
    return out


@together(not_put_back_after_an_exception, lone_example_kept_as_a_batch)
def not_put_back_and_kept(layers, X):
    return not_put_back_after_an_exception.variants[0](layers, np.atleast_2d(X))


@together(only_the_norms, not_put_back_after_an_exception)
def norms_if_all_went_well(layers, X):
    former = [layer.training for layer in layers]
    for layer in layers:
        if "running_mean" in layer.parameters():
            layer.eval()
    out = through(layers, X)
    put_back(layers, former)
    return out


@together(only_the_norms, left_in_evaluation)
def norms_left(layers, X):
    for layer in layers:
        if "running_mean" in layer.parameters():
            layer.eval()
    return through(layers, X)
