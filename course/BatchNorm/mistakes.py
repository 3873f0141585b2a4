import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.mistakes import misconception, together

Right = reference.BatchNorm
NAMES = ("gamma", "beta", "running_mean", "running_var")


def update(layer, before, mean, var):
    """Undo the update of the running pair, and make it from another mean and variance."""
    layer.running_mean, layer.running_var = reference.update_running(*before, mean, var, layer.momentum)


def refuse_missing_keys(d):
    if any(name not in d for name in NAMES):
        raise ValueError("a key is missing")


@misconception(
    "the running pair is updated in evaluation too",
    "Evaluate the same example twice: the second answer differs. The update belongs in the training branch.",
)
class updates_in_evaluation(Right):
    def forward(self, Z):
        out = super().forward(Z)
        if not self.training:
            rows = np.atleast_2d(Z)
            self.running_mean, self.running_var = reference.update_running(
                self.running_mean, self.running_var, rows.mean(axis=0), rows.var(axis=0), self.momentum
            )
        return out


@updates_in_evaluation.variant
class updates_before_the_branch(Right):
    def forward(self, Z):
        if self.training:
            return super().forward(Z)
        rows = np.atleast_2d(Z)
        self.running_mean, self.running_var = reference.update_running(
            self.running_mean, self.running_var, rows.mean(axis=0), rows.var(axis=0), self.momentum
        )
        return super().forward(Z)


@updates_in_evaluation.variant
class updates_with_a_vector_too(Right):
    def forward(self, Z):
        if self.training:
            return super().forward(Z)
        self.running_mean, self.running_var = reference.update_running(
            self.running_mean, self.running_var, Z.mean(axis=0), Z.var(axis=0), self.momentum
        )
        return super().forward(Z)


@updates_in_evaluation.variant
class updates_with_a_vector_afterwards(Right):
    def forward(self, Z):
        out = super().forward(Z)
        if not self.training:
            self.running_mean, self.running_var = reference.update_running(
                self.running_mean, self.running_var, Z.mean(axis=0), Z.var(axis=0), self.momentum
            )
        return out


@misconception(
    "evaluation mode is ignored: the mini-batch's statistics are always used",
    "`eval()` sets `self.training`, and nothing reads it.",
)
class evaluation_ignored(Right):
    def forward(self, Z):
        if self.training:
            return super().forward(Z)
        out, _ = reference.batch_norm_forward(np.atleast_2d(Z), self.gamma, self.beta, self.eps)
        return out.reshape(np.shape(Z))


@evaluation_ignored.variant
class evaluation_ignored_by_the_update_too(Right):
    def forward(self, Z):
        if len(Z) < 2:
            raise ValueError("a single row")
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        self.running_mean, self.running_var = reference.update_running(
            self.running_mean, self.running_var, self.cache["mean"], self.cache["var"], self.momentum
        )
        return out


@evaluation_ignored.variant
class rows_in_evaluation_ignored_by_the_update_too(Right):
    def forward(self, Z):
        if self.training and len(Z) < 2:
            raise ValueError("a single row")
        out, self.cache = reference.batch_norm_forward(np.atleast_2d(Z), self.gamma, self.beta, self.eps)
        self.running_mean, self.running_var = reference.update_running(
            self.running_mean, self.running_var, self.cache["mean"], self.cache["var"], self.momentum
        )
        return out.reshape(np.shape(Z))


@evaluation_ignored.variant
class evaluation_ignored_for_rows(Right):
    def forward(self, Z):
        if np.ndim(Z) == 2 and len(Z) < 2:
            raise ValueError("a single row")
        out, self.cache = reference.batch_norm_forward(np.atleast_2d(Z), self.gamma, self.beta, self.eps)
        self.running_mean, self.running_var = reference.update_running(
            self.running_mean, self.running_var, self.cache["mean"], self.cache["var"], self.momentum
        )
        return out.reshape(np.shape(Z))


@evaluation_ignored.variant
class evaluation_ignored_but_for_the_update(Right):
    def forward(self, Z):
        if self.training:
            return super().forward(Z)
        return reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)[0]


@misconception(
    "the two modes are the wrong way round",
    "In training the mini-batch's own statistics count, in evaluation the running ones.",
)
class modes_swapped(Right):
    def forward(self, Z):
        self.training = not self.training
        try:
            return super().forward(np.atleast_2d(Z)).reshape(np.shape(Z))
        finally:
            self.training = not self.training


@modes_swapped.variant
class train_and_eval_swapped(Right):
    def train(self):
        self.training = False

    def eval(self):
        self.training = True


@modes_swapped.variant
class modes_swapped_for_batches_only(Right):
    def forward(self, Z):
        self.training = not self.training
        try:
            return super().forward(Z)
        finally:
            self.training = not self.training


@misconception(
    "training normalises with the running pair",
    "The running pair is only kept up to date during training. What normalises is the mini-batch's own.",
)
class running_used_in_training(Right):
    def forward(self, Z):
        super().forward(Z)
        return reference.batch_norm_inference(Z, self.running_mean, self.running_var, self.gamma, self.beta, self.eps)


@running_used_in_training.variant
class running_used_before_the_update(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        super().forward(Z)
        return reference.batch_norm_inference(Z, *before, self.gamma, self.beta, self.eps)


@misconception(
    "the running pair is never updated",
    "`update_running` gives new arrays: they have to be stored in `self`.",
)
class never_updated(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        self.running_mean, self.running_var = before
        return out


@misconception(
    "momentum is typed in, or left to `update_running`'s default",
    "The constructor's argument is ignored: use `self.momentum`.",
)
class momentum_hard_coded(Right):
    typed_in = 0.9

    def forward(self, Z):
        given, self.momentum = self.momentum, self.typed_in
        try:
            return super().forward(Z)
        finally:
            self.momentum = given


@momentum_hard_coded.variant
class momentum_hard_coded_at_099(momentum_hard_coded.variants[0]):
    typed_in = 0.99


@momentum_hard_coded.variant
class momentum_hard_coded_at_01(momentum_hard_coded.variants[0]):
    typed_in = 0.1


@misconception(
    "the weights are swapped: momentum on the mini-batch",
    "Hand `self.momentum` on as it is: it is the weight of the old running value.",
)
class momentum_swapped(Right):
    def forward(self, Z):
        self.momentum = 1 - self.momentum
        try:
            return super().forward(Z)
        finally:
            self.momentum = 1 - self.momentum


@misconception(
    "ε is not handed on",
    "The constructor's `eps` is ignored, and the functions take their default: hand on `self.eps`.",
)
class eps_not_handed_on(Right):
    def forward(self, Z):
        given, self.eps = self.eps, 1e-5
        try:
            return super().forward(Z)
        finally:
            self.eps = given


@eps_not_handed_on.variant
class eps_not_handed_on_in_training(eps_not_handed_on.variants[0]):
    def forward(self, Z):
        return super().forward(Z) if self.training else Right.forward(self, Z)


@eps_not_handed_on.variant
class eps_not_handed_on_in_evaluation(eps_not_handed_on.variants[0]):
    def forward(self, Z):
        return Right.forward(self, Z) if self.training else super().forward(Z)


@misconception(
    "the first mini-batch replaces the initial running pair",
    "It is averaged in like every other: the pair starts at mean 0 and variance 1.",
)
class first_batch_replaces(Right):
    def forward(self, Z):
        if self.training and len(Z) > 1 and not hasattr(self, "cache"):
            self.running_mean, self.running_var = Z.mean(axis=0), Z.var(axis=0)
        return super().forward(Z)


@first_batch_replaces.variant
class zero_mean_taken_for_unset(Right):
    def forward(self, Z):
        if self.training and len(Z) > 1 and not self.running_mean.any():
            self.running_mean, self.running_var = Z.mean(axis=0), Z.var(axis=0)
        return super().forward(Z)


@misconception(
    "the running pair averages all mini-batches with equal weight",
    "Each new one then moves it less than the one before. Here the weight of the old values is `self.momentum`.",
)
class plain_average(Right):
    def forward(self, Z):
        given, self.seen = self.momentum, getattr(self, "seen", 0) + (self.training and len(Z) > 1)
        if self.seen:
            self.momentum = 1 - 1 / self.seen
        try:
            return super().forward(Z)
        finally:
            self.momentum = given


@misconception(
    "`train()` starts the running pair again",
    "A mode is a switch, and forgets nothing: the pair is set once, in `__init__`, and goes on after every evaluation.",
)
class reset_by_train(Right):
    def train(self):
        super().train()
        self.running_mean, self.running_var = np.zeros_like(self.running_mean), np.ones_like(self.running_var)


@misconception(
    "Z is overwritten",
    "`Z -= …` changes the caller's array: evaluate the same example twice, and the second answer differs. "
    "Give what you compute a name of its own.",
)
class input_overwritten(Right):
    def forward(self, Z):
        out = super().forward(Z)
        if not self.training:
            Z[...] = reference.normalize(Z, self.running_mean, self.running_var, self.eps)
        return out


@misconception(
    "the running variance is fed with variances over m − 1",
    "PyTorch does that; here, as in Keras and Flax, it follows the mini-batch's own variance, 1/m.",
)
class unbiased_running_variance(Right):
    def forward(self, Z):
        before = self.running_var
        out = super().forward(Z)
        if self.training:
            self.running_var = self.momentum * before + (1 - self.momentum) * Z.var(axis=0, ddof=1)
        return out


@misconception(
    "the running pair is taken from the layer's output",
    "Feed it with the mean and variance of Z, before γ and β: `self.cache` holds them.",
)
class output_averaged(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            self.running_mean, self.running_var = reference.update_running(
                *before, out.mean(axis=0), out.var(axis=0), self.momentum
            )
        return out


@misconception(
    "γ and β are left out in evaluation",
    "They are learned parameters and count in both modes.",
)
class gamma_beta_left_out_in_evaluation(Right):
    def forward(self, Z):
        if self.training:
            return super().forward(Z)
        return reference.normalize(Z, self.running_mean, self.running_var, self.eps)


@misconception(
    "γ and β are left out in both modes",
    "They are learned parameters. `batch_norm_forward` and `batch_norm_inference` both take them.",
)
class gamma_beta_left_out(Right):
    def forward(self, Z):
        if not self.training:
            return reference.normalize(Z, self.running_mean, self.running_var, self.eps)
        super().forward(Z)
        return self.cache["Z_norm"]


@misconception(
    "small batches switch to the running pair by themselves",
    "Only the mode decides, never the size of the batch.",
)
class small_batches_spared(Right):
    def forward(self, Z):
        if self.training and 1 < len(Z) <= 2:
            return reference.batch_norm_inference(
                Z, self.running_mean, self.running_var, self.gamma, self.beta, self.eps
            )
        return super().forward(Z)


@misconception(
    "a single row in training is let through",
    "Its answer is β, whatever the input. Raise a ValueError instead, as PyTorch does.",
)
class single_row_let_through(Right):
    def forward(self, Z):
        if self.training and len(Z) == 1:
            out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
            self.running_mean, self.running_var = reference.update_running(
                self.running_mean, self.running_var, self.cache["mean"], self.cache["var"], self.momentum
            )
            return out
        return super().forward(Z)


@misconception(
    "`state_dict` hands out the layer's own arrays",
    "What was saved then changes when training goes on. Hand out copies.",
)
class state_not_copied(Right):
    def state_dict(self):
        return {name: getattr(self, name) for name in NAMES}


@state_not_copied.variant
class not_copied_and_updated_in_place(Right):
    def forward(self, Z):
        mean, var = self.running_mean, self.running_var
        out = super().forward(Z)
        mean[...], var[...] = self.running_mean, self.running_var
        self.running_mean, self.running_var = mean, var
        return out

    def state_dict(self):
        return {name: getattr(self, name) for name in NAMES}


@misconception(
    "`load_state_dict` keeps the caller's arrays",
    "The caller's arrays then change when the layer does. Take copies.",
)
class loaded_without_copying(Right):
    def load_state_dict(self, d):
        super().load_state_dict(d)
        for name in NAMES:
            setattr(self, name, d[name])


@misconception(
    "`load_state_dict` begins to copy before it has checked everything",
    "After a refusal the layer holds half of the new state. Check all four first, then copy.",
)
class half_loaded(Right):
    def load_state_dict(self, d):
        for name in NAMES:
            if name not in d or np.shape(d[name]) != getattr(self, name).shape:
                raise ValueError(name)
            setattr(self, name, np.array(d[name], dtype=float))


@misconception(
    "`load_state_dict` does not look at shapes",
    "One number for two features would be stretched over both later, without a word.",
)
class shapes_not_checked(Right):
    def load_state_dict(self, d):
        refuse_missing_keys(d)
        for name in NAMES:
            setattr(self, name, np.array(d[name], dtype=float))


@shapes_not_checked.variant
class shapes_left_to_numpy(Right):
    def load_state_dict(self, d):
        refuse_missing_keys(d)
        for name in NAMES:
            getattr(self, name)[...] = d[name]


class SomeShapes(Right):
    """Layers that load what has all keys, and looks right where they look."""

    def load_state_dict(self, d):
        refuse_missing_keys(d)
        if not self.fits(d):
            raise ValueError("a shape")
        for name in NAMES:
            setattr(self, name, np.array(d[name], dtype=float))


@misconception(
    "`load_state_dict` compares some of the four shapes, and not all",
    "Any of the four arrays may be the one that does not fit. Look at each of them.",
)
class some_shapes_not_compared(SomeShapes):
    def fits(self, d):
        return np.shape(d["gamma"]) == self.gamma.shape


@some_shapes_not_compared.variant
class only_the_running_pair_compared(SomeShapes):
    def fits(self, d):
        return all(np.shape(d[name]) == self.gamma.shape for name in ("running_mean", "running_var"))


@some_shapes_not_compared.variant
class only_the_mean_compared(SomeShapes):
    def fits(self, d):
        return np.shape(d["running_mean"]) == self.gamma.shape


@misconception(
    "the four shapes are compared among themselves, and not with the layer's",
    "The state of a larger layer is of one shape too. What has to fit is the layer that loads it.",
)
class compared_among_themselves(SomeShapes):
    def fits(self, d):
        return len({np.shape(d[name]) for name in NAMES}) == 1


@misconception(
    "lengths or sizes are compared in place of shapes",
    "A column of shape (n, 1) is as long as an array of shape (n,) and holds as many numbers, but numpy stretches it "
    "along the other axis. Compare `.shape`.",
)
class lengths_compared(SomeShapes):
    def fits(self, d):
        return all(np.size(d[name]) == self.gamma.size for name in NAMES)


@misconception(
    "`load_state_dict` skips what is missing",
    "A layer that is half new and half old answers wrongly in silence. Raise a ValueError.",
)
class missing_key_skipped(Right):
    def load_state_dict(self, d):
        super().load_state_dict(self.state_dict() | d)


@misconception(
    "the running variance is fed with the variance of the normalised values",
    "That is always about 1. Take mean and variance before Z is overwritten, or out of `self.cache`.",
)
class normalised_values_averaged(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            update(self, before, self.cache["mean"], self.cache["Z_norm"].var(axis=0))
        return out


@normalised_values_averaged.variant
class normalised_mean_averaged_too(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            update(self, before, self.cache["Z_norm"].mean(axis=0), self.cache["Z_norm"].var(axis=0))
        return out


@misconception(
    "the running pair is averaged over the features to one number",
    "A `mean()` without an axis mixes them. Each feature has a running mean and variance of its own.",
)
class averaged_over_everything(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            update(self, before, np.mean(Z), np.var(Z))
        return out


@averaged_over_everything.variant
class variance_averaged_over_everything(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            update(self, before, self.cache["mean"], np.var(Z))
        return out


@averaged_over_everything.variant
class mean_averaged_over_everything(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            update(self, before, np.mean(Z), self.cache["var"])
        return out


@averaged_over_everything.variant
class statistics_averaged_over_everything(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            update(self, before, self.cache["mean"].mean(), self.cache["var"].mean())
        return out


class SharedByAll(Right):
    """Layers whose running pair is stored in their class, and so is one and the same for all."""

    def __init_subclass__(cls):
        cls.shared = {}

    def place(self, n):
        return self.shared

    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        super().__init__(n_features, momentum, eps)
        self.kept = self.place(n_features)
        self.running_mean = self.kept.setdefault("mean", self.running_mean)
        self.running_var = self.kept.setdefault("var", self.running_var)


@misconception(
    "all layers share one running pair",
    "A default argument such as `state={}`, or an attribute of the class, exists once: the second layer starts where "
    "the first one stopped. Make the arrays in `__init__`, and store them in `self`.",
)
class state_shared(SharedByAll):
    def forward(self, Z):
        mean, var = self.running_mean, self.running_var
        out = super().forward(Z)
        mean[...], var[...] = self.running_mean, self.running_var
        self.running_mean, self.running_var = mean, var
        return out


@state_shared.variant
class state_shared_by_size(state_shared.variants[0]):
    def place(self, n):
        return self.shared.setdefault(n, {})


@state_shared.variant
class state_shared_in_place(SharedByAll):
    def forward(self, Z):
        mean, var = self.running_mean, self.running_var
        if self.training and len(Z) > 1:
            mean *= self.momentum  # what follows stops where the layer before had another size
            mean += (1 - self.momentum) * Z.mean(axis=0)
            var *= self.momentum
            var += (1 - self.momentum) * Z.var(axis=0)
        moved = mean.copy(), var.copy()
        out = super().forward(Z)
        mean[...], var[...] = moved
        self.running_mean, self.running_var = mean, var
        return out


@state_shared.variant
class state_read_at_the_start(SharedByAll):
    def forward(self, Z):
        out = super().forward(Z)
        self.kept["mean"], self.kept["var"] = self.running_mean, self.running_var
        return out


@state_shared.variant
class state_of_its_size_read_at_the_start(state_read_at_the_start):
    def place(self, n):
        return self.shared.setdefault(n, {})


@state_shared.variant
class pair_of_the_class(Right):
    running_mean = running_var = np.zeros(0)

    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        super().__init__(n_features, momentum, eps)
        del self.running_mean, self.running_var
        if len(self.running_mean) != n_features:
            type(self).running_mean, type(self).running_var = np.zeros(n_features), np.ones(n_features)

    def forward(self, Z):
        if not self.training or len(Z) < 2:
            return super().forward(Z)
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        type(self).running_mean, type(self).running_var = reference.update_running(
            self.running_mean, self.running_var, self.cache["mean"], self.cache["var"], self.momentum
        )
        return out


@misconception(
    "γ and β have changed places",
    "The order of the arguments is `gamma, beta`, in both functions.",
)
class gamma_beta_swapped(Right):
    def forward(self, Z):
        self.gamma, self.beta = self.beta, self.gamma
        try:
            return super().forward(Z)
        finally:
            self.gamma, self.beta = self.beta, self.gamma


@gamma_beta_swapped.variant
class gamma_beta_swapped_in_evaluation(gamma_beta_swapped.variants[0]):
    def forward(self, Z):
        return Right.forward(self, Z) if self.training else super().forward(Z)


@misconception(
    "the running variance is fed with the mini-batch's mean",
    "Compare the two that you hand to `update_running`: one of them should be the cache's variance.",
)
class variance_fed_with_mean(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            update(self, before, self.cache["mean"], self.cache["mean"])
        return out


@misconception(
    "the running variance is fed with standard deviations",
    "Evaluation takes the root itself. Store the variance as the cache holds it.",
)
class deviations_averaged(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            update(self, before, self.cache["mean"], np.sqrt(self.cache["var"]))
        return out


@misconception(
    "only one of running mean and running variance is updated",
    "`update_running` gives a pair: store both.",
)
class half_updated(Right):
    def forward(self, Z):
        before = self.running_var
        out = super().forward(Z)
        self.running_var = before
        return out


@half_updated.variant
class mean_not_updated(Right):
    def forward(self, Z):
        before = self.running_mean
        out = super().forward(Z)
        self.running_mean = before
        return out


@misconception(
    "the cache is not kept",
    "`batch_norm_forward` gives it beside the output, and {lesson backward}'s backward pass asks the layer for it: "
    "store it.",
)
class cache_not_kept(Right):
    def forward(self, Z):
        out = super().forward(Z)
        vars(self).pop("cache", None)
        return out


@misconception(
    "the cache is kept in another form than `batch_norm_forward` gives it",
    "That function gives a pair, and its second part is a dict. {Lesson backward} asks that dict by name: "
    "store it as it is.",
)
class cache_of_another_form(Right):
    def forward(self, Z):
        out = super().forward(Z)
        if self.training:
            self.cache = out, self.cache
        return out


@cache_of_another_form.variant
class cache_with_other_keys(Right):
    def forward(self, Z):
        out = super().forward(Z)
        if self.training:
            self.cache = {f"batch_{name}": kept for name, kept in self.cache.items()}
        return out


@misconception(
    "only the first training step's cache is kept",
    "The backward pass of a step needs that step's own cache. Store it every time.",
)
class first_cache_kept(Right):
    def forward(self, Z):
        kept = {"cache": self.cache} if hasattr(self, "cache") else {}
        out = super().forward(Z)
        vars(self).update(kept)
        return out


@misconception(
    "evaluation overwrites the cache, or empties it",
    "Evaluation changes nothing: whoever evaluates between a forward and a backward pass still needs the cache of the "
    "training step.",
)
class cache_lost_in_evaluation(Right):
    def forward(self, Z):
        if not self.training:
            self.cache = None
        return super().forward(Z)


@cache_lost_in_evaluation.variant
class cache_emptied_in_evaluation(Right):
    def forward(self, Z):
        if not self.training:
            self.cache = {}
        return super().forward(Z)


@cache_lost_in_evaluation.variant
class cache_overwritten_in_evaluation(Right):
    def forward(self, Z):
        if not self.training:
            _, self.cache = reference.batch_norm_forward(np.atleast_2d(Z), self.gamma, self.beta, self.eps)
        return super().forward(Z)


@cache_lost_in_evaluation.variant
class running_pair_cached_in_evaluation(Right):
    def forward(self, Z):
        out = super().forward(Z)
        if not self.training:
            Z_norm = reference.normalize(Z, self.running_mean, self.running_var, self.eps)
            self.cache = {"Z": Z, "Z_norm": Z_norm, "mean": self.running_mean, "var": self.running_var}
        return out


@misconception(
    "evaluation wants a batch, and stops at a lone example",
    "`m, n = Z.shape` and `axis=1` need two axes. In evaluation an example of shape (n,) is welcome.",
)
class batch_wanted(Right):
    def forward(self, Z):
        _m, _n = Z.shape
        return super().forward(Z)


@misconception(
    "a lone example in evaluation comes back with shape (1, n)",
    "The output has the shape of the input. `batch_norm_inference` takes both as they are.",
)
class lone_example_reshaped(Right):
    def forward(self, Z):
        return super().forward(np.atleast_2d(Z))


@misconception(
    "a single row is refused in evaluation too",
    "One example at test time is what running statistics are for. Only training refuses it.",
)
class refused_in_evaluation(Right):
    def forward(self, Z):
        if len(np.atleast_2d(Z)) < 2:
            raise ValueError("a single row")
        return super().forward(Z)


@refused_in_evaluation.variant
class refused_by_its_length(Right):
    def forward(self, Z):
        if len(Z) < 2:
            raise ValueError("a single row")
        return super().forward(Z)


@misconception(
    "a single row in training gets no ValueError, though it leaves no trace",
    "An answer from the running pair, a `print` or a bare `return` hides the caller's error: a single row cannot be "
    "trained on. `raise` the ValueError.",
)
class single_row_passed_over(Right):
    def forward(self, Z):
        return None if self.training and len(Z) < 2 else super().forward(Z)


@single_row_passed_over.variant
class single_row_cached(Right):
    def forward(self, Z):
        if not self.training or len(Z) > 1:
            return super().forward(Z)
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        return out


@misconception(
    "a single row in training is refused with another exception than ValueError",
    "`assert` raises an AssertionError, and `TypeError` is another still: whoever calls waits for a ValueError.",
)
class single_row_another_exception(Right):
    def forward(self, Z):
        assert not self.training or len(Z) > 1
        return super().forward(Z)


@misconception(
    "a single row in training is refused too late: the cache or the running pair has changed already",
    "A refusal changes nothing. Count the rows first, and compute afterwards.",
)
class refused_too_late(Right):
    def forward(self, Z):
        if self.training and len(Z) < 2:
            before = self.running_mean, self.running_var
            _, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
            update(self, before, self.cache["mean"], self.cache["var"])
        return super().forward(Z)


@refused_too_late.variant
class refused_after_the_cache(Right):
    def forward(self, Z):
        if self.training and len(Z) < 2:
            _, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        return super().forward(Z)


@refused_too_late.variant
class refused_after_the_update(Right):
    def forward(self, Z):
        if self.training and len(Z) < 2:
            update(self, (self.running_mean, self.running_var), Z.mean(axis=0), Z.var(axis=0))
        return super().forward(Z)


@misconception(
    "the running pair is left out of the state, or has other keys there",
    "It gets no gradient, but evaluation is computed from it. The keys are `running_mean` and `running_var`.",
)
class running_pair_left_out(Right):
    def state_dict(self):
        return {"gamma": self.gamma.copy(), "beta": self.beta.copy()}


@misconception(
    "γ and β are left out of the state, or have other keys there",
    "They are learned, as the weights of a Linear layer are. The keys are `gamma` and `beta`.",
)
class gamma_and_beta_left_out(Right):
    def state_dict(self):
        return {"running_mean": self.running_mean.copy(), "running_var": self.running_var.copy()}


@misconception(
    "`load_state_dict` loads γ and β, and leaves the running pair as it was",
    "Evaluation is computed from the running pair: it belongs to the state as γ and β do.",
)
class running_pair_not_loaded(Right):
    def load_state_dict(self, d):
        pair = self.running_mean, self.running_var
        super().load_state_dict(d)
        self.running_mean, self.running_var = pair


@misconception(
    "`load_state_dict` takes the arrays out of the caller's dict",
    "After `pop` the key is gone: nobody can load that state a second time. Read the arrays, and leave them there.",
)
class taken_out_of_the_state(Right):
    def load_state_dict(self, d):
        super().load_state_dict(d)
        for name in NAMES:
            d.pop(name)


@misconception(
    "`load_state_dict` switches the mode too",
    "A state is four arrays. Whoever loads it calls `train()` or `eval()` as the case may be.",
)
class mode_set_by_loading(Right):
    def load_state_dict(self, d):
        super().load_state_dict(d)
        self.eval()


@mode_set_by_loading.variant
class training_set_by_loading(Right):
    def load_state_dict(self, d):
        super().load_state_dict(d)
        self.train()


@misconception(
    "a missing key ends in another exception than a ValueError",
    "`d[name]` raises a KeyError and `assert` an AssertionError, and whoever loads waits for a ValueError. "
    "Look for the key first, and raise one.",
)
class another_exception(Right):
    def load_state_dict(self, d):
        super().load_state_dict({name: d[name] for name in NAMES})


@another_exception.variant
class everything_asserted(Right):
    def load_state_dict(self, d):
        for name in NAMES:
            assert name in d and np.shape(d[name]) == self.gamma.shape
        super().load_state_dict(d)


@misconception(
    "nothing is checked before loading",
    "A missing key then ends in a KeyError or in silence, and a wrong shape in a stretched array. "
    "Look at all four names and shapes first; what does not fit raises a ValueError.",
)
class nothing_checked(Right):
    def load_state_dict(self, d):
        for name in NAMES:
            setattr(self, name, np.array(d[name], dtype=float))


@nothing_checked.variant
class nothing_checked_and_silent(Right):
    def load_state_dict(self, d):
        for name, array in d.items():
            setattr(self, name, np.array(array, dtype=float))


@nothing_checked.variant
class nothing_checked_and_filled(Right):
    def load_state_dict(self, d):
        for name in NAMES:
            getattr(self, name)[...] = d[name]


@nothing_checked.variant
class nothing_checked_nor_copied(Right):
    def load_state_dict(self, d):
        for name in NAMES:
            setattr(self, name, d[name])


class Loose(Right):
    """A layer that takes a single row in training as it takes any."""

    def forward(self, Z):
        if not self.training or len(Z) > 1:
            return super().forward(Z)
        with np.errstate(all="ignore"):
            out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
            update(self, (self.running_mean, self.running_var), self.cache["mean"], self.running_input(Z))
            return out

    def running_input(self, Z):
        return self.cache["var"]


@together(momentum_swapped, single_row_let_through)
class swapped_and_let_through(Loose):
    def forward(self, Z):
        self.momentum = 1 - self.momentum
        try:
            return super().forward(Z)
        finally:
            self.momentum = 1 - self.momentum


@together(unbiased_running_variance, single_row_let_through)
class unbiased_and_let_through(Loose):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            update(self, before, self.cache["mean"], self.running_input(Z))
        return out

    def running_input(self, Z):
        with np.errstate(all="ignore"):
            return self.cache["var"] * len(Z) / np.float64(len(Z) - 1)


@together(momentum_swapped, unbiased_running_variance)
class as_torch_does(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            mean, var = Z.mean(axis=0), Z.var(axis=0, ddof=1)
            self.running_mean, self.running_var = reference.update_running(*before, mean, var, 1 - self.momentum)
        return out


@together(momentum_hard_coded, unbiased_running_variance)
class hard_coded_and_unbiased(Right):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            mean, var = Z.mean(axis=0), Z.var(axis=0, ddof=1)
            self.running_mean, self.running_var = reference.update_running(*before, mean, var)
        return out


@together(momentum_hard_coded, single_row_let_through)
class hard_coded_and_let_through(Loose):
    def forward(self, Z):
        given, self.momentum = self.momentum, 0.9
        try:
            return super().forward(Z)
        finally:
            self.momentum = given


@together(eps_not_handed_on, single_row_let_through)
class not_handed_on_and_let_through(Loose):
    def forward(self, Z):
        given, self.eps = self.eps, 1e-5
        try:
            return super().forward(Z)
        finally:
            self.eps = given


@together(eps_not_handed_on, momentum_hard_coded)
class neither_argument_used(Right):
    def forward(self, Z):
        given = self.eps, self.momentum
        self.eps, self.momentum = 1e-5, 0.9
        try:
            return super().forward(Z)
        finally:
            self.eps, self.momentum = given


@together(eps_not_handed_on, momentum_swapped)
class not_handed_on_and_swapped(momentum_swapped.variants[0]):
    def forward(self, Z):
        given, self.eps = self.eps, 1e-5
        try:
            return super().forward(Z)
        finally:
            self.eps = given


@together(evaluation_ignored, momentum_swapped)
class ignored_and_swapped(evaluation_ignored.variants[0]):
    def forward(self, Z):
        self.momentum = 1 - self.momentum
        try:
            return super().forward(Z)
        finally:
            self.momentum = 1 - self.momentum


@together(evaluation_ignored, unbiased_running_variance)
class ignored_and_unbiased(evaluation_ignored.variants[0]):
    def forward(self, Z):
        before = self.running_mean, self.running_var
        out = super().forward(Z)
        if self.training:
            update(self, before, Z.mean(axis=0), Z.var(axis=0, ddof=1))
        return out


@together(evaluation_ignored, eps_not_handed_on)
class ignored_and_not_handed_on(evaluation_ignored.variants[0]):
    def forward(self, Z):
        given, self.eps = self.eps, 1e-5
        try:
            return super().forward(Z)
        finally:
            self.eps = given


@together(evaluation_ignored, single_row_let_through)
class ignored_and_let_through(Loose):
    def forward(self, Z):
        if self.training:
            return super().forward(Z)
        return reference.batch_norm_forward(np.atleast_2d(Z), self.gamma, self.beta, self.eps)[0].reshape(Z.shape)


@ignored_and_let_through.variant
class no_mode_and_always_rows(Loose):
    def forward(self, Z):
        out, self.cache = reference.batch_norm_forward(np.atleast_2d(Z), self.gamma, self.beta, self.eps)
        update(self, (self.running_mean, self.running_var), self.cache["mean"], self.cache["var"])
        return out


@ignored_and_let_through.variant
class no_mode_at_all(Loose):
    def forward(self, Z):
        out, self.cache = reference.batch_norm_forward(Z, self.gamma, self.beta, self.eps)
        update(self, (self.running_mean, self.running_var), self.cache["mean"], self.cache["var"])
        return out


@together(updates_in_evaluation, momentum_swapped)
class updates_in_evaluation_and_swapped(updates_in_evaluation.variants[0]):
    def forward(self, Z):
        self.momentum = 1 - self.momentum
        try:
            return super().forward(Z)
        finally:
            self.momentum = 1 - self.momentum


@together(gamma_beta_left_out_in_evaluation, momentum_swapped)
class left_out_and_swapped(momentum_swapped.variants[0]):
    def forward(self, Z):
        return super().forward(Z) if self.training else gamma_beta_left_out_in_evaluation.variants[0].forward(self, Z)


@together(state_not_copied, loaded_without_copying)
class copies_nowhere(Right):
    state_dict = state_not_copied.variants[0].state_dict

    def load_state_dict(self, d):
        Right.load_state_dict(self, d)
        for name in NAMES:
            setattr(self, name, d[name])


@together(state_not_copied, nothing_checked)
class neither_copied_nor_checked(Right):
    state_dict = state_not_copied.variants[0].state_dict
    load_state_dict = nothing_checked_nor_copied.load_state_dict


@together(momentum_swapped, state_not_copied)
class swapped_and_not_copied(momentum_swapped.variants[0]):
    state_dict = state_not_copied.variants[0].state_dict
