"""How far the record can be trusted: the worst line counts, and what nobody looked for is not absent."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.analysis.record import ALL, Standing, plural, recorded_councils, standing
from mapping.schemas import COMPLETENESS

OXFORD, TORBAY, STEVENAGE = "E07000178", "E06000027", "E07000243"
HERE, THERE = "E07000001", "E07000002"
CO_OP, ASSET = "co-operative", "community asset"
ROWS = [
    (HERE, CO_OP, ALL, "recorded", "2023-06"),
    (HERE, ASSET, "library", "recorded", "2016-07-01"),
    (HERE, ASSET, "social club", "thin", "2023-04"),
    (HERE, ASSET, "pharmacy", "not surveyed", "2026-11-22"),
    (THERE, CO_OP, ALL, "not surveyed", "2026-11-22"),
    (THERE, ASSET, "library", "not surveyed", "2026-11-22"),
]
PLACES = [
    (HERE, CO_OP, "social club", "open", 1.0),
    (HERE, CO_OP, "food store", "open", 1.0),
    (HERE, ASSET, "hospice", "open", 1.0),
    (HERE, ASSET, "cinema", "closed", 1.0),
    (THERE, CO_OP, "worker co-op", "open", None),
    (THERE, ASSET, "library", "open", 1.0),
    (THERE, ASSET, "hospice", "unknown", None),
]


def completeness(rows=ROWS):
    columns = ["lad24cd", "kind", "category", "completeness", "as_of"]
    return pd.DataFrame(rows, columns=columns).assign(basis="Somebody’s list")


def places(rows=PLACES):
    table = pd.DataFrame(rows, columns=["lad24cd", "kind", "category", "status", "easting"])
    return table.astype({"easting": float})


def asked(council=HERE, *, kinds=(), categories=(), rows=ROWS):
    return standing(completeness(rows), lad24cd=council, kinds=kinds, categories=categories, places=places())


def told(found: Standing):
    return [(line.kind, line.category, line.level) for line in found.lines]


def test_a_category_stands_as_its_row_says():
    found = asked(categories=["library"])
    assert (found.level, found.is_check_first, found.is_known) == ("recorded", False, False)
    (line,) = found.lines
    assert (line.many, line.as_of, line.basis) == ("libraries", "2016-07-01", "Somebody’s list")


def test_the_row_of_all_categories_stands_for_every_one_of_its_kind():
    found = asked(kinds=[CO_OP], categories=["food store", "worker co-op"])
    assert told(found) == [(CO_OP, ALL, "recorded")]
    assert found.lines[0].many == "co-operatives"
    assert asked(categories=["food store"]).lines == found.lines


def test_the_worst_line_counts_and_comes_first():
    found = asked(categories=["library", "pharmacy", "social club"])
    assert told(found) == [
        (ASSET, "pharmacy", "not surveyed"),
        (ASSET, "social club", "thin"),
        (ASSET, "library", "recorded"),
        (CO_OP, ALL, "recorded"),
    ]
    assert found.level == "not surveyed"
    assert [line.category for line in found.doubtful] == ["pharmacy", "social club"]


def test_with_nothing_chosen_what_nobody_looked_for_is_not_asked_for():
    assert told(asked()) == [
        (ASSET, "hospice", "thin"),
        (ASSET, "social club", "thin"),
        (ASSET, "library", "recorded"),
        (CO_OP, ALL, "recorded"),
    ]
    assert asked(kinds=[CO_OP]).level == "recorded"
    assert asked(kinds=[ASSET]).level == "thin"
    nothing = [row for row in ROWS if row[0] == THERE]
    assert asked(THERE, kinds=[CO_OP], rows=nothing).level == "not surveyed"


@pytest.mark.parametrize(
    ("council", "category", "level"),
    [(HERE, "hospice", "thin"), (THERE, "hospice", "not surveyed"), (HERE, "cinema", "not surveyed")],
)
def test_a_category_that_nobody_states_is_thin_where_one_is_known(council, category, level):
    found = asked(council, categories=[category])
    assert told(found) == [(ASSET, category, level)]
    assert found.lines[0].as_of == ""


def test_what_no_table_has_heard_of_has_not_been_surveyed():
    assert told(asked(categories=["igloo"])) == [("", "igloo", "not surveyed")]
    assert told(asked(kinds=[ASSET], categories=["igloo"])) == [(ASSET, "igloo", "not surveyed")]
    assert told(asked(kinds=[CO_OP], categories=["igloo"])) == [(CO_OP, ALL, "recorded")]
    nobody = asked("E07000009")
    assert (nobody.level, nobody.lines, nobody.is_silent) == ("not surveyed", (), True)


def test_nothing_is_said_where_nothing_is_known_and_the_record_is_not_full():
    # Not surveyed, but one is known.
    assert not asked(THERE, categories=["library"]).is_silent
    # Recorded, and there is none.
    assert not asked(categories=["library"]).is_silent
    assert asked(categories=["pharmacy"]).is_silent
    # Thin; the only one that is known is a co-operative.
    assert asked(kinds=[ASSET], categories=["social club"]).is_silent
    assert not asked(categories=["social club"]).is_silent
    # The only one is closed, or has no position.
    assert asked(categories=["cinema"]).is_silent
    assert asked(THERE, categories=["hospice"]).is_silent


def test_councils_whose_record_is_held():
    def held(**chosen):
        return recorded_councils(completeness(), places=places(), **chosen)

    assert held(kinds=(), categories=["library"]) == {HERE}
    assert held(kinds=(), categories=["pharmacy"]) == frozenset()
    assert held(kinds=[CO_OP], categories=()) == {HERE}


def test_nouns_of_many():
    singular = ["library", "GP surgery", "food bank", "asset of community value", "church", "day", "bus"]
    many = [
        "libraries",
        "GP surgeries",
        "food banks",
        "assets of community value",
        "churches",
        "days",
        "buses",
    ]
    assert [plural(noun) for noun in singular] == many


def test_the_record_of_the_pilot(atlas, places):
    def level(council, **chosen):
        chosen = {"kinds": (), "categories": (), **chosen}
        return standing(atlas.completeness, lad24cd=council, places=places, **chosen)

    assert level(OXFORD, categories=["community centre"]).level == "recorded"
    assert level(TORBAY, categories=["community centre"]).level == "thin"
    assert level(STEVENAGE, categories=["community centre"]).is_silent
    assert level(TORBAY, categories=["care provider"]).is_silent
    assert level(OXFORD, kinds=[CO_OP]).lines[0].as_of == "2023-06"
    assert level(OXFORD).level == "thin"
    libraries = {"kinds": (), "categories": ["library"]}
    councils = recorded_councils(atlas.completeness, places=places, **libraries)
    assert councils == set(atlas.councils["lad24cd"])


chosen_some = st.lists(st.sampled_from(["library", "social club", "pharmacy", "hospice", "food store"]))


@settings(max_examples=15)
@given(chosen_some, st.randoms(use_true_random=False))
def test_to_ask_for_more_never_makes_the_record_better_and_order_says_nothing(categories, random):
    order = list(COMPLETENESS)
    whole = asked(categories=[*categories, "library"])
    parts = [asked(categories=[category]) for category in {*categories, "library"}]
    assert whole.level == max((part.level for part in parts), key=order.index)
    shuffled = completeness().sample(frac=1, random_state=random.randrange(2**32))
    again = standing(
        shuffled, lad24cd=HERE, kinds=(), categories=sorted({*categories, "library"}), places=places()
    )
    assert again == whole
