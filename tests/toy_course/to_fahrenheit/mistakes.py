from autograder.coursebook.mistakes import misconception, together


@misconception(
    "the 32 is left out",
    "The two scales begin at different places: water freezes at 0 °C, and at 32 °F.",
)
def offset_forgotten(celsius):
    return celsius * 9 / 5


@misconception(
    "the 32 is added before the degrees are stretched",
    "32 is in degrees Fahrenheit already. Try it with 0 °C: yours gives 57.6.",
)
def offset_first(celsius):
    return (celsius + 32) * 9 / 5


@misconception(
    "the factor is turned round",
    "A degree Fahrenheit is smaller than a degree Celsius, so there have to be more of them.",
)
def factor_turned_round(celsius):
    return celsius * 5 / 9 + 32


@misconception(
    "the rule of thumb is used: twice as many, and 30 more",
    "It is easy to do in the head and right at 10 °C only.",
)
def rule_of_thumb(celsius):
    return 2 * celsius + 30


@misconception(
    "the division `//` cuts off what follows the point",
    "`/` divides; `//` divides and rounds down.",
)
def whole_degrees(celsius):
    return celsius * 9 // 5 + 32


@misconception(
    "the caller's array is overwritten",
    "`*=` and `+=` write into the array that was given. Build a new one.",
)
def overwritten(celsius):
    celsius *= 9 / 5
    celsius += 32
    return celsius


@together(offset_forgotten, factor_turned_round)
def stretched_the_wrong_way(celsius):
    return celsius * 5 / 9
