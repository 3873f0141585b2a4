# %% divided by 1.8
def to_celsius(fahrenheit):
    return (fahrenheit - 32) / 1.8


# %% multiplied out
def to_celsius(fahrenheit):
    return 5 / 9 * fahrenheit - 160 / 9


# %% the other function, undone between two points
import numpy as np


def to_celsius(fahrenheit):
    return np.interp(fahrenheit, [-212.0, 212.0], [-1220 / 9, 100.0])


# %% a polynomial
import numpy as np


def to_celsius(fahrenheit):
    return np.polyval([5 / 9, -160 / 9], fahrenheit)
