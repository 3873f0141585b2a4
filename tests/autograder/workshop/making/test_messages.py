"""What a learner is told of each known mistake is written down in tests/golden/messages, to be read by people."""

import html
import re

from autograder.workshop.making import messages
from bnlib.judging import render


def test_every_page_says_what_its_text_says():
    def letters(text):
        return re.sub(r"[\s:`]", "", text)

    for verdict in (verdict for name in messages.NAMES for verdict in messages.verdicts(name)):
        page = html.unescape(re.sub(r"<[a-z/][^>]*>", "", render.as_html(verdict)))
        assert letters(page) == letters(render.text(verdict))
