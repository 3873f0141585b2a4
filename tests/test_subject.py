"""The machine knows nothing of what is taught: no file of it has a word of batch norm, or a name of this course."""

import re

import pytest

from bnlib.paths import ROOT
from bnlib.syllabus import ASSIGNMENT, BESIDE, LESSONS, NAMES

# Generated; what the course's experiments stand on; what is somebody's own.
NOT_OURS = ("bnlib/syllabus.json", "bnlib/practice_key/", "bnlib/lab/", "bnlib/mine/", "autograder/class/")
TEXTS = {".py", ".md", ".html", ".toml", ".json"}
WORDS = re.compile(
    r"""
    batch[ _-]?norm | \bnormali[sz] | mini[ _-]?batch | \bbatch | running[ _-](mean|var|stat|pair) | \bvariances?\b
    | [βγεκμσ] | \b(gamma|beta)s?\b | \b(eps|epsilon)\b | momentum | \b(ewa|ema)\b | exponentially | welford
    | \btraining\b | \bneural\b | \bepochs?\b | \binference\b | \bgradients?\b | \brelu\b | torch | keras | onnx
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _where_it_counts(name):
    """Give where a name counts: anywhere, or, for a word that has other uses too, in quotes or as a notebook's name."""
    if "_" in name or name != name.lower():
        return rf"(?<![^\W\d_]){name}\b"
    return rf"(?<=[\"'`]){name}(?=[\"'`])|\b\d+_{name}\b"


NAMED = re.compile("|".join(map(_where_it_counts, {*NAMES, *BESIDE, *LESSONS, ASSIGNMENT})))


def found(text):
    """Give the words of the subject in a text, and this course's names."""
    return [word[0] for pattern in (WORDS, NAMED) for word in pattern.finditer(text)]


def texts():
    """Give every text of the machine by its place."""
    paths = (path for top in ("autograder", "bnlib") for path in (ROOT / top).rglob("*") if path.suffix in TEXTS)
    files = {path.relative_to(ROOT).as_posix(): path for path in paths}
    return {place: path.read_text(encoding="utf-8") for place, path in files.items() if not place.startswith(NOT_OURS)}


def test_no_file_of_the_machine_has_a_word_of_the_subject():
    machine = texts()
    assert len(machine) > 100
    assert {place: words for place, text in machine.items() if (words := found(text))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "normalises each mini-batch",
        "BatchNorm2d",
        "the running variance",
        "a larger ε",
        "def f(Z, eps=1e-5):",
        'if name == "momentum":',
        'key.practice_key("predict")',
        "3_normalise",
        "11_the_whole_network.ipynb",
        "network_state",
        "solutions/batchnorm/",
    ],
)
def test_a_word_of_the_subject_is_found(text):
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "one layer after the other, and no network socket",
        "points on average",
        "a step backward in the images; who can predict it?",
        "alphabetic, in normal form; maximum, several schemata, steps",
    ],
)
def test_ordinary_words_are_none(text):
    assert found(text) == []
