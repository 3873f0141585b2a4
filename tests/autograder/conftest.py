"""A made-up class."""

import pytest

from .made_up import graded, verdict


@pytest.fixture
def results():
    """Give sample data: four learners, one of whom handed in a broken file."""
    place = "submitted/{}/batchnorm/3_normalise.ipynb"
    return [
        graded(place.format("ada"), verdict()),
        graded(place.format("ben"), verdict("mistake")),
        graded(place.format("cem"), verdict("crashed")),
        graded(place.format("dee"), problem="The file is not <UTF-8> text."),
    ]
