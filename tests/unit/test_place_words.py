"""What is looked for has a name in a sentence, one and many, whatever was chosen."""

import pytest

from mapping.analysis.facets import NOT_RECORDED
from mapping.render.place_words import KINDS, OWNERS, PLURALS, name_words, what_words
from mapping.schemas import KINDS as OF_PLACES

ODD = {
    "GP surgery": "GP surgeries",
    "library": "libraries",
    "pharmacy": "pharmacies",
    "community society": "community societies",
    "asset of community value": "assets of community value",
    "childcare": "childcare providers",
    "community energy": "community energy groups",
    "other": "places of other categories",
    "multi-stakeholder co-op": "co-ops of several kinds of member",
    "children's centre": "children's centres",
    "food bank": "food banks",
}


def test_every_category_of_the_record_has_a_plural_that_is_one(places, atlas):
    known = {*places["category"], *atlas.completeness["category"], NOT_RECORDED}
    assert len(known) > 30
    many = {category: what_words(categories=[category]).many for category in known}
    assert {category: many[category] for category in ODD} == ODD
    for category, plural in many.items():
        assert plural != category
        assert "yss" not in plural and not plural.endswith(("ss", "ys"))
        assert not category.endswith("y") or category in PLURALS or plural.endswith("ies"), category


def test_every_owner_of_the_record_is_said_and_no_other(places):
    assert set(OWNERS) == {*places["ownership"].dropna(), NOT_RECORDED}
    assert set(KINDS) == set(OF_PLACES)


@pytest.mark.parametrize(
    ("kinds", "categories", "ownerships", "one", "many"),
    [
        ((), (), (), "recorded place", "recorded places"),
        (("co-operative",), (), (), "co-operative", "co-operatives"),
        (OF_PLACES, (), (), "recorded place", "recorded places"),
        ((), ("library", "GP surgery"), (), "library or GP surgery", "libraries or GP surgeries"),
        (("community asset",), ("library",), (), "library", "libraries"),
        (
            ("co-operative",),
            (),
            ("Workers", "Tenants"),
            "co-operative owned by workers or by tenants",
            "co-operatives owned by workers or by tenants",
        ),
        ((), (), ("The moon",), "recorded place owned by “The moon”", "recorded places owned by “The moon”"),
        (
            (),
            ("library", "pub", "theatre", "food bank", "museum"),
            (),
            "library, pub or place of 3 more categories",
            "libraries, pubs or places of 3 more categories",
        ),
        ((), ("allotment", "allotment site"), (), "allotment site", "allotment sites"),
    ],
)
def test_a_choice_is_a_noun(kinds, categories, ownerships, one, many):
    what = what_words(kinds, categories, ownerships)
    assert (what.one, what.many, str(what)) == (one, many, many)


def test_a_heading_names_the_first_of_many():
    five = ["library", "community centre", "social club", "sports club", "food bank"]
    assert what_words(categories=five).title == "libraries, community centres and 3 more"
    assert what_words(categories=five).a == "a library, a community centre or a place of 3 more categories"
    assert what_words(categories=five[:2]).title == "libraries or community centres"


def test_one_of_them_has_its_article():
    assert what_words(categories=["library", "GP surgery"]).a == "a library or a GP surgery"
    assert what_words(categories=["asset of community value"]).a == "an asset of community value"
    assert what_words(categories=["allotment"], ownerships=["Workers"]).a == (
        "an allotment site owned by workers"
    )


def test_they_are_counted():
    library = what_words(categories=["library"])
    assert (library.count(1), library.count(0), library.count(1204)) == (
        "1 library",
        "0 libraries",
        "1,204 libraries",
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("open", "The Hub"),
        ("closed", "The Hub (closed)"),
        ("unknown", "The Hub (may have closed)"),
    ],
)
def test_a_name_says_that_its_place_is_or_may_be_closed(status: str, said: str) -> None:
    assert name_words("The Hub", status) == said
