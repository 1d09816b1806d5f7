"""What is said of a file that is recognised, or refused."""

import pytest

from mapping.adapters.recognise import recognise
from mapping.errors import SourceChangedError


def told(path):
    return [(found.kind, found.vintage) for found in recognise(path)]


def refusal(path):
    with pytest.raises(SourceChangedError) as raised:
        recognise(path)
    assert str(raised.value).startswith(path.name)
    assert "again" in str(raised.value), "what to do"
    return str(raised.value)
