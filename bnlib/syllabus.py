"""The exercises, one file each, and the lessons that they belong to."""

from importlib import import_module

LESSONS = {
    "0_start_here": ("batch_size",),
    "1_weighted_averages": ("ewa_update", "ewa_bias_corrected"),
    "2_mini_batch_statistics": ("batch_statistics",),
    "3_normalise": ("normalize",),
    "4_scale_and_shift": ("scale_and_shift", "batch_norm_forward"),
    "5_running_statistics": ("update_running", "running_statistics"),
    "6_test_time": ("batch_norm_inference",),
    "7_the_layer": ("BatchNorm",),
    "8_other_estimates": ("population_statistics", "dataset_statistics"),
    "9_robust_and_folded": ("fold_into_linear",),
    "10_backward": ("batch_norm_backward",),
    "11_the_whole_network": ("predict", "network_state"),
}
WARM_UP = "batch_size"  # already written, so that the round is learned before the first failure
NAMES = tuple(name for names in LESSONS.values() for name in names)
BESIDE = {"restore_network": "network_state"}  # written in that exercise's cell, judged and saved with it


def lesson_of(name):
    """Give the lesson that teaches the exercise `name`."""
    return next(lesson for lesson, names in LESSONS.items() if exercise_of(name) in names)


def exercise_of(name):
    """Give the exercise in whose cell a learner writes `name`."""
    return BESIDE.get(name, name)


def names_of(exercise):
    """Give the names that an exercise's cell defines: its own first."""
    return (exercise, *(name for name, other in BESIDE.items() if other == exercise))


def load(name):
    """Give the `Exercise` called `name`."""
    return import_module(f"{__name__}.{name}").EXERCISE
