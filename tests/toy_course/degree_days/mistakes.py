import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.mistakes import misconception


@misconception(
    "warm days are subtracted",
    "On a warm day the heating is off. It does not take back what was burnt on the others.",
)
def warm_days_subtracted(fahrenheit, base=18.0):
    return (base - reference.to_celsius(fahrenheit)).sum()


@misconception(
    "the sum is kept from falling below 0, and not each day",
    "First comes the larger of each day's difference and 0, then the sum.",
)
def only_the_sum_is_cut(fahrenheit, base=18.0):
    return max((base - reference.to_celsius(fahrenheit)).sum(), 0.0)


@misconception(
    "each difference counts, whatever its sign",
    "On a day that is 5 degrees too warm nobody heats.",
)
def sign_ignored(fahrenheit, base=18.0):
    return np.abs(base - reference.to_celsius(fahrenheit)).sum()


@misconception(
    "the mean is taken in place of the sum",
    "Two cold weeks take twice the heating of one.",
)
def mean_in_place_of_sum(fahrenheit, base=18.0):
    return np.maximum(base - reference.to_celsius(fahrenheit), 0).mean()


@misconception(
    "18 is typed in where the argument belongs",
    "In another country the heating is turned on at another temperature: that is what `base` is for.",
)
def base_typed_in(fahrenheit, base=18.0):
    return np.maximum(18.0 - reference.to_celsius(fahrenheit), 0).sum()


@misconception(
    "the readings are taken for degrees Celsius",
    "They are in degrees Fahrenheit, and the base is not.",
)
def readings_taken_for_celsius(fahrenheit, base=18.0):
    return np.maximum(base - fahrenheit, 0).sum()


@misconception(
    "the missing degrees are degrees Fahrenheit",
    "They are 9/5 times as many as those that are asked for.",
)
def counted_in_fahrenheit(fahrenheit, base=18.0):
    return np.maximum(reference.to_fahrenheit(base) - fahrenheit, 0).sum()


@misconception(
    "the warm side is added up",
    "Those are the degrees for which one would cool.",
)
def warm_side(fahrenheit, base=18.0):
    return np.maximum(reference.to_celsius(fahrenheit) - base, 0).sum()
