import numpy as np

from autograder import reference
from autograder.misconceptions import misconception

Right = reference.BatchNorm


@misconception(
    "the running pair is updated in evaluation too",
    "Evaluate the same example twice: the second answer differs. The update belongs into the training branch.",
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


@misconception(
    "evaluation mode is ignored: the mini-batch's statistics are used always",
    "`eval()` sets `self.training`, and nothing reads it.",
)
class evaluation_ignored(Right):
    def forward(self, Z):
        if self.training:
            return super().forward(Z)
        out, _ = reference.batch_norm_forward(np.atleast_2d(Z), self.gamma, self.beta, self.eps)
        return out.reshape(np.shape(Z))


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


@misconception(
    "training normalises with the running pair",
    "The running pair is only kept up to date during training. What normalises is the mini-batch's own.",
)
class running_used_in_training(Right):
    def forward(self, Z):
        super().forward(Z)
        return reference.batch_norm_inference(Z, self.running_mean, self.running_var, self.gamma, self.beta, self.eps)


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
    "momentum is typed in as 0.9",
    "The constructor's argument is ignored: use `self.momentum`.",
)
class momentum_hard_coded(Right):
    def forward(self, Z):
        given, self.momentum = self.momentum, 0.9
        try:
            return super().forward(Z)
        finally:
            self.momentum = given


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


@misconception(
    "the first mini-batch replaces the initial running pair",
    "It is averaged in like every other: the pair starts at mean 0 and variance 1.",
)
class first_batch_replaces(Right):
    def forward(self, Z):
        if self.training and len(Z) > 1 and not hasattr(self, "cache"):
            self.running_mean, self.running_var = Z.mean(axis=0), Z.var(axis=0)
        return super().forward(Z)


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
        return {name: getattr(self, name) for name in ("gamma", "beta", "running_mean", "running_var")}


@misconception(
    "`load_state_dict` keeps the caller's arrays",
    "The caller's arrays then change when the layer does. Take copies.",
)
class loaded_without_copying(Right):
    def load_state_dict(self, d):
        super().load_state_dict(d)
        for name in ("gamma", "beta", "running_mean", "running_var"):
            setattr(self, name, d[name])


@misconception(
    "`load_state_dict` begins to copy before it has checked everything",
    "After a refusal the layer holds half of the new state. Check all four first, then copy.",
)
class half_loaded(Right):
    def load_state_dict(self, d):
        for name in ("gamma", "beta", "running_mean", "running_var"):
            if name not in d or np.shape(d[name]) != getattr(self, name).shape:
                raise ValueError(name)
            setattr(self, name, np.array(d[name], dtype=float))


@misconception(
    "`load_state_dict` does not look at shapes",
    "One number for two features would be stretched over both later, without a word.",
)
class shapes_not_checked(Right):
    def load_state_dict(self, d):
        for name in ("gamma", "beta", "running_mean", "running_var"):
            if name not in d:
                raise ValueError(name)
        for name in ("gamma", "beta", "running_mean", "running_var"):
            setattr(self, name, np.array(d[name], dtype=float))


@misconception(
    "`load_state_dict` skips what is missing",
    "A layer that is half new and half old answers wrongly in silence. Raise a ValueError.",
)
class missing_key_skipped(Right):
    def load_state_dict(self, d):
        super().load_state_dict(self.state_dict() | d)
