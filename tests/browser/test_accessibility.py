"""axe-core finds nothing on our pages outside Streamlit's own frame, whose findings are listed."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STREAMLIT = {
    # What Streamlit itself draws wrongly, by axe rule: where, and why it is not ours to mend.
}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?areas=Ward&select=area:E05013106",
        "/?category=library&select=place:lib-oxford-littlemore",
        "/directory",
        "/sources",
    ],
)
def test_axe_finds_nothing_of_ours(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(path)
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    ours = [
        (each["id"], node["target"], node["failureSummary"])
        for each in found
        for node in each["nodes"]
        if not any(part in str(node["target"]) for part in STREAMLIT.get(each["id"], ()))
    ]
    assert ours == []
