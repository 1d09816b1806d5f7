"""The gallery shows what the commands make."""

import re
import shlex

import pytest

from docs import gallery
from mapping.__main__ import parser

TEXT = gallery.PAGE.read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"python -m mapping [^`\n]+", TEXT)))


def test_the_page_is_written_by_its_script() -> None:
    assert gallery.page() == TEXT


def test_every_file_that_it_shows_is_there_and_no_other() -> None:
    shown = set(re.findall(r"\(gallery/([^)]+)\)", TEXT))
    assert shown == {path.name for path in gallery.FOLDER.iterdir()}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_it_is_one(command: str) -> None:
    asked = parser().parse_args(shlex.split(command)[3:])
    assert callable(asked.run)
