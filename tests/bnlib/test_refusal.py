"""What cannot be done is a sentence, in a notebook too."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from bnlib.refusal import Refused
from bnlib.store import NotThereYet


@pytest.mark.parametrize("error", [Refused, NotThereYet])
def test_ipython_shows_the_sentence_and_no_traceback(error, capsys):
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    shell.run_cell(f"from {error.__module__} import {error.__name__} as error\nraise error('There is no room.')")
    assert capsys.readouterr().out == "There is no room.\n"
