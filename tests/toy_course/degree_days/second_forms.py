import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way


@way("warm_days_subtracted")
def from_the_mean(fahrenheit, base=18.0):
    return len(fahrenheit) * (base - reference.to_celsius(np.mean(fahrenheit)))


@way("only_the_sum_is_cut")
def by_an_if(fahrenheit, base=18.0):
    total = sum(base - reference.to_celsius(one) for one in fahrenheit)
    return total if total > 0 else 0.0


@way("sign_ignored")
def by_a_root(fahrenheit, base=18.0):
    return np.sqrt((reference.to_celsius(fahrenheit) - base) ** 2).sum()


@way("mean_in_place_of_sum")
def divided_by_the_days(fahrenheit, base=18.0):
    return sum(max(base - reference.to_celsius(one), 0) for one in fahrenheit) / len(fahrenheit)


@way("base_typed_in")
def in_a_loop(fahrenheit, base=18.0):
    return float(sum(max(18 - reference.to_celsius(one), 0) for one in fahrenheit))


@way("readings_taken_for_celsius")
def not_turned(fahrenheit, base=18.0):
    return float(sum(base - one for one in fahrenheit if one < base))


@way("counted_in_fahrenheit")
def stretched(fahrenheit, base=18.0):
    return 1.8 * np.clip(base - reference.to_celsius(fahrenheit), 0, None).sum()


@way("warm_side")
def of_the_warm_days(fahrenheit, base=18.0):
    celsius = reference.to_celsius(fahrenheit)
    return (celsius[celsius > base] - base).sum()
