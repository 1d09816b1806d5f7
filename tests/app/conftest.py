"""A page is run as the main module; what that was before comes back, for processes that later tests start."""

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """A process that is spawned runs the main module again: it must be the tests' own, not a page."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before
