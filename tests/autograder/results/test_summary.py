"""A class's results summed up."""

from autograder.results.summary import NOT_HANDED_IN, SIGNS, summarise
from bnlib.judging.key import practice_key
from bnlib.judging.status import Status

from ..made_up import WRONG, graded, verdict


def test_a_class_is_summed_up(results):
    summary = summarise(results)
    assert [(learner.name, learner.score) for learner in summary.learners] == [
        ("ada", 3),
        ("ben", 0),
        ("cem", 0),
        ("dee", 0),
    ]
    (exercise,) = summary.exercises
    assert exercise.counts == {"correct": 1, "wrong": 1, "crashed": 1, "unreadable": 1}
    assert summary.bins == (3, *[0] * 9, 1)
    (mistake,) = summary.mistakes
    assert (mistake.exercise, mistake.id, mistake.learners) == ("normalize", "eps_outside_sqrt", ("ben",))
    assert mistake.text == f"when {WRONG.when}. {WRONG.see}"
    assert [problem.learner for problem in summary.problems] == ["dee"]
    assert summary.sandboxes == ("A",)


def test_of_several_files_the_best_counts():
    files = [graded("ada/new.py", verdict()), graded("ada/old.py", verdict("mistake")), graded("ben/a.py", verdict())]
    summary = summarise(files)
    assert [learner.score for learner in summary.learners] == [3, 3]
    assert not summary.mistakes


def test_who_did_not_hand_in_is_told_from_who_did_not_write(results):
    ewa = practice_key("ewa_update")
    summary = summarise(
        [*results, graded("submitted/eve/batchnorm/1_weighted_averages.ipynb", verdict("missing", ewa))]
    )
    standing = {learner.name: [entry.status for entry in learner.entries] for learner in summary.learners}
    assert standing["ada"] == [NOT_HANDED_IN, "correct"]
    assert standing["eve"] == ["missing", NOT_HANDED_IN]


def test_every_status_has_a_sign_of_its_own():
    signs = [sign for sign, _ in SIGNS.values()]
    assert len(set(signs)) == len(signs)


def test_every_status_of_a_result_has_a_sign():
    assert SIGNS.keys() == {*Status, NOT_HANDED_IN}
