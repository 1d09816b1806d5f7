"""The stories that ship mean what they say and own up to what the record lacks; a malformed file is named."""

from pathlib import Path

import pytest

from mapping.analysis.filters import from_query, to_query
from mapping.errors import SourceChangedError, SourceMissingError
from mapping.stories import read_stories, story_of

STORIES = read_stories()
EVERY = "all categories"
ENTRY = """
[[story]]
id = "one"
title = "One"
council = "Oxford"
query = "council=Oxford&story=one"
story = "Asked."
limits = ["Few."]
next_step = "Look."
"""


def test_the_pilots_four_councils_have_a_story_each(atlas):
    assert {story.council for story in STORIES} == set(atlas.council_names.values())
    assert [story.id for story in STORIES] == [
        "co-operatives-oxford",
        "health-torbay",
        "inclusion-stevenage",
        "wealth-preston",
    ]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_link_says_what_the_story_says_and_nothing_is_lost_in_it(story, atlas, places):
    asked = from_query(story.query, council="")
    assert to_query(asked) == story.query
    assert (asked.council, asked.story) == (story.council, story.id)
    known = {*places["category"], *atlas.completeness["category"]} - {EVERY}
    assert asked.kinds or asked.categories
    assert set(asked.categories) <= known
    assert asked.geography == "ward"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_the_limits_name_every_category_whose_record_is_thin_or_missing(story, atlas):
    asked = from_query(story.query, council="")
    record = atlas.completeness
    here = record[record["lad24cd"] == atlas.lad24cd(story.council)]
    weak = here[here["completeness"].ne("recorded") & here["category"].isin(asked.categories)]
    said = " ".join(story.limits).casefold()
    assert [category for category in weak["category"] if category not in said] == []
    words = ["thin" if level == "thin" else "not surveyed" for level in weak["completeness"]]
    assert [word for word in words if word not in said] == []


def test_care_providers_are_told_to_be_missing_with_the_way_to_bring_them():
    torbay = story_of(STORIES, "health-torbay")
    assert torbay
    assert "care provider" in torbay.limits[0] and "not surveyed" in torbay.limits[0]
    assert (
        torbay.commands[0] == "python -m mapping place CQC_directory.csv --out data/added/care-provider.csv"
    )


def test_the_numbers_in_the_limits_are_those_of_the_record(atlas, places):
    oxford = places[places["lad24cd"].eq("E07000178") & places["kind"].eq("co-operative")]
    placed = oxford[oxford["easting"].notna()]
    told = " ".join(story_of(STORIES, "co-operatives-oxford").limits)
    assert f"{oxford['is_withheld'].sum()} of the {len(oxford)} recorded" in told
    assert placed["category"].eq("food store").sum() == 10 and f"ten of the {len(placed)} counted" in told
    assert "thin" not in told
    asked = from_query(story_of(STORIES, "inclusion-stevenage").query, council="")
    open_here = places["lad24cd"].eq("E07000243") & places["status"].ne("closed")
    assert (open_here & places["category"].isin(asked.categories) & places["easting"].notna()).sum() == 9
    preston = places[places["lad24cd"].eq("E07000123")]
    withheld = preston[preston["is_withheld"]].groupby("category").size()
    assert (withheld["worker co-op"], withheld["food co-op"]) == (2, 1)
    assert preston["category"].isin(["worker co-op", "food co-op"]).sum() == 4 + 2


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_story_is_two_to_four_sentences(story):
    assert 2 <= story.story.count(".") + story.story.count("?") <= 4
    assert "\n\n" not in story.story


def test_an_unknown_story_is_none():
    assert story_of(STORIES, "wealth-oxford") is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "One"', "", 'story 1: "title" is missing'),
        ('title = "One"', "title = 1", '"title" must be text, not 1'),
        ('title = "One"', 'title = " "', '"title" must be text'),
        ('["Few."]', '"Few."', '"limits" must be a list of texts'),
        ('["Few."]', "[1]", '"limits" must be a list of texts'),
        ('id = "one"', 'id = "one"\ncolour = "red"', "its fields are id, title"),
        ("[[story]]", "[[stories]]", "holds [[story]] only"),
        ("[[story]]", "story = [1]\n[other]", "holds [[story]] only"),
        ("[[story]]", "[[story]", "is not TOML"),
        ("[[story]]", ENTRY + "[[story]]", "two stories have one id"),
    ],
)
def test_a_malformed_story_is_named_with_its_field(tmp_path: Path, old, new, words):
    path = tmp_path / "stories.toml"
    path.write_text(ENTRY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceChangedError) as raised:
        read_stories(path)
    assert words in str(raised.value) and str(path) in str(raised.value)


def test_a_plain_story_is_read_and_a_missing_file_is_said(tmp_path: Path):
    path = tmp_path / "stories.toml"
    path.write_text(ENTRY, encoding="utf-8")
    (story,) = read_stories(path)
    assert (story.limits, story.commands) == (("Few.",), ())
    with pytest.raises(SourceMissingError, match="Restore the file"):
        read_stories(tmp_path / "none.toml")
