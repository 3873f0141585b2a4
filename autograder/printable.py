"""Text that came from a learner, made harmless for terminals, logs and files."""

LONGEST = 500


def printable(text: str, longest: int = LONGEST) -> str:
    """Escape control codes, lone surrogates and whatever else is not plainly text, and cut what is too long."""
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text[:longest])
