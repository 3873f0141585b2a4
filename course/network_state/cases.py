from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch, betas, gammas

NETWORKS = """\
from bnlib import BatchNorm, lab

def network(W, b, V, c):
    return [lab.Linear(W, b), lab.AsLayer(BatchNorm(2, momentum=0.5)), lab.ReLU(), lab.Linear(V, c)]

trained, fresh = network(W, b, V, c), network(2 * W, -b, 3 * V, -c)
trained[1].norm.gamma, trained[1].norm.beta = gamma.copy(), beta.copy()
lab.Stack(trained).forward(X)  # in training: the running pair moves
for layer in trained + fresh:
    layer.eval()
"""
ROUND_TRIP = "restore_network(fresh, through_a_file(network_state(trained)))\n"
ARRAYS = "arrays = [key for key in state if np.ndim(state[key])]\n"  # a state may hold a number besides
REFUSED = (
    "before = lab.Stack(fresh).forward(X)\nrefused = raises(ValueError, restore_network, fresh, state)\n"
    "changed = lab.Stack(fresh).forward(X) - before"
)


def of_sizes(inputs, outputs):
    """Draw the arrays of a network with two hidden units, and a mini-batch X."""

    def draw(rng):
        return {
            "W": batch(rng, inputs, 2, spread=0.7),
            "b": betas(rng, 2),
            "gamma": gammas(rng, 2),
            "beta": betas(rng, 2) + 1,
            "V": batch(rng, 2, outputs, spread=0.7),
            "c": gammas(rng, outputs),
            "X": batch(rng, 4, inputs),
        }

    return draw


def refused(name, spoil):
    return Case(
        name, NETWORKS + "state = network_state(trained)\n" + spoil + "\n" + REFUSED, ("refused", "changed"), SHAPES
    )


SHAPES = of_sizes(3, 2)
EXERCISE = Exercise(
    name="network_state",
    points=6,
    needs=("BatchNorm",),
    hints=(
        "Every array needs a key of its own, though each Linear layer calls its arrays W and b. What tells two layers "
        "of the same kind apart?",
        '`enumerate(layers)` gives each layer a number; number and name make a key, such as `"0 W"`. Restoring makes '
        "the same keys from the layers that it is to fill, compares keys and shapes with the state, and copies last.",
        '`{f"{i} {name}": array.copy() for i, layer in enumerate(layers) for name, array in '
        "layer.parameters().items()}`; to restore, the same without the copy gives `own`; compare `own.keys()` with "
        "`state.keys()` and the shapes, then `array[...] = state[key]` for each.",
    ),
    cases=(
        Case(
            "through a file into a fresh network",
            NETWORKS + ROUND_TRIP + "out = lab.Stack(fresh).forward(X)\n"
            "to_the_last_bit = np.array_equal(out, lab.Stack(trained).forward(X))",
            ("out", "to_the_last_bit"),
            SHAPES,
        ),
        Case(
            "two layers of one kind and one shape",
            NETWORKS + ROUND_TRIP + "out = lab.Stack(fresh).forward(X)",
            ("out",),
            of_sizes(2, 2),
        ),
        Case(
            "the arrays of the batch norm layer",
            NETWORKS + ROUND_TRIP + "restored = np.stack(list(fresh[1].parameters().values()))",
            ("restored",),
            SHAPES,
        ),
        Case(
            "every number of the network is in the state",
            NETWORKS
            + "arrays = [array for layer in trained for array in layer.parameters().values()]\n"
            + "saved = np.concatenate([np.ravel(array) for array in network_state(trained).values()])\n"
            + "all_saved = np.isin(np.concatenate([array.ravel() for array in arrays]), saved).all()",
            ("all_saved",),
            SHAPES,
        ),
        Case(
            "a network of one layer, which keeps its mode",
            "from bnlib import lab\n\ntrained, fresh = [lab.Linear(W, b)], [lab.Linear(-W, 2 * b)]\n"
            + ROUND_TRIP
            + "out = lab.Stack(fresh).forward(X)\n"
            "modes_kept = trained[0].training and fresh[0].training",
            ("out", "modes_kept"),
            lambda rng: {name: value for name, value in SHAPES(rng).items() if name in ("W", "b", "X")},
        ),
        Case(
            "the state is made of copies",
            NETWORKS + "state = network_state(trained)\nfor layer in trained:\n"
            "    for array in layer.parameters().values():\n        array += 1\n"
            "restore_network(fresh, state)\nout = lab.Stack(fresh).forward(X)",
            ("out",),
            SHAPES,
        ),
        Case(
            "two networks restored from one state keep their own arrays",
            NETWORKS + "state = network_state(trained)\nother = network(W, b, V, c)\nrestore_network(other, state)\n"
            "restore_network(fresh, state)\nfor array in state.values():\n    array += 1\n"
            "out = lab.Stack(fresh).forward(X)",
            ("out",),
            SHAPES,
        ),
        refused("the first key is missing", "del state[list(state)[0]]"),
        refused("the last key is missing", "del state[list(state)[-1]]"),
        refused("the last key has another name", 'state["another"] = state.pop(list(state)[-1])'),
        refused("a key too many", 'state["one more"] = np.ones(2)'),
        refused("the first array has lost all rows but one", ARRAYS + "state[arrays[0]] = state[arrays[0]][:1]"),
        refused(
            "all matrices have lost all columns but one",
            "state = {key: np.array(array)[:, :1] if np.ndim(array) == 2 else array for key, array in state.items()}",
        ),
        refused("the last array has a number too many", ARRAYS + "state[arrays[-1]] = np.append(state[arrays[-1]], 1)"),
        refused("the last array has lost a number", ARRAYS + "state[arrays[-1]] = state[arrays[-1]][:1]"),
        refused("the last array has an axis too many", ARRAYS + "state[arrays[-1]] = state[arrays[-1]][np.newaxis]"),
        refused("the state of a shallower network", "state = network_state(trained[:2])"),
    ),
)
