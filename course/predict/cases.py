from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch, betas, gammas

NETWORK = """\
from bnlib import BatchNorm, lab

layers = [lab.Linear(W, b), lab.AsLayer(BatchNorm(3, momentum=0.5)), lab.ReLU(), lab.Linear(V, c)]
lab.Stack(layers).forward(X)  # a mini-batch of training
"""
DROPOUT = """
class Dropout(lab.Layer):
    def forward(self, X):
        return X * [0, 2] if self.training else X

"""
MODES = "modes = [layer.training for layer in layers]"
MIXED = "layers[0].eval()\nlayers[3].eval()\n"


def of_sizes(inputs=2, outputs=2, **batches):
    """Draw a network's arrays and a mini-batch X for its training; `batches` are further ones, by their rows."""

    def draw(rng):
        return {
            "W": batch(rng, inputs, 3, spread=0.7),
            "b": betas(rng, 3),
            "V": batch(rng, 3, outputs, spread=0.7),
            "c": gammas(rng, outputs),
            "X": batch(rng, 5, inputs),
        } | {name: batch(rng, rows, inputs, offset=1) for name, rows in batches.items()}

    return draw


def one_example(rng):
    drawn = of_sizes(x=1)(rng)
    return drawn | {"x": drawn["x"][0]}


def does_not_fit(rng):
    drawn = of_sizes(X2=3)(rng)
    return drawn | {"V2": batch(rng, 4, 2)}


EXERCISE = Exercise(
    name="predict",
    points=4,
    needs=("BatchNorm",),
    hints=(
        "Three things, one after the other: note the mode of every layer, switch all to evaluation and send X through, "
        "put every mode back.",
        "`layer.training` says which mode a layer is in; ask for it before you switch. What has to happen in any case, "
        "an exception included, stands in the `finally` of a `try`.",
        "`former = [layer.training for layer in layers]`; in the `try`, `layer.eval()` for all, then "
        "`X = layer.forward(X)` for all; in the `finally`, `layer.train()` for those whose entry in `former` is True "
        "and `layer.eval()` for the others.",
    ),
    cases=(
        Case("a batch", NETWORK + "out = predict(layers, X2)", ("out",), of_sizes(X2=4)),
        Case("one example of shape (d,)", NETWORK + "out = predict(layers, x)", ("out",), one_example),
        Case("a batch of one row", NETWORK + "out = predict(layers, X2)", ("out",), of_sizes(X2=1)),
        Case(
            "a row alone, and in its batch",
            NETWORK + "inside = predict(layers, X2)[1]\nalone = predict(layers, X2[1])",
            ("inside", "alone"),
            of_sizes(X2=3),
        ),
        Case(
            "as many examples as inputs, units and outputs",
            NETWORK + "out = predict(layers, X2)",
            ("out",),
            of_sizes(3, 3, X2=3),
        ),
        Case(
            "two batch norm layers",
            NETWORK + "layers += [lab.AsLayer(BatchNorm(2, momentum=0.5)), lab.ReLU()]\n"
            "lab.Stack(layers).forward(X)\nout = predict(layers, X2)\n" + MODES,
            ("out", "modes"),
            of_sizes(X2=3),
        ),
        Case(
            "a dropout layer is switched too",
            NETWORK + DROPOUT + "layers += [Dropout()]\nout = predict(layers, X2)\n" + MODES,
            ("out", "modes"),
            of_sizes(X2=3),
        ),
        Case(
            "a dropout layer comes first",
            NETWORK + DROPOUT + "layers = [Dropout(), *layers]\nout = predict(layers, X2)\n" + MODES,
            ("out", "modes"),
            of_sizes(X2=3),
        ),
        Case(
            "afterwards all layers train again, and the running pair is as before",
            NETWORK + "before = layers[1].norm.running_mean.copy()\nout = predict(layers, X2)\n" + MODES + "\n"
            "mean_moved = layers[1].norm.running_mean - before",
            ("out", "modes", "mean_moved"),
            of_sizes(X2=3),
        ),
        Case(
            "layers in different modes keep their own",
            NETWORK + MIXED + "out = predict(layers, X2)\n" + MODES,
            ("out", "modes"),
            of_sizes(X2=3),
        ),
        Case(
            "all layers in evaluation stay there",
            NETWORK + "for layer in layers:\n    layer.eval()\nout = predict(layers, X2)\n" + MODES,
            ("out", "modes"),
            of_sizes(X2=3),
        ),
        Case(
            "the last layer stops with a ValueError: it is passed on, and all modes are put back",
            NETWORK + "layers[0].eval()\nlayers[3] = lab.Linear(V2, c)\n"
            "passed_on = raises(ValueError, predict, layers, X2)\n" + MODES,
            ("passed_on", "modes"),
            does_not_fit,
        ),
    ),
)
