import numpy as np

from autograder.coursebook.exercise import Case, Exercise
from course.inputs import batch, betas, gammas, means, variances

LEARNED = "layer.gamma, layer.beta = gamma.copy(), beta.copy()\n"
RUNNING = "layer.running_mean, layer.running_var = running_mean.copy(), running_var.copy()\n"
STATE = "mean_after, var_after = layer.running_mean, layer.running_var"


def of_shape(m, n, **batches):
    """Draw a layer's four arrays and the mini-batch Z; `batches` are further ones, by their offset."""

    def inputs(rng):
        return {
            "gamma": gammas(rng, n),
            "beta": betas(rng, n),
            "running_mean": means(rng, n),
            "running_var": variances(rng, n),
            "Z": batch(rng, m, n),
        } | {name: batch(rng, m + 1, n, offset) for name, offset in batches.items()}

    return inputs


def only(make, *names):
    return lambda rng: {name: value for name, value in make(rng).items() if name in names}


NAMES = ("gamma", "beta", "running_mean", "running_var")


def state(rng):
    """Draw the dict that `load_state_dict` takes, as `state`, and a mini-batch."""
    drawn = of_shape(3, 2)(rng)
    return {"state": {name: drawn[name] for name in NAMES}, "Z": drawn["Z"]}


def state_without_a_key(rng):
    drawn = of_shape(3, 2)(rng)
    return {"state": {name: drawn[name] for name in NAMES[:-1]}}


def state_of_a_wrong_shape(rng):
    drawn = of_shape(3, 2)(rng)
    return {"state": {name: drawn[name] for name in NAMES} | {"running_var": drawn["running_var"][:1]}}


def state_with_a_number_too_many(rng):
    drawn = of_shape(3, 2)(rng)
    return {"state": {name: drawn[name] for name in NAMES} | {"gamma": gammas(rng, 3)}}


def states_of_other_shapes(rng):
    """Draw two states whose four arrays are alike among themselves: three numbers each, and two in a column."""
    larger, fitting = of_shape(2, 3)(rng), of_shape(2, 2)(rng)
    return {
        "larger": {name: larger[name] for name in NAMES},
        "columns": {name: fitting[name][:, np.newaxis] for name in NAMES},
    }


EXERCISE = Exercise(
    name="BatchNorm",
    points=10,
    needs=("batch_norm_forward", "update_running", "batch_norm_inference"),
    hints=(
        "`forward` has two halves, and `self.training` picks one. Everything you need is written already: "
        "three functions of lessons {number scale_and_shift}, {number running_statistics} and {number test_time}.",
        "Training: refuse a single row, `batch_norm_forward`, keep the cache, `update_running` with the cache's mean "
        "and var. Evaluation: `batch_norm_inference` and nothing else. "
        "`state_dict` copies out; `load_state_dict` checks everything first and copies in last.",
        "`if not self.training: return batch_norm_inference(Z, self.running_mean, ...)`, and below it "
        "`out, self.cache = batch_norm_forward(Z, self.gamma, self.beta, self.eps)` and the update from "
        '`self.cache["mean"]` and `self.cache["var"]`.',
    ),
    cases=(
        Case(
            "one mini-batch in training",
            "layer = BatchNorm(2, momentum=0.8, eps=0.1)\nout = layer.forward(Z)\n" + STATE,
            ("out", "mean_after", "var_after"),
            only(of_shape(3, 2), "Z"),
        ),
        Case(
            "γ and β set, two mini-batches in training",
            "layer = BatchNorm(2, momentum=0.6, eps=0.1)\n" + LEARNED + "first = layer.forward(Z)\n"
            "second = layer.forward(Z2)\n" + STATE,
            ("first", "second", "mean_after", "var_after"),
            only(of_shape(4, 2, Z2=3), "gamma", "beta", "Z", "Z2"),
        ),
        Case(
            "evaluation: running statistics, and nothing changes",
            "layer = BatchNorm(2, momentum=0.8, eps=0.1)\n" + LEARNED + RUNNING + "layer.eval()\n"
            "out = layer.forward(Z)\nalone = layer.forward(Z[0])\n" + STATE,
            ("out", "alone", "mean_after", "var_after"),
            of_shape(3, 2),
        ),
        Case(
            "evaluation of a batch of one row",
            "layer = BatchNorm(2, eps=0.1)\n" + RUNNING + "layer.eval()\nout = layer.forward(Z)\n" + STATE,
            ("out", "mean_after", "var_after"),
            only(of_shape(1, 2), "running_mean", "running_var", "Z"),
        ),
        Case(
            "training, evaluation, training again",
            "layer = BatchNorm(3, momentum=0.7, eps=0.05)\n" + LEARNED + "layer.forward(Z)\nlayer.eval()\n"
            "evaluated = layer.forward(Z2)\nlayer.train()\ntrained = layer.forward(Z3)\n" + STATE,
            ("evaluated", "trained", "mean_after", "var_after"),
            only(of_shape(3, 3, Z2=5, Z3=-4), "gamma", "beta", "Z", "Z2", "Z3"),
        ),
        Case(
            "the defaults: momentum 0.9, ε = 1e-5",
            "layer = BatchNorm(2)\nout = layer.forward(Z)\n" + STATE,
            ("out", "mean_after", "var_after"),
            lambda rng: {"Z": batch(rng, 5, 2) / 100},
        ),
        Case(
            "two layers keep apart",
            "one, other = BatchNorm(2, momentum=0.5), BatchNorm(2, momentum=0.5)\none.forward(Z)\none.forward(Z2)\n"
            "mean_of_other, var_of_other, gamma_of_other = other.running_mean, other.running_var, other.gamma",
            ("mean_of_other", "var_of_other", "gamma_of_other"),
            only(of_shape(3, 2, Z2=3), "Z", "Z2"),
        ),
        Case(
            "two mini-batches of two examples, in both modes",
            "layer = BatchNorm(2, momentum=0.5, eps=0.1)\n" + RUNNING + "trained = layer.forward(Z)\nlayer.eval()\n"
            "evaluated = layer.forward(Z2)\n" + STATE,
            ("trained", "evaluated", "mean_after", "var_after"),
            only(of_shape(2, 2, Z2=4), "running_mean", "running_var", "Z", "Z2"),
        ),
        Case(
            "a single row in training is refused, and leaves no trace",
            "layer = BatchNorm(3)\nrefused = raises(ValueError, layer.forward, Z)\n" + STATE,
            ("refused", "mean_after", "var_after"),
            only(of_shape(1, 3), "Z"),
        ),
        Case(
            "the cache of the last training step, and after a refused row and an evaluation",
            "layer = BatchNorm(2, eps=0.2)\n" + LEARNED + "layer.forward(Z2)\nlayer.forward(Z)\n"
            'at_first = [layer.cache[name] for name in ("Z_norm", "mean", "var")]\n'
            "raises(ValueError, layer.forward, Z2[:1])\nlayer.eval()\nlayer.forward(2 * Z2)\n"
            'kept_Z_norm, kept_mean, kept_var = layer.cache["Z_norm"], layer.cache["mean"], layer.cache["var"]',
            ("kept_Z_norm", "kept_mean", "kept_var"),
            only(of_shape(4, 2, Z2=3), "gamma", "beta", "Z", "Z2"),
        ),
        Case(
            "state_dict gives copies",
            "layer = BatchNorm(2, momentum=0.5)\n" + LEARNED + "layer.forward(Z)\nstate = layer.state_dict()\n"
            "layer.forward(Z2)\nlayer.gamma += 1\n"
            'gamma_kept, beta_kept = state["gamma"], state["beta"]\n'
            'mean_kept, var_kept = state["running_mean"], state["running_var"]',
            ("gamma_kept", "beta_kept", "mean_kept", "var_kept"),
            only(of_shape(3, 2, Z2=4), "gamma", "beta", "Z", "Z2"),
        ),
        Case(
            "load_state_dict takes copies, and evaluation answers from them",
            "layer = BatchNorm(2, momentum=0.5, eps=0.1)\nlayer.load_state_dict(state)\nlayer.eval()\n"
            "out = layer.forward(Z)\nlayer.train()\nlayer.forward(Z)\nlayer.gamma += 1\n" + STATE,
            ("out", "mean_after", "var_after"),
            state,
        ),
        Case(
            "load_state_dict keeps the mode",
            "one, other = BatchNorm(2), BatchNorm(2)\nother.eval()\nbefore = [one.training, other.training]\n"
            "one.load_state_dict(dict(state))\nother.load_state_dict(dict(state))\n"
            "modes_kept = [one.training, other.training] == before",
            ("modes_kept",),
            lambda rng: {"state": state(rng)["state"]},
        ),
        Case(
            "load_state_dict refuses a missing key and changes nothing",
            "layer = BatchNorm(2)\nrefused = raises(ValueError, layer.load_state_dict, state)\n"
            "gamma_after, beta_after = layer.gamma, layer.beta\n" + STATE,
            ("refused", "gamma_after", "beta_after", "mean_after", "var_after"),
            state_without_a_key,
        ),
        Case(
            "load_state_dict refuses a wrong shape and changes nothing",
            "layer = BatchNorm(2)\nrefused = raises(ValueError, layer.load_state_dict, state)\n"
            "gamma_after, beta_after = layer.gamma, layer.beta\n" + STATE,
            ("refused", "gamma_after", "beta_after", "mean_after", "var_after"),
            state_of_a_wrong_shape,
        ),
        Case(
            "load_state_dict refuses a γ with a number too many and changes nothing",
            "layer = BatchNorm(2)\nrefused = raises(ValueError, layer.load_state_dict, state)\n"
            "gamma_after, beta_after = layer.gamma, layer.beta\n" + STATE,
            ("refused", "gamma_after", "beta_after", "mean_after", "var_after"),
            state_with_a_number_too_many,
        ),
        Case(
            "load_state_dict refuses the state of a larger layer, and columns",
            "larger_refused = raises(ValueError, BatchNorm(2).load_state_dict, larger)\n"
            "columns_refused = raises(ValueError, BatchNorm(2).load_state_dict, columns)",
            ("larger_refused", "columns_refused"),
            states_of_other_shapes,
        ),
    ),
)
