"""Method: the text for everybody, and the limits of the story that a link names first."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mapping.errors import SourceMissingError
from mapping.stories import read_stories
from mapping.ui.views import method


def show_method() -> None:
    from mapping.ui.views import method

    method.page()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(show_method, default_timeout=30)


def test_it_tells_the_method_and_the_limits_of_every_story(app: AppTest) -> None:
    app.run()
    assert not app.exception
    told = [each.value for each in app.markdown]
    assert told[0] == "# Gaps: method and limits"
    assert "**Gap = need × lack**" in told[1]
    stories = read_stories()
    assert len(app.expander) == len(stories)
    assert all(limit in "\n".join(told) for story in stories for limit in story.limits)


def test_the_story_that_a_link_names_comes_first(app: AppTest) -> None:
    app.query_params["story"] = "health-torbay"
    app.run()
    assert app.markdown[1].value.startswith("## Health and care in Torbay")
    assert "care-provider.csv" in app.code[0].value
    link = app.get("page_link")[0].proto
    assert link.query_string.startswith("council=Torbay&") and link.query_string.endswith(
        "story=health-torbay"
    )
    assert len(app.expander) == len(read_stories()) - 1


def test_a_story_that_is_none_is_passed_over(app: AppTest) -> None:
    app.query_params["story"] = "[x](https://evil.example)"
    app.run()
    assert not app.exception
    assert "evil.example" not in "".join(each.value for each in app.markdown)


def test_links_to_files_are_plain_and_a_missing_text_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "gaps.md"
    path.write_text(
        "# Title\nSee [the data](../data/README.md), [ONS](https://ons.gov.uk) and [below](#limits).\n"
    )
    title, text = method.method_text(path)
    assert (title, text) == ("# Title", "See the data, [ONS](https://ons.gov.uk) and [below](#limits).")
    with pytest.raises(SourceMissingError, match="Restore the file"):
        method.method_text(tmp_path / "none.md")
