"""The end of an experiment: the question that it was made for, the answer, and the numbers that it rests on."""

import re

from bnlib.render import BOX, with_code
from bnlib.show import show


def answer(number: int, question: str, sentence: str, more: str, contested: bool = False) -> None:
    """Show a question of the course, the answer in one sentence with its number, and what else there is to say.

    The texts are plain, with `code` between backticks. `number` is the question's in `autograder/making/answers.py`,
    which collects all answers on one page. `contested` marks an answer on which people who know disagree, or which
    small networks cannot settle.
    """
    sentence, more = _typeset(sentence), _typeset(more)
    head = "Answer (contested)" if contested else "Answer"
    said = {"number": number, "question": question, "sentence": sentence, "more": more, "contested": contested}
    show(
        f"Question: {question}\n{head}: {sentence} {more}",
        f'<div style="{BOX.format("currentColor")}; max-width: 46em">'
        f"<p><i>Question:</i> {with_code(question)}</p>"
        f"<p><i>{head}:</i> <b>{with_code(sentence)}</b> {with_code(more)}</p></div>",
        metadata={"answer": said},
    )


def _typeset(text):
    """Give numbers a minus in place of a hyphen, and keep them together with their ± and %."""
    return re.sub(r" (?=[±%σ])|(?<=±) ", "\N{NO-BREAK SPACE}", re.sub(r"(?<!\w)-(?=\d)", "−", text))
