"""Made-up results of a class, from the real judge."""

from autograder.grading.result import Result
from autograder.results.as_json import as_json
from bnlib.judging.judge import judge
from bnlib.judging.key import practice_key
from bnlib.judging.outcome import Failure, Outcome

SEED = 11  # of every exam key here: it takes a second to make, and is made once a process
KEY = practice_key("normalize")
WRONG = next(mistake for mistake in KEY.mistakes if mistake.id == "eps_outside_sqrt")


def verdict(what="right", key=KEY):
    """Judge made-up outcomes of `normalize` with the real judge."""
    if what == "right":
        return judge(key, [case.expected for case in key.cases])
    if what == "mistake":
        return judge(key, list(WRONG.variants[0]))
    return judge(key, [Outcome(failure=Failure(what, "", "an <i>odd</i>\x1b[31m text"))] * len(key.cases))


def graded(path, *verdicts, sandbox="A", problem=""):
    return as_json(Result(path, sandbox, verdicts, problem))
