"""What a link or a record says is shown as text: no page makes a link, a picture or a form of it."""

import re

import pytest
from streamlit.testing.v1 import AppTest

ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
HOSTILE = "![x](https://evil.example/x.png) [Log in again](https://evil.example)"


def show_explore() -> None:
    from mapping.ui.views import explore

    explore.page()


def show_failing() -> None:
    import runpy
    from pathlib import Path

    import mapping.ui
    from mapping.errors import UnusableFileError
    from mapping.ui.views import explore

    def fail() -> None:
        raise UnusableFileError("[Log in again](https://evil.example) is no file")

    whole, explore.page = explore.page, fail
    try:
        runpy.run_path(str(Path(mapping.ui.__file__).parent / "main.py"), run_name="__main__")
    finally:
        explore.page = whole


def live_marks(markdown: str) -> set[str]:
    """The marks that could start something, which no backslash takes away."""
    return set(re.findall(r"[\[\]()!<>`*_$:]", ESCAPED.sub("", markdown)))


def test_a_postcode_of_a_link_is_quoted_as_text() -> None:
    app = AppTest.from_function(show_explore, default_timeout=30)
    app.query_params["near"] = HOSTILE
    app.run()
    assert not app.exception
    assert "![x](https" in app.warning[0].value.replace("\\", "")
    assert live_marks(app.warning[0].value) == set()


@pytest.mark.parametrize("field", ["q", "council", "category", "select"])
def test_nothing_else_of_a_link_is_repeated_as_markdown(field: str) -> None:
    app = AppTest.from_function(show_explore, default_timeout=30)
    app.query_params[field] = HOSTILE
    app.run()
    assert not app.exception
    for sink in (*app.markdown, *app.warning, *app.info, *app.caption):
        if "Log in again" in sink.value:
            assert live_marks(sink.value) == set()


def test_an_error_is_quoted_as_text() -> None:
    app = AppTest.from_function(show_failing, default_timeout=30).run()
    assert "Log in again" in app.error[0].value
    assert live_marks(app.error[0].value) == set()
