from autograder.coursebook.second_forms import way


@way("offset_forgotten")
def divided_only(fahrenheit):
    return fahrenheit / 1.8


@way("brackets_missing")
def multiplied_out(fahrenheit):
    return fahrenheit - 160 / 9


@way("offset_added")
def sum_divided(fahrenheit):
    return (32 + fahrenheit) / 1.8


@way("factor_turned_round")
def stretched(fahrenheit):
    return 1.8 * fahrenheit - 57.6


@way("offset_last")
def divided_first(fahrenheit):
    return -32 + fahrenheit / 1.8
