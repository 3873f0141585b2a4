"""What a learner is told of each known mistake is written down in tests/golden/messages, to be read by people."""

import html
import re

from autograder.workshop.making import fresh, messages
from bnlib.judging import render
from bnlib.judging.key import practice_key

MEND = "run `make build`, and read what has changed"


def test_the_messages_are_those_written_down():
    written = {path.name: path.read_text(encoding="utf-8") for path in messages.FOLDER.iterdir()}
    made = messages.files()
    assert written.keys() == made.keys(), MEND
    changed = [name for name, text in made.items() if not fresh.same_text(text, written[name])]
    assert changed == [], MEND


def test_every_page_says_what_its_text_says():
    def letters(text):
        return re.sub(r"[\s:`]", "", text)

    for verdict in (verdict for name in messages.NAMES for verdict in messages.verdicts(name)):
        page = html.unescape(re.sub(r"<[a-z/][^>]*>", "", render.as_html(verdict)))
        assert letters(page) == letters(render.text(verdict))


def test_messages_are_in_one_voice():
    for name in messages.NAMES:
        for mistake in practice_key(name).mistakes:
            text = f"Your result is what you get when {mistake.when}. {mistake.see}"
            assert re.fullmatch(r"[a-z][a-z0-9_Z]*|Z_norm_for_the_distance|dZ_averaged", mistake.id), mistake.id
            assert not mistake.when.endswith("."), text
            assert mistake.see.endswith((".", "?", ")")), text
            assert "  " not in text, text
            assert "!" not in re.sub("`[^`]*`", "", text), text
            assert not re.search(r"\b(simply|just|obviously)\b", text), text
            assert text.count("`") % 2 == 0, text
            assert len(text) < 400, text
