from autograder.coursebook.mistakes import misconception


@misconception(
    "the 32 is left out",
    "The two scales begin at different places: water freezes at 32 °F, and at 0 °C.",
)
def offset_forgotten(fahrenheit):
    return fahrenheit * 5 / 9


@misconception(
    "brackets are missing around `fahrenheit - 32`",
    "A product is taken before a difference: without brackets only the 32 is multiplied.",
)
def brackets_missing(fahrenheit):
    return fahrenheit - 32 * 5 / 9


@misconception(
    "the 32 is added",
    "On this way it has to go: 32 °F has to become 0 °C.",
)
def offset_added(fahrenheit):
    return (fahrenheit + 32) * 5 / 9


@misconception(
    "the factor is turned round",
    "A degree Celsius is larger than a degree Fahrenheit, so there have to be fewer of them.",
)
def factor_turned_round(fahrenheit):
    return (fahrenheit - 32) * 9 / 5


@misconception(
    "the 32 is taken away after the degrees are squeezed",
    "32 is in degrees Fahrenheit: take it away while the temperature still is.",
)
def offset_last(fahrenheit):
    return fahrenheit * 5 / 9 - 32
