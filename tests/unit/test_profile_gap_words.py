"""What an area lacks most, in words: ties, nobody, everybody, nothing known, and a thin record."""

from typing import Any

import pytest

from mapping.analysis.question import Question
from mapping.render.place_words import Noun, what_words
from mapping.render.profile_gap_words import Gap, gap_sentence, gap_words

NEED = "in England’s most deprived fifth"
LARGEST = "The largest gap is in libraries"
NO_GAP = "It has no gap by these choices"


def nouns(*categories: str) -> tuple[Noun, ...]:
    return tuple(what_words(categories=(each,)) for each in categories)


def gap(*categories: str, **fields: Any) -> Gap:
    given: dict[str, Any] = {
        "question": Question(),
        "people_beyond": 400.2,
        "beyond_share": 0.4,
        "need_beyond": 99.6,
    }
    return Gap(what=nouns(*categories), **{**given, **fields})


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            gap("library"),
            f"{LARGEST}: 400 people (40 %) live farther than 800 m from a library. "
            f"Of them 100 live {NEED}.",
        ),
        (
            gap("library", people_beyond=1.0, need_beyond=1.0, beyond_share=0.001),
            f"{LARGEST}: 1 person (under 1 %) lives farther than 800 m from a library.",
        ),
        (
            gap("library", need_beyond=0.2),
            f"{LARGEST}: 400 people (40 %) live farther than 800 m from a library. "
            f"None of them live {NEED}.",
        ),
        (
            gap("library", need_beyond=1.0),
            f"{LARGEST}: 400 people (40 %) live farther than 800 m from a library. "
            f"Of them 1 lives {NEED}.",
        ),
        (
            gap("library", need_beyond=400.2, beyond_share=1.0),
            f"{LARGEST}: none of its 400 people live within 800 m of a library. "
            f"All of them live {NEED}.",
        ),
        (
            gap("library", people_beyond=0.3, need_beyond=0.3, beyond_share=0.001),
            f"{LARGEST}: almost nobody lives farther than 800 m from a library.",
        ),
        (
            gap("library", people_beyond=0.0, need_beyond=0.0, beyond_share=0.0),
            f"{LARGEST}: nobody lives farther than 800 m from a library.",
        ),
        (
            gap("library", people_beyond=None, need_beyond=None),
            f"{LARGEST}: 40 % of it lies farther than 800 m from a library, each LSOA "
            "counting as one.",
        ),
        (
            gap("library", "theatre", beyond_share=1.0, need_beyond=None),
            f"{LARGEST} and theatres: none of its 400 people live within 800 m of any of "
            "them.",
        ),
        (
            gap("library", "theatre", need_beyond=None),
            f"{LARGEST} and theatres: 400 people (40 %) live farther than 800 m from the "
            "nearest of each.",
        ),
        (
            gap("library", "theatre", "museum", "pub", "shop", beyond_share=None),
            f"{LARGEST}, theatres, museums and 2 more kinds of place. "
            f"Of them 100 live {NEED}.",
        ),
        (gap(), f"{NO_GAP}: everybody lives within 800 m of each kind of place that is counted."),
        (gap(question=Question(decay="linear")), f"{NO_GAP}."),
        (gap(question=Question(lack="catchment")), f"{NO_GAP}."),
        (gap(has_need=False), f"{NO_GAP}: nobody here counts as living {NEED}."),
        (gap(is_known=False), "How near its people are to places is not known."),
    ],
)  # fmt: skip
def test_the_largest_gap(told: Gap, said: str) -> None:
    assert gap_sentence(told) == said


def test_a_thin_record_is_to_be_checked_first() -> None:
    said = gap_sentence(gap("food bank", is_thin=True))
    assert said.endswith("Check that first: the record of it is thin.")


def test_a_larger_gap_in_a_thin_record_is_not_kept_back() -> None:
    assert gap_sentence(gap("library", thin_aside=True)).startswith(
        "Thin records aside, the largest gap is in libraries: "
    )


def test_need_is_said_as_it_was_asked() -> None:
    asked = Question(need="tenth", index="crime", within_m=1500)
    assert "farther than 1,500 m" in gap_sentence(gap("library", question=asked))
    assert gap_sentence(gap("library", question=asked)).endswith(
        "in England’s most deprived tenth for crime."
    )


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (gap("library"), "libraries: 40 % live beyond 800 m"),
        (gap("library", "pub", beyond_share=None), "libraries and 1 more"),
        (gap(), "none by these choices"),
        (gap(is_known=False), "not known"),
    ],
)
def test_the_largest_gap_in_a_few_words(told: Gap, said: str) -> None:
    assert gap_words(told) == said
