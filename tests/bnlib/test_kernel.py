"""`check` in a real Jupyter kernel: what a learner sees, and what nbgrader sees."""

import time

import pytest
from jupyter_client.manager import start_new_kernel

from bnlib import store

pytestmark = pytest.mark.slow

RIGHT = "import numpy as np\ndef normalize(Z, mean, var, eps=1e-5):\n    return (Z - mean) / np.sqrt(var + eps)"
WRONG = RIGHT.replace("var + eps", "var")
CHECK = 'from bnlib import check\ncheck("normalize")'
ENDLESS = "def normalize(Z, mean, var, eps=1e-5):\n    open({!r}, 'w').close()\n    while True:\n        Z = Z + 0"


def test_a_wrong_answer_shows_a_card_and_one_line_instead_of_a_traceback(run_cells):
    _, (card, error) = run_cells(WRONG, CHECK)
    assert "ε is left out" in card.data["text/html"]
    assert "Expected" in card.data["text/plain"]
    assert error.ename == "CheckFailed"
    assert error.traceback == [error.evalue.split("\n")[0]]
    assert "not right yet" in error.traceback[0]


def test_a_right_answer_shows_green_and_saves_the_cell(run_cells, home):
    _, (card,) = run_cells(RIGHT, CHECK)
    assert "✓ normalize is right" in card.data["text/html"]
    assert (home / "normalize.py").read_text() == RIGHT + "\n"


def test_a_later_notebook_imports_the_learners_own(run_cells):
    run_cells(RIGHT, CHECK)
    ((shown,),) = run_cells("from bnlib import normalize\nfloat(normalize(5.0, 1.0, 4.0, 0.0))")
    assert shown.data["text/plain"] == "2.0"


def test_a_function_not_written_yet_is_one_short_message(run_cells):
    ((error,),) = run_cells("from bnlib import normalize")
    assert error.traceback[0].startswith("You have not written normalize yet")


def test_nothing_reaches_stderr(run_cells):
    noisy = WRONG.replace("    return", "    import sys; print('!', file=sys.stderr)\n    return")
    _, outputs = run_cells(noisy, CHECK)
    assert [output for output in outputs if output.output_type == "stream"] == []


def test_under_nbgrader_the_whole_message_is_in_the_error(run_cells, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    _, (error,) = run_cells(WRONG, CHECK)
    assert "Expected" in error.traceback[0]


def test_progress_is_a_picture(run_cells):
    ((shown,),) = run_cells("from bnlib import progress\nprogress()")
    assert "image/png" in shown.data


def test_a_syntax_error_in_the_cell_leaves_the_check_with_a_sentence(run_cells):
    _, (error,) = run_cells("def normalize(:", CHECK)
    assert "run the cell that defines it" in error.traceback[0]


def test_an_endless_loop_that_is_interrupted_gets_its_own_sentence(tmp_path):
    running = tmp_path / "running"
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        client.execute_interactive(ENDLESS.format(str(running)), timeout=60)
        client.execute(CHECK)
        while not running.exists():
            time.sleep(0.05)
        manager.interrupt_kernel()
        seen = [client.get_iopub_msg(timeout=60)]
        while seen[-1]["msg_type"] != "error":
            seen.append(client.get_iopub_msg(timeout=60))
        cards = [m["content"]["data"]["text/plain"] for m in seen if m["msg_type"] == "display_data"]
        assert "You stopped the check" in cards[0]
        assert any(f"while it ran `{line}" in cards[0] for line in ("open(", "while True", "Z = Z + 0"))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_saving_goes_where_the_environment_says(run_cells, home):
    run_cells(RIGHT, CHECK)
    assert [file.name for file in home.iterdir()] == ["normalize.py"]
    assert store.folder() == home


def test_an_answer_is_a_box_whose_metadata_the_build_collects(run_cells):
    ((box,),) = run_cells("from bnlib import lab\nlab.answer(3, 'Again, or on?', 'On: 1.5 < 2.', 'In fours.')")
    assert set(box.data) == {"text/plain", "text/html"}
    assert "1.5 &lt; 2" in box.data["text/html"]
    said = {"number": 3, "question": "Again, or on?", "sentence": "On: 1.5 < 2.", "more": "In fours."}
    assert box.metadata == {"answer": said | {"contested": False}}
