import numpy as np

from autograder.coursebook.exercise import Case, Exercise
from course.inputs import readings

CALL = "total = degree_days(fahrenheit, base)"


def a_winter_week(rng):
    return {"fahrenheit": readings(rng, 7, -5, 40), "base": 18.0}


def a_week_in_april(rng):
    return {"fahrenheit": rng.permutation(np.append(readings(rng, 3, 66, 80), readings(rng, 4, 40, 60))), "base": 18.0}


def a_week_in_july(rng):
    return {"fahrenheit": readings(rng, 7, 70, 90), "base": 18.0}


EXERCISE = Exercise(
    name="degree_days",
    points=3,
    needs=("to_celsius",),
    hints=(
        "Look at one day first. How many degrees are missing on a day with 10 °C, and how many on one with 25 °C?",
        "Turn the readings into degrees Celsius, and let numpy take the larger of each difference and 0.",
        "`return np.maximum(base - ..., 0).sum()`",
    ),
    cases=(
        Case("a winter week", CALL, ("total",), a_winter_week),
        Case("a week in April, with warm days", CALL, ("total",), a_week_in_april),
        Case("a week in July", CALL, ("total",), a_week_in_july),
        Case("another base", CALL, ("total",), lambda rng: a_week_in_april(rng) | {"base": 12.5}),
        Case(
            "the base that is given",
            "total = degree_days(fahrenheit)",
            ("total",),
            lambda rng: {"fahrenheit": a_week_in_april(rng)["fahrenheit"]},
        ),
    ),
)
