"""Whose file is it?"""

from autograder.results.learners import learners_of


def test_learners_by_folder_as_nbgrader_lays_them_out():
    paths = [
        "/c/submitted/ada/batchnorm/1.ipynb",
        "/c/submitted/ada/batchnorm/2.ipynb",
        "/c/submitted/b/batchnorm/1.py",
    ]
    assert learners_of(paths) == ["ada", "ada", "b"]


def test_a_learner_of_a_week_is_not_called_by_the_week():
    assert learners_of(["/c/submitted/ada/week1/3_normalise.ipynb"]) == ["ada"]


def test_learners_by_stem_in_one_folder():
    assert learners_of(["class/ada.py", "class/ben.ipynb"]) == ["ada", "ben"]
    assert learners_of(["ada.py"]) == ["ada"]


def test_the_lessons_of_one_folder_are_one_learners():
    paths = ["submitted/ada/batchnorm/3_normalise.ipynb", "submitted/ada/batchnorm/6_test_time.ipynb"]
    assert learners_of(paths) == ["ada", "ada"]
    assert learners_of(["ada/3_normalise.ipynb"]) == ["ada"]
