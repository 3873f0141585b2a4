"""The end of an experiment: the question that it was made for, the answer, and the numbers that it rests on."""

import html
import re

from bnlib.show import shell

BOX = "border-left: 4px solid currentColor; padding: 0.3em 1em; margin: 0.2em 0; max-width: 46em"


def answer(number: int, question: str, sentence: str, more: str, contested: bool = False) -> None:
    """Show a question of the course, the answer in one sentence with its number, and what else there is to say.

    The texts are plain. `number` is the question's in `course/course.toml`; all answers are collected on one page.
    `contested` marks an answer on which people who know disagree, or which small networks cannot settle.
    """
    sentence, more = _typeset(sentence), _typeset(more)
    head = "Answer (contested)" if contested else "Answer"
    plain = f"Question: {question}\n{head}: {sentence} {more}"
    if shell() is None:
        print(plain)
        return
    from IPython.display import display

    rich = (
        f'<div style="{BOX}"><p><i>Question:</i> {html.escape(question)}</p>'
        f"<p><i>{head}:</i> <b>{html.escape(sentence)}</b> {html.escape(more)}</p></div>"
    )
    said = {"number": number, "question": question, "sentence": sentence, "more": more, "contested": contested}
    display({"text/plain": plain, "text/html": rich}, raw=True, metadata={"answer": said})


def _typeset(text):
    """Give numbers a minus in place of a hyphen, and keep them together with their ± and %."""
    return re.sub(r" (?=[±%σ])|(?<=±) ", "\N{NO-BREAK SPACE}", re.sub(r"(?<!\w)-(?=\d)", "−", text))
