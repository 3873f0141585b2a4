from autograder.coursebook.exercise import Case, Exercise
from course.inputs import readings

CALL = "celsius = to_celsius(fahrenheit)"


def between(n, lowest, highest):
    return lambda rng: {"fahrenheit": readings(rng, n, lowest, highest)}


EXERCISE = Exercise(
    name="to_celsius",
    points=1,
    needs=(),
    hints=(
        "Write down the other formula and solve it for the degrees Celsius.",
        "What was added last is taken away first.",
        "`return (fahrenheit - ...) * 5 / 9`",
    ),
    cases=(
        Case("one temperature", CALL, ("celsius",), lambda rng: {"fahrenheit": float(rng.integers(50, 99)) + 0.5}),
        Case("four summer days", CALL, ("celsius",), between(4, 60, 95)),
        Case("four winter days", CALL, ("celsius",), between(4, -10, 30)),
        Case("integers", CALL, ("celsius",), lambda rng: {"fahrenheit": rng.integers(-5, 95, 5)}),
    ),
)
