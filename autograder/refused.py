"""What stops an instructor's command with a sentence instead of a traceback."""


class Refused(RuntimeError):
    """Something cannot be done here as asked; the text says why, and what to do."""
