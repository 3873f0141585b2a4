import numpy as np

from autograder.coursebook.second_forms import way


@way("offset_forgotten")
def stretched_only(celsius):
    return np.multiply(celsius, 1.8)


@way("offset_first")
def multiplied_out(celsius):
    return 1.8 * celsius + 57.6


@way("factor_turned_round")
def divided(celsius):
    return 32 + celsius / 1.8


@way("rule_of_thumb")
def doubled(celsius):
    return celsius + celsius + 30


@way("whole_degrees")
def floored(celsius):
    return np.floor(celsius * 1.8) + 32.0


@way("overwritten")
def filled(celsius):
    celsius *= 1.8
    celsius += 32
    return celsius


@way("offset_forgotten", "factor_turned_round")
def divided_only(celsius):
    return celsius / 1.8
