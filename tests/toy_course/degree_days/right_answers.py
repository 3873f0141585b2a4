# %% a loop
from bnlib import to_celsius


def degree_days(fahrenheit, base=18.0):
    total = 0.0
    for one in fahrenheit:
        if to_celsius(one) < base:
            total += base - to_celsius(one)
    return total


# %% the cold days alone
from bnlib import to_celsius


def degree_days(fahrenheit, base=18.0):
    celsius = to_celsius(fahrenheit)
    cold = celsius[celsius < base]
    return len(cold) * base - cold.sum()


# %% clipped, and nothing imported from the lesson before
import numpy as np


def degree_days(fahrenheit, base=18.0):
    return np.clip(base - (fahrenheit - 32) / 1.8, 0, None).sum()


# %% where it is cold, and 0 elsewhere
import numpy as np
from bnlib import to_celsius


def degree_days(fahrenheit, base=18.0):
    celsius = to_celsius(fahrenheit)
    return float(np.where(celsius < base, base - celsius, 0).sum())
