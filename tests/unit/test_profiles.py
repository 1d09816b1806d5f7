"""Documents about areas hold the numbers of Explore's and Gaps' tables, and say what they lack."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from mapping import export, summarising
from mapping.analysis.filters import Filters
from mapping.errors import UnknownAreaError, UnusableFileError, UnusableQuestionError
from mapping.render.about import require_attribution
from mapping.render.documents.model import Chart, Facts, Figure, Heading, Paragraph, Table
from mapping.render.place_words import name_words
from mapping.reporting import profiles
from mapping.reporting.held import Held, read_held
from mapping.settings import Settings
from tests.unit.profiled import DATE, HOLYWELL, LEYS, LSOA, OXFORD, Made, documents, of, rows, table, words


@pytest.fixture(scope="module")
def held(settings: Settings) -> Held:
    return read_held(settings)


@pytest.fixture(scope="module")
def made(held: Held) -> Made:
    return documents(held)


def test_a_ward_profile_tells_its_parts_in_order(made: Made) -> None:
    document = made(LEYS)
    assert [each.text for each in of(document, Heading)] == [
        "Where it stands",
        "Its domains",
        "Its people",
        "Its LSOAs",
        "Its places",
        "Gaps and nearest help",
        "Its neighbours",
        "What is not known",
    ]
    assert isinstance(document.blocks[0], Paragraph)
    assert (document.title, document.date, document.language) == ("Blackbird Leys", DATE, "en-GB")


def test_ward_figures_are_those_of_explore(made: Made, held: Held) -> None:
    shown = export.view_from(OXFORD, atlas=held.atlas, places=held.places).areas.set_index("name")
    told = rows(made(), "Wards, Index of Multiple Deprivation 2025")
    assert set(told) == set(shown.index)
    for name, (rank, decile, first, _, population, n_places) in told.items():
        area: dict[str, Any] = dict(shown.loc[[name]].iloc[0])
        if pd.isna(area["rank"]):
            assert (rank, decile, first, population) == ("–", "–", "–", "–")
            continue
        assert (rank, decile) == (f"{area['rank']:,.0f}", f"{area['decile']}")
        assert first == f"{area['n_most_deprived']} of {area['n_lsoas']}"
        assert (population, n_places) == (f"{area['population']:,}", f"{area['n_places']:,}")
    people = dict(of(made(LEYS), Facts)[0].rows)
    area = dict(shown.loc[["Blackbird Leys"]].iloc[0])
    assert people["Population"] == f"{area['population']:,}"
    assert people["Live in England’s most deprived fifth"].endswith("(51 %)")
    assert round(100 * area["most_deprived_fifth_share"]) == 51


def test_an_lsoa_has_its_published_rank_decile_and_score_in_both_editions(made: Made, held: Held) -> None:
    published = held.atlas.deprivation["2025"].set_index("lsoa_code").loc[LSOA]
    both = rows(made(LSOA), "Both editions")
    assert both["Rank, 1 the most deprived"][1] == f"{published['imd_rank']:,} of 33,755 LSOAs"
    assert both["Decile"][1] == f"{published['imd_decile']} of 10"
    assert both["Score"] == ("not held", f"{published['imd_score']:.3g}")
    (chart,) = of(made(LSOA), Chart)
    assert [bar.label for bar in chart.bars][:2] == ["Index of Multiple Deprivation", "Income"]
    assert chart.bars[1].value == round(100 * (33_755 - published["income_rank"]) / 33_755, 1)
    assert "neither an improvement nor a decline" in words(made(LSOA))


def test_the_five_measures_are_those_of_the_summaries(made: Made, held: Held) -> None:
    summary = summarising.summarised(held.atlas, "ward", edition="2025").set_index("code").loc[LEYS]
    told = rows(made(LEYS), "MHCLG’s summary measures")
    assert told["Average rank (higher: more deprived)"][1] == f"{summary['average_rank']:,.0f}"
    assert told["Extent"][1] == f"{100 * summary['extent_share']:.1f} %"
    assert told["Local concentration"][1] == f"{summary['local_concentration']:,.0f}"
    # No score is held of 2019: it is not zero.
    assert told["Average score"] == ("–", f"{summary['average_score']:.1f}")
    note = table(made(LEYS), "MHCLG’s summary measures").note
    assert "2019: no average score: the score is not known of any of its LSOAs" in note


def test_gaps_are_those_of_the_gaps_page(made: Made, held: Held) -> None:
    answer, _ = held.answer(Filters(council="Oxford", geography="ward", categories=("library",)))
    area = answer.areas.set_index("code").loc[LEYS]
    near, mean, nearest, rank, record = rows(made(LEYS), "How near places are")["Libraries"]
    assert near == f"{100 * area['within_share']:.0f} %"
    assert mean == f"{round(area['mean_distance_m'], -1):,.0f} m"
    assert nearest == area["nearest_place"]
    assert (area["gap_rank"], area["gap_rank_low"], area["gap_rank_high"]) == (1, 1, 4)
    assert (rank, record) == ("1st (1st to 4th)", "recorded")
    said = of(made(LEYS), Paragraph)[0].text
    people, needy = round(area["people_beyond"]), round(area["need_people_beyond"])
    # Nobody there is near a food bank either, of which the record is thin.
    assert (
        f"Thin records aside, the largest gap is in libraries: {people:,} people (58 %) live farther than "
        "800 m" in said
    )
    assert f"Of them {needy:,} live in England’s most deprived fifth." in said


def test_what_was_not_surveyed_is_said_and_never_counted(made: Made) -> None:
    document = made(LEYS)
    told = rows(document, "How near places are")
    assert "Pharmacies" not in told
    assert told["Theatres"] == ("–", "–", "–", "–", "thin: check first; none on record")
    assert "Not surveyed in Oxford, so nothing is said of them: GP surgery, allotment site" in words(document)


def test_places_are_numbered_by_name_with_address_and_date(made: Made, held: Held) -> None:
    places = table(made(LEYS), "Places recorded").rows
    inside = held.places[held.places["wd24cd"] == LEYS]
    told = [name_words(*each) for each in zip(inside["name"], inside["status"], strict=True)]
    assert sorted(row[1] for row in places) == sorted(told)
    # Later editions of its source lack it: a name alone would promise that it is there.
    assert "Blackbird Leys Credit Union Limited (may have closed)" in told
    assert [row[0] for row in places] == [f"{at}" for at in range(1, len(inside) + 1)]
    assert places[2][:2] == ("3", "Blackbird Leys Library")
    assert places[2][5:] == ("Blackbird Leys Road, Oxford, OX4 6HT", "1 July 2016")


def test_withheld_places_are_counted_with_the_council_and_named_nowhere(made: Made, held: Held) -> None:
    mine = held.places[held.places["lad24cd"] == "E07000178"]
    withheld = mine[mine["is_withheld"]]
    for document in (made(LEYS), made(), made(LEYS, "E05013110")):
        assert f"{len(withheld)} places of Oxford have no published address" in words(document)
        cells = {cell for each in of(document, Table) for row in each.rows for cell in row}
        assert cells.isdisjoint(withheld["name"])
    assert table(made(), "104 places recorded").rows[-1] == ("All", "104", "70")


def test_a_ward_without_a_figure_says_why_and_shows_no_zero(made: Made) -> None:
    document = made(HOLYWELL)
    assert "It has no figure: no LSOA has this ward as its best fit" in words(document)
    assert not of(document, Chart)
    assert dict(of(document, Facts)[0].rows)["Population"] == "no figure"
    assert rows(document, "Both editions")["Average rank, 1 the most deprived"] == ("no figure",)
    (slide,) = document.slides
    assert slide.title == "Holywell: no figure of deprivation"
    assert slide.chart is None
    assert {value for label, value in slide.facts if "ecile" in label} == {"no figure"}
    assert "1 ward has no figure: Holywell. No LSOA has this ward as its best fit" in words(made())


def test_neighbours_have_their_deciles(made: Made) -> None:
    beside = rows(made(LEYS), "Areas beside it")
    assert next(iter(beside)) == "Northfield Brook"
    assert beside["Northfield Brook"] == ("Oxford", "4 of 10", "10,211")


def test_a_domain_of_2019_is_told_by_its_own_words_and_wards(made: Made) -> None:
    document = made("E05006546", edition="2019", index="education")
    said = of(document, Paragraph)[0].text
    assert "For education, skills and training in the indices of 2019, its LSOAs have an average rank" in said
    assert "of 32,844, where 1 is the most deprived" in said
    assert document.about.edition.endswith("Education, skills and training")
    assert document.slides[0].facts[0][0] == "Average rank, Education, skills and training"
    both = table(document, "Both editions")
    assert [column.name for column in both.columns] == ["Edition", "2019 (chosen)", "2025"]


def test_places_may_be_narrowed_and_the_words_say_so(made: Made) -> None:
    document = made(LEYS, categories=("library",))
    assert [row[1] for row in table(document, "Places recorded").rows] == ["Blackbird Leys Library"]
    assert "1 community asset is recorded here. Only libraries are counted." in words(document)
    assert ("Category", "library") in document.about.filters
    assert next(iter(rows(document, "How near places are"))) == "Libraries"


@pytest.mark.parametrize(
    ("codes", "error", "message"),
    [
        (("E05013097", "E01028577"), UnusableQuestionError, "LSOAs and wards cannot stand side by side"),
        (("E05013097", "E05013097"), UnusableQuestionError, "1 areas were given"),
        (("E05099999",), UnknownAreaError, "No ward of 2024 has the code E05099999"),
        (("E05006546",), UnknownAreaError, "is a ward of 2019.* Choose the edition of 2019"),
        (("E07000178",), UnknownAreaError, "is no code of an area here"),
        (("",), UnknownAreaError, "is no code of an area here"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(
    held: Held, codes: tuple[str, ...], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        profiles.document_of(replace(OXFORD, codes=codes), held=held, link="L", date=DATE, with_map=False)


def test_every_table_it_is_made_from_is_named(made: Made, held: Held) -> None:
    for document in (made(), made(LEYS), made(LSOA)):
        require_attribution(document.about)
        tables = " ".join(card.table for card in document.about.sources)
        for stem in (
            "imd_2025",
            "imd_2019",
            "wards_2024",
            "places",
            "completeness",
            "postcodes",
            "changes_2021",
        ):
            assert stem in tables
    assert "lsoa21" in " ".join(card.table for card in made(LSOA).about.sources)


def test_a_map_gives_its_numbers_to_the_places(held: Held) -> None:
    document = profiles.profile(LEYS, OXFORD, held=held, link="L", date=DATE)
    (figure,) = of(document, Figure)
    assert figure.alt
    assert figure.png.startswith(b"\x89PNG")
    numbers = [row[0] for row in table(document, "Places recorded").rows]
    assert numbers == ["1", "2", "3", "4", "5"]
    for number in numbers:
        assert f">{number}<".encode() in figure.svg
    assert document.slides[0].figure == figure
    assert "Numbers are those on the map." in table(document, "Places recorded").note


def test_the_same_is_made_twice_and_with_or_without_a_shared_basis(made: Made, held: Held) -> None:
    again = profiles.profile(LEYS, OXFORD, held=held, link="L", date=DATE, with_map=False)
    assert again == made(LEYS)


def test_sentences_stay_short(made: Made, held: Held) -> None:
    for code, _ in profiles.codes_of(OXFORD, by="ward", held=held):
        for sentence in of(made(code), Paragraph)[0].text.split(". "):
            assert len(sentence.split()) <= 30, sentence


def test_a_logo_must_be_a_picture(held: Held, tmp_path: Any) -> None:
    path = tmp_path / "logo.png"
    path.write_text("no picture")
    broken = replace(held, settings=replace(held.settings, logo=path, name="Oxford City Council"))
    with pytest.raises(UnusableFileError, match="logo"):
        profiles.profile(LEYS, OXFORD, held=broken, link="L", date=DATE, with_map=False)
