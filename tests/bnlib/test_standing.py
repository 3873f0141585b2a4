from bnlib import progress, standing, store
from bnlib.__main__ import main
from bnlib.syllabus import NAMES

RIGHT = "def normalize(Z, mean, var, eps=1e-5):\n    return (Z - mean) / (var + eps) ** 0.5\n"


def state_of(name):
    return next(state.state for state in standing.states() if state.exercise == name)


def test_the_four_states():
    assert state_of("normalize") == "open"
    store.save("normalize", RIGHT)
    assert state_of("normalize") == "right"
    store.save("normalize", store.BORROWED + RIGHT)
    assert state_of("normalize") == "borrowed"
    store.save("normalize", RIGHT.replace("0.5", "2"))
    assert state_of("normalize") == "broken"


def test_the_table_of_the_command_line(capsys):
    store.save("normalize", RIGHT)
    assert main([]) == 0
    table = capsys.readouterr().out
    assert "3_normalise" in table
    assert f"1 of {len(NAMES)} exercises right. Next: batch_size, in 0_start_here.ipynb." in table


def test_outside_a_notebook_progress_prints_the_table(capsys):
    progress()
    assert "ewa_update" in capsys.readouterr().out


def test_the_picture_is_a_png():
    assert standing._png(standing.states()).startswith(b"\x89PNG")
