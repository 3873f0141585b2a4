"""Text that came from a learner, made harmless for terminals, logs and files."""

import logging

LONGEST = 500


def printable(text: str, longest: int = LONGEST) -> str:
    """Escape what is not plainly text, and cut what is too long."""
    return escaped(text[:longest])


def escaped(text: str) -> str:
    """Show control codes, lone surrogates and whatever else is not plainly text as escapes."""
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)


def escape_record(record: logging.LogRecord) -> bool:
    """Make a message of a log harmless, whoever writes it: a `Filter` of the logger."""
    record.msg, record.args = escaped(record.getMessage()), ()
    return True
