"""One submission to its verdicts."""
