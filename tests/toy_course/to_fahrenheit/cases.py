from autograder.coursebook.exercise import Case, Exercise
from course.inputs import readings

CALL = "fahrenheit = to_fahrenheit(celsius)"


def between(n, lowest, highest):
    return lambda rng: {"celsius": readings(rng, n, lowest, highest)}


EXERCISE = Exercise(
    name="to_fahrenheit",
    points=1,
    needs=(),
    hints=(
        "How many degrees Fahrenheit lie between freezing and boiling, and how many degrees Celsius?",
        "First stretch the degrees, then move the beginning of the scale: 0 °C has to become 32 °F.",
        "`return celsius * 9 / 5 + ...`",
    ),
    cases=(
        Case("one temperature", CALL, ("fahrenheit",), lambda rng: {"celsius": float(rng.integers(11, 35)) + 0.5}),
        Case("four summer days", CALL, ("fahrenheit",), between(4, 15, 35)),
        Case("four winter days", CALL, ("fahrenheit",), between(4, -25, -2)),
        Case("integers", CALL, ("fahrenheit",), lambda rng: {"celsius": rng.integers(-20, 35, 5)}),
    ),
)
