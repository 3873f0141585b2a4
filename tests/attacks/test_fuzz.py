"""Whatever comes, what reads it says either what it is or that it cannot be read."""

import json

import nbformat
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from autograder.grading import cells, handed_in
from autograder.nbgrader_plugin.cleaned import cleaned
from autograder.printable import printable
from autograder.sandbox import wire
from bnlib.refusal import Unreadable
from bnlib.syllabus import NAMES

many = settings(max_examples=150)

WORDS = [*NAMES, *(f"check_{name}" for name in NAMES), "code", "markdown", "demo", "nbgrader", "def normalize(): 0"]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(WORDS)
KEYS = st.sampled_from(["cells", "source", "metadata", "cell_type", "nbgrader", "grade_id", "tags", "locked"])
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)
GRADE_IDS = st.sampled_from([*NAMES, *(f"check_{name}" for name in NAMES)]) | ANYTHING
SOURCES = st.sampled_from(["", "normalize = 1", ["def normalize(*_):\n", "  0"], "%%time\n!ls\n\0"]) | ANYTHING
IMAGES = st.sampled_from(["image/png", "image/\ud83d", "text/html"])
CELLS = st.fixed_dictionaries(
    {
        "cell_type": st.just("code") | ANYTHING,
        "source": SOURCES,
        "metadata": st.fixed_dictionaries(
            {"nbgrader": st.fixed_dictionaries({"grade_id": GRADE_IDS, "locked": ANYTHING}) | ANYTHING},
            optional={"tags": st.just(["demo"]) | ANYTHING},
        )
        | ANYTHING,
    },
    optional={"attachments": st.dictionaries(st.text(), st.dictionaries(IMAGES, ANYTHING) | ANYTHING)},
)
NOTEBOOKS = st.fixed_dictionaries({"cells": st.lists(CELLS | ANYTHING, max_size=8) | ANYTHING}) | ANYTHING


@many
@given(NOTEBOOKS)
def test_a_notebook_is_read_or_unreadable(tree):
    try:
        found = handed_in.of_notebook(cells.of_json(cells.parse(json.dumps(tree))))
    except Unreadable as problem:
        assert all(character.isprintable() for character in str(problem))
        return
    assert set(found.exercises) <= set(NAMES)
    assert sorted(step.exercise for step in found.steps if step.exercise) == sorted(found.exercises)


@many
@given(NOTEBOOKS)
def test_what_was_handed_in_is_a_valid_notebook_when_it_is_cleaned(tree):
    try:
        notebook = cleaned(cells.of_json(cells.parse(json.dumps(tree))))
    except Unreadable:
        return
    nbformat.validate(notebook)
    assert nbformat.reads(nbformat.writes(notebook).encode().decode(), 4) == notebook
    assert all(cell.metadata.keys() <= {"nbgrader", "tags"} for cell in notebook.cells)


@many
@given(
    st.text(alphabet=st.characters(codec=None)) | st.sampled_from(WORDS),
    st.sampled_from(["", "{", '{"cells":', "[" * 9999]),
)
def test_a_text_is_read_or_unreadable(text, before):
    for read in (cells.parse, handed_in.of_python):
        try:
            read(before + text)
        except Unreadable:
            continue


FORMS = st.recursive(
    SCALARS
    | st.sampled_from([0, 2**26, 2**63, -1, "<f8", "|O", "0x1p+9999", ...]).filter(lambda form: form is not ...),
    lambda inner: (
        st.lists(inner, max_size=9)
        | st.dictionaries(st.sampled_from(["array", "shape", "list", "dict", "plain", "float"]), inner, max_size=3)
        | st.fixed_dictionaries(
            {
                "array": st.sampled_from(sorted(wire.DTYPES)) | inner,
                "shape": st.lists(st.sampled_from([0, 1, 2, 2**26]), max_size=9) | inner,
            }
        )
    ),
    max_leaves=12,
)


@many
@given(FORMS, st.binary(max_size=64))
def test_a_form_is_decoded_or_malformed(form, body):
    try:
        tree = wire.Decoder(body).tree(form)
    except wire.Malformed:
        return
    assert is_plain(tree)


def is_plain(tree):
    if isinstance(tree, list | dict):
        return all(map(is_plain, tree.values() if isinstance(tree, dict) else tree))
    return tree is None or type(tree) in (bool, int, float, str, np.ndarray)


@many
@given(st.binary(max_size=200) | ANYTHING.map(lambda tree: json.dumps(tree).encode()))
def test_a_header_is_an_object_or_malformed(head):
    try:
        assert isinstance(wire.parse(head), dict)
    except wire.Malformed:
        return


TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(sorted(wire.DTYPES)).flatmap(lambda dtype: arrays(dtype, st.sampled_from([(), (0,), (2, 3)]))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@many
@given(st.lists(TREES, max_size=3))
def test_a_tree_comes_back_as_it_went(tree):
    body = []
    form = json.loads(json.dumps(wire.encode(tree, body)))
    back = wire.Decoder(b"".join(body)).tree(form)
    assert repr(back) == repr(tree)


@many
@given(st.text(alphabet=st.characters(codec=None)))
def test_a_cleaned_text_is_harmless(text):
    cleaned = printable(text)
    assert all(character.isprintable() or character == "\n" for character in cleaned)
    cleaned.encode()
