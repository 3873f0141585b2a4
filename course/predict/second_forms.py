import contextlib
import copy

import numpy as np

from autograder.coursebook.second_forms import way


@contextlib.contextmanager
def noted(layers):
    former = [(layer, layer.training) for layer in layers]
    try:
        yield
    finally:
        for layer, training in former:
            (layer.train if training else layer.eval)()


def switched(layers):
    for layer in layers:
        layer.eval()


def through(layers, X):
    out = X
    for i in range(len(layers)):
        out = layers[i].forward(out)
    return out


@way("mode_ignored")
def as_they_are(layers, X):
    return through(layers, X)


@way("lone_row_doubled")
def two_of_one(layers, X):
    if X.ndim == 1 or len(X) == 1:
        X, shape = np.repeat(np.atleast_2d(X), 2, axis=0), X.shape
        return through(layers, X)[0].reshape(*shape[:-1], -1)
    return through(layers, X)


@way("left_in_evaluation")
def never_put_back(layers, X):
    for layer in layers:
        layer.eval()
        X = layer.forward(X)
    return X


@way("all_train_afterwards")
def train_in_the_end(layers, X):
    switched(layers)
    try:
        return through(layers, X)
    finally:
        for layer in layers:
            layer.train()


@way("one_mode_for_all")
def mode_of_the_network(layers, X):
    training = layers[0].training
    switched(layers)
    try:
        return through(layers, X)
    finally:
        for layer in layers:
            if training:
                layer.train()
            else:
                layer.eval()


@way("not_put_back_after_an_exception")
def no_finally(layers, X):
    former = {id(layer): layer.training for layer in layers}
    switched(layers)
    X = through(layers, X)
    for layer in layers:
        if former[id(layer)]:
            layer.train()
    return X


@way("left_in_evaluation")
def noted_on_the_way(layers, X):
    former = []
    for layer in layers:
        layer.eval()
        former.append(layer.training)
    try:
        return through(layers, X)
    finally:
        for layer, training in zip(layers, former, strict=True):
            layer.training = training


@way("not_put_back_after_an_exception")
def switched_on_the_way(layers, X):
    for layer in layers:
        was_training = layer.training
        layer.eval()
        X = layer.forward(X)
        if was_training:
            layer.train()
    return X


@way("mode_of_any")
def any_of_them(layers, X):
    back = max(layer.training for layer in layers)
    switched(layers)
    try:
        return through(layers, X)
    finally:
        for layer in layers:
            (layer.train if back else layer.eval)()


@way("copies_not_switched")
def copies(layers, X):
    for layer in copy.deepcopy(list(layers)):
        X = layer.forward(X)
    return X


@way("last_layer_left_out")
def without_the_last(layers, X):
    *others, _ = layers
    with noted(layers):
        switched(layers)
        return through(others, X)


@way("exception_swallowed")
def bare_except(layers, X):
    with noted(layers), contextlib.suppress(ValueError):
        switched(layers)
        return through(layers, X)


@way("only_the_first_norm")
def next_norm(layers, X):
    with noted(layers):
        next(layer for layer in layers if "gamma" in layer.parameters()).eval()
        return through(layers, X)


@way("only_the_norms")
def layers_with_gamma(layers, X):
    with noted(layers):
        switched([layer for layer in layers if "gamma" in layer.parameters()])
        return through(layers, X)


@way("last_layer_left_out")
def stopped_one_early(layers, X):
    with noted(layers):
        switched(layers)
        out = X
        for layer in layers:
            inside, out = out, layer.forward(out)
        return inside


@way("always_the_input")
def wrong_variable(layers, X):
    with noted(layers):
        switched(layers)
        return [layer.forward(X) for layer in layers][-1]


@way("reversed_order")
def backwards(layers, X):
    with noted(layers):
        switched(layers)
        return through(list(reversed(layers)), X)


@way("lone_example_kept_as_a_batch")
def reshaped(layers, X):
    with noted(layers):
        switched(layers)
        return through(layers, X.reshape(1, -1) if X.ndim == 1 else X)


@way("softmax_applied")
def stable_softmax(layers, X):
    with noted(layers):
        switched(layers)
        out = through(layers, X)
        powers = np.exp(out - out.max(axis=-1, keepdims=True))
        return powers / powers.sum(axis=-1, keepdims=True)


@way("classes_given")
def argmax(layers, X):
    with noted(layers):
        switched(layers)
        return through(layers, X).argmax(axis=-1)


@way("only_the_last_layer")
def last_switched(layers, X):
    with noted(layers):
        layers[len(layers) - 1].eval()
        return through(layers, X)


@way("mode_ignored")
def forward_then_eval(layers, X):
    with noted(layers):
        for layer in layers:
            out = layer.forward(X)
            layer.eval()
            X = out
        return X


@way("all_train_afterwards", "not_put_back_after_an_exception")
def train_at_the_end(layers, X):
    switched(layers)
    out = through(layers, X)
    for layer in layers:
        layer.train()
    return out


@way("left_in_evaluation", "classes_given")
def evaluated_argmax(layers, X):
    switched(layers)
    return np.argmax(through(layers, X), -1)
