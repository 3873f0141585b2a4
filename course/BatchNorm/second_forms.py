"""Layers written out as learners write them: one class by itself each, or what differs from `Layer`."""

import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way

NAMES = ("gamma", "beta", "running_mean", "running_var")


class Layer:
    """The given part of the cell, and a right layer in code of its own."""

    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        self.momentum = momentum
        self.eps = eps
        self.gamma, self.beta = np.ones(n_features), np.zeros(n_features)
        self.running_mean, self.running_var = np.zeros(n_features), np.ones(n_features)
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, Z):
        if self.training:
            if Z.shape[0] == 1:
                raise ValueError("one row")
            mean, var = self.measured(Z)
            Z_norm = (Z - mean) / np.sqrt(var + self.eps)
            out = self.gamma * Z_norm + self.beta
            self.cache = {"Z": Z, "Z_norm": Z_norm, "mean": mean, "var": var, "gamma": self.gamma, "eps": self.eps}
            self.remember(Z, Z_norm, out)
            return out
        return self.evaluated(Z)

    def measured(self, Z):
        return Z.mean(axis=0), Z.var(axis=0)

    def evaluated(self, Z):
        Z_norm = (Z - self.running_mean) / np.sqrt(self.running_var + self.eps)
        return self.gamma * Z_norm + self.beta

    def remember(self, Z, Z_norm, out):
        self.follow(Z.mean(axis=0), Z.var(axis=0), self.momentum)

    def follow(self, mean, var, momentum):
        self.running_mean = momentum * self.running_mean + (1 - momentum) * mean
        self.running_var = momentum * self.running_var + (1 - momentum) * var

    def state_dict(self):
        return {name: np.copy(getattr(self, name)) for name in NAMES}

    def load_state_dict(self, d):
        if any(name not in d or np.shape(d[name]) != self.gamma.shape for name in NAMES):
            raise ValueError("the state does not fit")
        self.gamma, self.beta = np.copy(d["gamma"]), np.copy(d["beta"])
        self.running_mean, self.running_var = np.copy(d["running_mean"]), np.copy(d["running_var"])


@way("updates_in_evaluation")
class UpdateBeforeTheIf(Layer):
    def forward(self, Z):
        rows = np.atleast_2d(Z)
        if self.training and len(rows) == 1:
            raise ValueError("one row")
        self.follow(rows.mean(axis=0), rows.var(axis=0), self.momentum)
        if not self.training:
            return self.evaluated(Z)
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        return out


@way("updates_in_evaluation")
class UpdateBeforeTheIfOfAnyShape(Layer):
    def forward(self, Z):
        if self.training and len(Z) == 1:
            raise ValueError("one row")
        mean, var = reference.batch_statistics(Z)
        self.follow(mean, var, self.momentum)
        if not self.training:
            return self.evaluated(Z)
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        return out


@way("evaluation_ignored")
class FlagThatNobodyReads(Layer):
    def forward(self, Z):
        if len(Z) < 2:
            raise ValueError("one row")
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        self.follow(self.cache["mean"], self.cache["var"], self.momentum)
        return out


@way("evaluation_ignored")
class EvaluationWithOwnStatistics(Layer):
    def evaluated(self, Z):
        return self.gamma * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + self.eps) + self.beta


@way("modes_swapped")
class FlagTurnedRound(Layer):
    def train(self):
        self.training = not True

    def eval(self):
        self.training = not False


@way("running_used_in_training")
class RunningPairInTraining(Layer):
    def forward(self, Z):
        if self.training and len(Z) == 1:
            raise ValueError("one row")
        if self.training:
            _, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
            self.follow(Z.mean(axis=0), Z.var(axis=0), self.momentum)
        return self.evaluated(Z)


@way("never_updated")
class NewPairNotStored(Layer):
    def follow(self, mean, var, momentum):
        running_mean = momentum * self.running_mean + (1 - momentum) * mean
        running_var = momentum * self.running_var + (1 - momentum) * var
        return running_mean, running_var


@way("momentum_hard_coded")
class DefaultOfUpdateRunning(Layer):
    def follow(self, mean, var, momentum):
        pair = self.running_mean, self.running_var
        self.running_mean, self.running_var = reference.update_running(*pair, mean, var)


@way("momentum_swapped")
class TorchConvention(Layer):
    def follow(self, mean, var, momentum):
        self.running_mean = self.running_mean + momentum * (mean - self.running_mean)
        self.running_var = self.running_var + momentum * (var - self.running_var)


@way("eps_not_handed_on")
class DefaultEps(Layer):
    def forward(self, Z):
        if not self.training:
            return reference.batch_norm_inference(Z, self.running_mean, self.running_var, self.gamma, self.beta)
        if len(Z) < 2:
            raise ValueError("one row")
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta)
        self.follow(self.cache["mean"], self.cache["var"], self.momentum)
        return out


@way("eps_not_handed_on")
class DefaultEpsInEvaluation(Layer):
    def evaluated(self, Z):
        return reference.batch_norm_inference(Z, self.running_mean, self.running_var, self.gamma, self.beta)


@way("first_batch_replaces")
class FirstTime(Layer):
    first = True

    def remember(self, Z, Z_norm, out):
        if self.first:
            self.running_mean, self.running_var, self.first = *self.measured(Z), False
        else:
            super().remember(Z, Z_norm, out)


@way("plain_average")
class CumulativeAverage(Layer):
    steps = 0

    def remember(self, Z, Z_norm, out):
        self.steps += 1
        self.running_mean = self.running_mean + (Z.mean(axis=0) - self.running_mean) / self.steps
        self.running_var = self.running_var + (Z.var(axis=0) - self.running_var) / self.steps


@way("reset_by_train")
class FreshStart(Layer):
    def train(self):
        self.training = True
        n = len(self.gamma)
        self.running_mean, self.running_var = np.zeros(n), np.ones(n)


@way("input_overwritten")
class InPlace(Layer):
    def evaluated(self, Z):
        Z -= self.running_mean
        Z /= np.sqrt(self.running_var + self.eps)
        return self.gamma * Z + self.beta


@way("unbiased_running_variance")
class Ddof(Layer):
    def remember(self, Z, Z_norm, out):
        self.follow(np.mean(Z, axis=0), np.var(Z, axis=0, ddof=1), self.momentum)


@way("unbiased_running_variance")
class Factor(Layer):
    def follow(self, mean, var, momentum):
        m = len(self.cache["Z"])
        super().follow(mean, m / (m - 1) * var, momentum)


@way("output_averaged")
class AfterScaleAndShift(Layer):
    def remember(self, Z, Z_norm, out):
        self.follow(*reference.batch_statistics(out), self.momentum)


@way("gamma_beta_left_out_in_evaluation")
class NormalisedReturned(Layer):
    def evaluated(self, Z):
        return (Z - self.running_mean) / (self.running_var + self.eps) ** 0.5


@way("gamma_beta_left_out")
class NoParameters(Layer):
    def forward(self, Z):
        gamma, beta = self.gamma, self.beta
        self.gamma, self.beta = np.ones_like(gamma), np.zeros_like(beta)
        try:
            return super().forward(Z)
        finally:
            self.gamma, self.beta = gamma, beta


@way("small_batches_spared")
class RunningPairForTwo(Layer):
    def forward(self, Z):
        return self.evaluated(Z) if self.training and Z.shape[0] == 2 else super().forward(Z)


@way("single_row_let_through")
class NoQuestionAsked(Layer):
    def forward(self, Z):
        if not self.training:
            return self.evaluated(Z)
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        self.follow(self.cache["mean"], self.cache["var"], self.momentum)
        return out


@way("state_not_copied")
class ArraysInADict(Layer):
    def state_dict(self):
        return dict(gamma=self.gamma, beta=self.beta, running_mean=self.running_mean, running_var=self.running_var)


@way("state_not_copied")
class BuffersInADict(Layer):
    def follow(self, mean, var, momentum):
        self.running_mean += (1 - momentum) * (mean - self.running_mean)
        self.running_var += (1 - momentum) * (var - self.running_var)

    def state_dict(self):
        return {name: getattr(self, name) for name in NAMES}


@way("loaded_without_copying")
class ArraysOutOfADict(Layer):
    def load_state_dict(self, d):
        super().load_state_dict(d)
        self.gamma, self.beta, self.running_mean, self.running_var = (d[name] for name in NAMES)


@way("half_loaded")
class CheckedOnTheWay(Layer):
    def load_state_dict(self, d):
        for name in NAMES:
            if name not in d:
                raise ValueError(name)
            if d[name].shape != self.gamma.shape:
                raise ValueError(name)
            setattr(self, name, d[name].copy())


@way("shapes_not_checked")
class KeysOnly(Layer):
    def load_state_dict(self, d):
        if set(NAMES) - set(d):
            raise ValueError("a key is missing")
        self.gamma, self.beta, self.running_mean, self.running_var = (np.copy(d[name]) for name in NAMES)


@way("shapes_not_checked")
class Stretched(Layer):
    def load_state_dict(self, d):
        for name in NAMES:
            if name not in d:
                raise ValueError("a key is missing")
        self.gamma[:], self.beta[:] = d["gamma"], d["beta"]
        self.running_mean[:], self.running_var[:] = d["running_mean"], d["running_var"]


class Looking(Layer):
    def load_state_dict(self, d):
        if not (set(NAMES) <= set(d) and self.looked_at([d[name] for name in NAMES])):
            raise ValueError("the state does not fit")
        self.gamma, self.beta, self.running_mean, self.running_var = (d[name] + 0.0 for name in NAMES)


@way("some_shapes_not_compared")
class LearnedShapes(Looking):
    def looked_at(self, arrays):
        return arrays[0].shape == self.gamma.shape and arrays[1].shape == self.beta.shape


@way("compared_among_themselves")
class Neighbours(Looking):
    def looked_at(self, arrays):
        return all(array.shape == arrays[0].shape for array in arrays[1:])


@way("lengths_compared")
class Lengths(Looking):
    def looked_at(self, arrays):
        return all(len(array) == len(self.gamma) for array in arrays)


@way("lengths_compared")
class Flattened(Looking):
    def looked_at(self, arrays):
        return [array.size for array in arrays] == 4 * [self.gamma.size]

    def load_state_dict(self, d):
        super().load_state_dict(d)
        for name in NAMES:
            setattr(self, name, getattr(self, name).ravel())


@way("running_pair_not_loaded")
class LearnedLoaded(Layer):
    def load_state_dict(self, d):
        pair = {"running_mean": self.running_mean, "running_var": self.running_var}
        super().load_state_dict(d)
        vars(self).update(pair)


@way("taken_out_of_the_state")
class Popped(Layer):
    def load_state_dict(self, d):
        if not set(NAMES) <= d.keys() or any(np.shape(d[name]) != self.gamma.shape for name in NAMES):
            raise ValueError("the state does not fit")
        while d:
            setattr(self, *d.popitem())


@way("mode_set_by_loading")
class ReadyToEvaluate(Layer):
    def load_state_dict(self, d):
        super().load_state_dict(d)
        self.training = False


@way("missing_key_skipped")
class WithGet(Layer):
    def load_state_dict(self, d):
        new = {name: d.get(name, getattr(self, name)) for name in NAMES}
        if any(array.shape != self.gamma.shape for array in new.values()):
            raise ValueError("a shape")
        for name, array in new.items():
            setattr(self, name, array.copy())


@way("normalised_values_averaged")
class NameUsedTwice(Layer):
    def remember(self, Z, Z_norm, out):
        self.follow(Z.mean(axis=0), np.var(Z_norm, axis=0), self.momentum)


@way("averaged_over_everything")
class NoAxis(Layer):
    def remember(self, Z, Z_norm, out):
        self.follow(Z.mean(), Z.var(), self.momentum)


@way("averaged_over_everything")
class NoAxisInTheMean(Layer):
    def remember(self, Z, Z_norm, out):
        self.follow(Z.mean(), Z.var(axis=0), self.momentum)


@way("state_shared")
class MutableDefault(Layer):
    """A mutable default argument lives as long as its class, here made anew by `__init_subclass__`."""

    def __init_subclass__(cls):
        cls.state = {}

    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        super().__init__(n_features, momentum, eps)
        for name in ("running_mean", "running_var"):
            if name not in self.state:
                self.state[name] = getattr(self, name)
            setattr(self, name, self.state[name])

    def follow(self, mean, var, momentum):
        self.running_mean *= momentum
        self.running_mean += (1 - momentum) * mean
        self.running_var *= momentum
        self.running_var += (1 - momentum) * var


@way("state_shared")
class Buffers(Layer):
    def __init_subclass__(cls):
        cls.buffers = None

    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        self.own = {}
        super().__init__(n_features, momentum, eps)
        self.own.clear()
        if self.buffers is None or len(self.buffers[0]) != n_features:
            type(self).buffers = [np.zeros(n_features), np.ones(n_features)]

    @property
    def running_mean(self):
        return self.own.get("mean", type(self).buffers and self.buffers[0])

    @running_mean.setter
    def running_mean(self, mean):
        self.own["mean"] = mean

    @property
    def running_var(self):
        return self.own.get("var", type(self).buffers and self.buffers[1])

    @running_var.setter
    def running_var(self, var):
        self.own["var"] = var

    def follow(self, mean, var, momentum):
        pair = self.running_mean, self.running_var
        type(self).buffers = list(reference.update_running(*pair, mean, var, momentum))


@way("gamma_beta_swapped")
class SwappedInBothCalls(Layer):
    def forward(self, Z):
        if not self.training:
            return reference.batch_norm_inference(
                Z, self.running_mean, self.running_var, self.beta, self.gamma, self.eps
            )
        if len(Z) < 2:
            raise ValueError("one row")
        out, self.cache = reference.batch_norm_forward(Z, self.beta, self.gamma, self.eps)
        self.follow(self.cache["mean"], self.cache["var"], self.momentum)
        return out


@way("variance_fed_with_mean")
class MeanTwice(Layer):
    def follow(self, mean, var, momentum):
        super().follow(mean, mean, momentum)


@way("deviations_averaged")
class StdStored(Layer):
    def remember(self, Z, Z_norm, out):
        self.follow(Z.mean(axis=0), Z.std(axis=0), self.momentum)


@way("half_updated")
class MeanOnly(Layer):
    def follow(self, mean, var, momentum):
        self.running_mean = momentum * self.running_mean + (1 - momentum) * mean


@way("cache_not_kept")
class CacheDropped(Layer):
    def forward(self, Z):
        if not self.training:
            return self.evaluated(Z)
        if len(Z) < 2:
            raise ValueError("one row")
        out, cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        self.follow(cache["mean"], cache["var"], self.momentum)
        return out


@way("cache_of_another_form")
class CacheAsATuple(Layer):
    def remember(self, Z, Z_norm, out):
        super().remember(Z, Z_norm, out)
        self.cache = tuple(self.cache.values())


@way("cache_of_another_form")
class CacheOfLessThanAll(Layer):
    def remember(self, Z, Z_norm, out):
        super().remember(Z, Z_norm, out)
        self.cache = {"mean": self.cache["mean"], "var": self.cache["var"]}


@way("first_cache_kept")
class CachedOnce(Layer):
    def __setattr__(self, name, value):
        if name != "cache" or "cache" not in vars(self):
            super().__setattr__(name, value)


@way("cache_lost_in_evaluation")
class CacheOfAnyMode(Layer):
    def evaluated(self, Z):
        mean, var = self.running_mean, self.running_var
        Z_norm = (Z - mean) / np.sqrt(var + self.eps)
        self.cache = dict(Z=Z, Z_norm=Z_norm, mean=mean, var=var, gamma=self.gamma, eps=self.eps)
        return self.gamma * Z_norm + self.beta


@way("cache_lost_in_evaluation")
class NoneAtFirst(Layer):
    def forward(self, Z):
        if not self.training or len(Z) > 1:
            self.cache = None
        return super().forward(Z)


@way("batch_wanted")
class RowByRow(Layer):
    def evaluated(self, Z):
        out = np.zeros((Z.shape[0], Z.shape[1]))
        for i in range(Z.shape[0]):
            out[i] = super().evaluated(Z[i])
        return out


@way("lone_example_reshaped")
class Reshaped(Layer):
    def evaluated(self, Z):
        return super().evaluated(Z.reshape(-1, len(self.gamma)))


@way("refused_in_evaluation")
class RefusedAlways(Layer):
    def forward(self, Z):
        if Z.ndim == 1 or Z.shape[0] == 1:
            raise ValueError("one row")
        return super().forward(Z)


@way("refused_in_evaluation")
class RefusedByLength(Layer):
    def forward(self, Z):
        m = Z.shape[0]
        if m == 1:
            raise ValueError("one row")
        return super().forward(Z)


@way("single_row_passed_over")
class BareReturn(Layer):
    def forward(self, Z):
        if self.training and len(Z) == 1:
            return ValueError("one row")
        return super().forward(Z)


@way("single_row_passed_over")
class AnsweredAsInEvaluation(Layer):
    def forward(self, Z):
        return super().forward(Z) if self.training and len(Z) > 1 else self.evaluated(Z)


@way("single_row_another_exception")
class TypeErrors(Layer):
    def forward(self, Z):
        if self.training and len(Z) == 1:
            raise TypeError("one row")
        return super().forward(Z)


@way("refused_too_late")
class RefusedLast(Layer):
    def forward(self, Z):
        if not self.training:
            return self.evaluated(Z)
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        self.follow(self.cache["mean"], self.cache["var"], self.momentum)
        if len(Z) == 1:
            raise ValueError("one row")
        return out


@way("refused_too_late")
class RefusedBeforeTheUpdate(Layer):
    def remember(self, Z, Z_norm, out):
        if len(Z) == 1:
            raise ValueError("one row")
        super().remember(Z, Z_norm, out)

    def forward(self, Z):
        if not self.training or len(Z) > 1:
            return super().forward(Z)
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        self.remember(Z, self.cache["Z_norm"], out)


@way("running_pair_left_out")
class OtherKeys(Layer):
    def state_dict(self):
        pair = {"mean": self.running_mean.copy(), "var": self.running_var.copy()}
        return {"gamma": self.gamma.copy(), "beta": self.beta.copy()} | pair


@way("gamma_and_beta_left_out")
class TorchNames(Layer):
    def state_dict(self):
        names = {"weight": "gamma", "bias": "beta", "running_mean": "running_mean", "running_var": "running_var"}
        return {torch: np.copy(getattr(self, name)) for torch, name in names.items()}


@way("running_pair_left_out")
class LearnedOnly(Layer):
    def state_dict(self):
        return {name: np.copy(getattr(self, name)) for name in NAMES[:2]}


@way("another_exception")
class KeyErrors(Layer):
    def load_state_dict(self, d):
        new = [np.array(d[name]) for name in NAMES]
        if any(array.shape != self.gamma.shape for array in new):
            raise ValueError("a shape")
        self.gamma, self.beta, self.running_mean, self.running_var = new


@way("another_exception")
class Asserted(Layer):
    def load_state_dict(self, d):
        assert set(NAMES) <= d.keys(), "a key is missing"
        super().load_state_dict(d)


@way("nothing_checked")
class Trusting(Layer):
    def load_state_dict(self, d):
        self.gamma = d["gamma"].copy()
        self.beta = d["beta"].copy()
        self.running_mean = d["running_mean"].copy()
        self.running_var = d["running_var"].copy()


@way("momentum_swapped", "single_row_let_through")
class TorchAndNoQuestion:
    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        Layer.__init__(self, n_features, momentum, eps)

    train, eval, state_dict, load_state_dict = Layer.train, Layer.eval, Layer.state_dict, Layer.load_state_dict

    def forward(self, Z):
        if self.training:
            out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
            mean, var = self.cache["mean"], self.cache["var"]
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var
            return out
        return reference.batch_norm_inference(Z, self.running_mean, self.running_var, self.gamma, self.beta, self.eps)


@way("momentum_swapped", "unbiased_running_variance")
class Torch(Layer):
    def remember(self, Z, Z_norm, out):
        self.follow(Z.mean(axis=0), Z.var(axis=0, ddof=1), 1 - self.momentum)


@way("evaluation_ignored", "single_row_let_through")
class OneBranch(Layer):
    def forward(self, Z):
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        self.follow(self.cache["mean"], self.cache["var"], self.momentum)
        return out


@way("evaluation_ignored", "momentum_swapped")
class TorchWithoutEvaluation(Layer):
    def evaluated(self, Z):
        rows = np.atleast_2d(Z)
        return reference.batch_norm_forward(rows, self.gamma, self.beta, self.eps)[0].reshape(Z.shape)

    def follow(self, mean, var, momentum):
        super().follow(mean, var, 1 - momentum)


@way("state_not_copied", "loaded_without_copying")
class NoCopies(Layer):
    def state_dict(self):
        return {name: getattr(self, name) for name in NAMES}

    def load_state_dict(self, d):
        super().load_state_dict(d)
        for name in NAMES:
            setattr(self, name, d[name])
