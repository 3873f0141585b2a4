"""One notebook, one verdict: every door gives it the same marks, and a right answer that stands there has its own."""

import pytest

from tests.damage import KINDS, TAUGHT, damaged
from tests.doors import Class

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

NOTEBOOKS = 200


def test_every_door_gives_damaged_notebooks_the_same_marks_and_a_right_answer_its_own(make_course, tmp_path):
    notebooks = [damaged(number) for number in range(NOTEBOOKS)]
    assert {kind for notebook in notebooks for kind in notebook.kinds} >= {kind.__name__ for kind in KINDS}
    assert sum(len(notebook.owed) for notebook in notebooks) > NOTEBOOKS / 2  # or little is tried
    assert Class(make_course(tmp_path, lessons=TAUGHT), notebooks).differences(every=20) == []
