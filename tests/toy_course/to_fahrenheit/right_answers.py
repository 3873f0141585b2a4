# %% from the freezing point up
def to_fahrenheit(celsius):
    return 32 + 1.8 * celsius


# %% the line through two points
import numpy as np


def to_fahrenheit(celsius):
    share = np.asarray(celsius) / 100
    return 32 * (1 - share) + 212 * share


# %% a loop, where there is something to loop over
import numpy as np


def to_fahrenheit(celsius):
    if np.ndim(celsius) == 0:
        return celsius * 9 / 5 + 32
    return [to_fahrenheit(one) for one in celsius]


# %% a polynomial
import numpy as np


def to_fahrenheit(celsius):
    return np.polyval([9 / 5, 32], celsius)
