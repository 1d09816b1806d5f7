"""The documents and the code say the same."""

import ast
import re
import shlex
from pathlib import Path

import pytest

from mapping import errors
from mapping.__main__ import main, parser
from mapping.settings import ROOT

MODULES = sorted((ROOT / "mapping").rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
ERRORS = [
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.MappingError) and kind is not errors.MappingError
]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    for line in block.splitlines()
    if "-m mapping" in line
]


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_is_raised_somewhere(name: str) -> None:
    raised = {
        ast.unparse(node.exc.func if isinstance(node.exc, ast.Call) else node.exc)
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and node.exc
    }
    assert name in raised


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_in_the_readme_is_one(command: str) -> None:
    asked = parser().parse_args(shlex.split(command)[3:])
    assert callable(asked.run)


# `profiles` draws two dozen maps: its own tests run it on fewer.
@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if "--out" in command and " profiles " not in command]
)
def test_every_command_in_the_readme_that_writes_a_file_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    words = shlex.split(command)[3:]
    out = words.index("--out") + 1
    words[out] = str(tmp_path / words[out])
    assert main(words) == 0, capsys.readouterr().err
    assert Path(words[out]).stat().st_size > 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_the_readme_shows_commands() -> None:
    assert len(COMMANDS) >= 6


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_stays_small_and_says_what_it_is(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    assert ast.get_docstring(TREES[path])


def test_a_file_of_tests_stays_small_too() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in (ROOT / "tests").rglob("*.py")}
    assert len(lines) > 50
    assert {path.name: n for path, n in lines.items() if n > 300} == {}


def test_no_record_text_reaches_a_script() -> None:
    """folium pastes text into JavaScript template literals, where `${…}` runs even after escaping."""
    forbidden = {"Popup", "Tooltip", "DivIcon", "Marker", "CircleMarker", "Icon", "GeoJsonPopup", "Html"}
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func).split(".")[-1]
                assert called not in forbidden, f"{path.name}:{node.lineno} calls {called}"
                is_unsafe = any(word.arg == "unsafe_allow_html" for word in node.keywords)
                assert not is_unsafe, f"{path.name}:{node.lineno} allows HTML"


def test_only_the_cache_module_caches() -> None:
    for path, tree in TREES.items():
        uses = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr.startswith("cache_")
        ]
        assert not uses or path.name == "cache.py", path
