"""Gaps: what plans change, where one more would help most, and clusters."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from mapping.render.about import About
from tests.app.reading import linked, words

WAIT_S = 60
HILL = "+OX4 4HF"
"""A place at Rose Hill: in reach of a large gap."""
LIBRARY = "lib-oxford-blackbird-leys"


def show_gaps() -> None:
    from mapping.ui.views import gaps

    gaps.page()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(show_gaps, default_timeout=WAIT_S)


def farther(app: AppTest) -> int:
    """How many people live farther away, as the summary says."""
    found = re.search(r"([\d,]+) live farther away", words(app))
    assert found
    return int(found[1].replace(",", ""))


def compared(app: AppTest) -> list[list[str]]:
    """The cells of the table that sets the plans side by side."""
    [table] = [each.proto.body for each in app.get("html") if ">Plan</th>" in each.proto.body]
    return [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in table.split("<tr")[2:]]


def opened(app: AppTest, tab: str) -> AppTest:
    app.session_state["gap-tabs"] = tab
    return app


def test_a_link_restores_its_plans_and_what_they_change(app: AppTest) -> None:
    link = {"council": ["Oxford"], "category": ["library"], "plan": [HILL, f"-{LIBRARY}"], "map": ["Plan A"]}
    app.query_params.update(link)
    opened(app, "What if").run()
    assert not app.exception
    assert "Plan A, not as recorded:" in words(app)
    recorded, hill, closed = compared(app)
    assert [row[0] for row in (recorded, hill, closed)] == ["As recorded", "Plan A", "Plan B"]
    assert [row[1] for row in (recorded, hill, closed)] == ["7", "8", "6"]
    assert int(hill[4].split()[0].replace(",", "")) == farther(app)
    before = int(recorded[4].replace(",", ""))
    assert hill[4].endswith(f"(−{before - farther(app):,})") and before - farther(app) > 4_000
    assert "(+" in closed[4]
    assert linked(app) == link


def test_adding_and_taking_back_a_place_changes_the_numbers(app: AppTest) -> None:
    opened(app, "What if").run()
    before = farther(app)
    app.text_input(key="gap-add-postcode").set_value("ox44hf")
    app.button[[button.label for button in app.button].index("Add")].click().run()
    assert not app.exception
    assert linked(app)["plan"] == [HILL] and linked(app)["map"] == ["Plan A"]
    assert farther(app) < before
    app.button(key="gap-undo-OX4 4HF").click().run()
    assert farther(app) == before and "plan" not in linked(app)


def test_a_place_can_be_closed_and_each_plan_is_kept(app: AppTest) -> None:
    app.query_params.update({"category": "library", "plan": HILL})
    opened(app, "What if").run()
    recorded = farther(app)
    app.multiselect(key="gap-close-new").set_value([LIBRARY]).run()
    assert linked(app)["plan"] == [HILL, f"-{LIBRARY}"] and linked(app)["map"] == ["Plan B"]
    assert farther(app) > recorded
    app.segmented_control(key="gap-on-map").set_value("A").run()
    assert farther(app) < recorded and linked(app)["map"] == ["Plan A"]
    app.segmented_control(key="gap-on-map").set_value("").run()
    assert farther(app) == recorded and "map" not in linked(app)


def test_the_card_of_a_place_closes_it_and_the_card_of_an_area_says_what_that_does(app: AppTest) -> None:
    app.query_params["select"] = f"place:{LIBRARY}"
    app.run()
    [button] = [each for each in app.button if each.label == "Close it in a new plan"]
    button.click().run()
    assert linked(app)["plan"] == [f"-{LIBRARY}"]
    assert "Open it again" in [each.label for each in app.button]
    app.selectbox(key="chosen").set_value("area:E01028518").run()
    assert re.search(r"\*\*Plan A:\*\* .+\. [\d,]+ more of its people are farther away", words(app))
    assert "By the plan" in app.dataframe[0].value


def test_what_cannot_be_done_is_told(app: AppTest) -> None:
    app.query_params.update(
        {"category": "library", "plan": ["+TQ1 1AA;+OX4 4UY", "-somewhere"], "map": "Plan A"}
    )
    opened(app, "What if").run()
    assert not app.exception
    assert "OX4 4UY, a postcode that" in words(app)
    app.text_input(key="gap-add-postcode").set_value("[x](https://evil.example)"[:12])
    app.button[[button.label for button in app.button].index("Add")].click().run()
    assert "is not a postcode" in words(app)
    assert "[x](https:" not in app.warning[0].value


def test_the_best_sites_are_said_listed_and_put_into_a_plan(app: AppTest) -> None:
    app.query_params["add"] = "2"
    opened(app, "One more").run()
    assert not app.exception
    assert re.search(r"Two more libraries, at .+, would bring [\d,]+ people within 800 m", words(app))
    assert "Proven the best possible among" in words(app)
    sites = app.dataframe[0].value
    assert sites["Site"].tolist() == ["A", "B"]
    assert sites["Newly near"].is_monotonic_decreasing
    before = farther(app)
    app.button(key="gap-put").click().run()
    assert linked(app)["plan"] == [";".join(f"+{postcode}" for postcode in sites["Postcode"])]
    assert farther(app) < before


def test_among_all_postcodes_it_looks_only_when_asked_to(app: AppTest) -> None:
    app.query_params.update({"council": "Stevenage", "candidates": "Any postcode", "add": "1"})
    opened(app, "One more").run()
    assert app.dataframe.len == 0
    app.button(key="gap-look").click().run()
    assert not app.exception
    sites = app.dataframe[0].value
    assert len(sites) == 1
    # A postcode is its own name.
    assert "Name" not in sites
    assert re.search(r"\*\*In place of A:\*\* SG\d \w+ \(.* (good|fewer)\)", words(app))


@pytest.mark.parametrize("tab", ["One more", "Clusters (exploratory)"])
def test_where_nothing_is_known_nothing_is_made_of_it(app: AppTest, tab: str) -> None:
    app.query_params.update({"council": "Oxford", "category": "pharmacy"})
    opened(app, tab).run()
    assert not app.exception
    assert app.info[-1].value.startswith("Nothing is known of these places here")


def test_clusters_say_that_they_are_exploratory(app: AppTest) -> None:
    app.query_params.update({"council": "Torbay", "areas": "Ward"})
    opened(app, "Clusters (exploratory)").run()
    assert not app.exception
    assert "Exploratory: clusters show where to look, not why." in words(app)


def test_a_file_of_a_plan_says_that_it_is_one(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[About] = []

    def named(about: About, file_format: str) -> str:
        told.append(about)
        return f"gaps.{file_format}"

    monkeypatch.setattr("mapping.render.download.file_name", named)
    app.query_params.update({"category": "library", "plan": [HILL, f"-{LIBRARY}"], "map": "Plan B"})
    app.session_state["gap-download"] = True
    app.run()
    assert not app.exception
    assert "Plan B, not as recorded." in words(app)
    assert told[0].title == "Gaps in Oxford: libraries, Plan B"
    assert told[0].notes[0].startswith("Under Plan B: ")


def test_a_step_that_cannot_be_taken_is_told_in_every_tab_until_another_council_is_chosen(
    app: AppTest,
) -> None:
    app.query_params.update({"category": "library", "plan": "+OX4 4UY", "map": "Plan A"})
    app.run()
    assert "OX4 4UY, a postcode that" in words(app)
    app.session_state["gap-plan-problem"] = "No live postcode of this council is near there."
    app.run()
    assert len(app.warning) == 2
    app.selectbox(key="choose-council").set_value("Preston").run()
    assert not app.exception and not app.warning
