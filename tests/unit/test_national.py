"""England's districts in classes, in words and with other weights."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis import national
from mapping.atlas import Atlas
from mapping.editions import DOMAINS, EDITIONS, INDICES, OFFICIAL_WEIGHTS, SUMMARY_MEASURES, Edition
from mapping.render import layers, shapes, values
from mapping.render import national as national_map
from mapping.render import national_words as words

OFFICIAL_TEXT = (
    "income=0.225,employment=0.225,education=0.135,health=0.135,crime=0.093,barriers=0.093,environment=0.093"
)
PROPORTION = "proportion_most_deprived_share"


def tiny(n: int = 40) -> tuple[pd.DataFrame, pd.DataFrame, Edition]:
    """An England of `n` LSOAs in four districts: the first holds the most deprived, the last is an island."""
    ranks = np.arange(1, n + 1)
    lsoas = pd.DataFrame(
        {"lsoa_code": [f"E01{i:06d}" for i in ranks], "lsoa_name": [f"Area {i}" for i in ranks]}
    )
    lsoas["lad_code"] = [f"E0600000{min(3, i * 4 // n)}" for i in range(n)]
    for index in INDICES:
        lsoas[f"{index}_rank"] = ranks
        lsoas[f"{index}_decile"] = -(-10 * ranks // n)
        lsoas[f"{index}_score"] = (n + 1 - ranks) / n
    lsoas["population"] = pd.array([1_500] * n, dtype="Int64")
    lsoas["lad24cd"] = lsoas["lad_code"]
    districts = pd.DataFrame({"edition": "2025", "lad_code": [f"E0600000{i}" for i in range(4)]})
    districts["lad_name"] = districts["lad24nm"] = ["Atown", "Bham", "Cshire", "Isles of Dee"]
    districts["lad24cd"] = districts["lad_code"]
    edition = Edition(
        year="2025",
        lsoa="lsoa21cd",
        ward="wd24cd",
        district="lad24cd",
        n_districts=4,
        n_lsoas=n,
        population="",
    )
    return lsoas, districts, edition


def test_districts_have_measures_ranks_and_names() -> None:
    lsoas, districts, edition = tiny()
    figures = national.district_figures(lsoas, districts, edition=edition).set_index("name")
    assert figures[f"rank_of_{PROPORTION}"].tolist() == [1, 2, 2, 2]  # three have none, and share the rank
    assert figures["rank_of_average_rank"].tolist() == [1, 2, 3, 4]
    assert figures.loc["Atown", PROPORTION] == pytest.approx(0.4)
    assert figures.loc["Isles of Dee", PROPORTION] == 0
    assert (figures["why"] == "").all()


def test_without_all_of_england_nothing_is_ranked_and_without_people_the_reason_is_told() -> None:
    lsoas, districts, edition = tiny()
    part = national.district_figures(lsoas[lsoas["lad_code"] != "E06000003"], districts, edition=edition)
    assert part[[f"rank_of_{measure}" for measure in SUMMARY_MEASURES]].isna().all(axis=None)
    assert part[PROPORTION].notna().all()
    lsoas.loc[0, "population"] = pd.NA
    gap = national.district_figures(lsoas, districts, edition=edition).set_index("name")
    assert pd.isna(gap.loc["Atown", "average_rank"]) and "population" in gap.loc["Atown", "why"]
    assert gap["rank_of_average_rank"].isna().all()
    assert gap[f"rank_of_{PROPORTION}"].notna().all()


def test_zeros_that_many_share_are_a_class_of_their_own() -> None:
    shares = pd.Series([0.4, 0.3, 0.2, 0.1, 0.05, 0.04, 0.03, 0.02, *[0.0] * 6, np.nan])
    classes = national.quantile_classes(shares)
    assert classes.tolist()[:14] == [0, 0, 1, 1, 2, 2, 3, 3, *[4] * 6]
    assert pd.isna(classes.iloc[14])


@given(st.lists(st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.5]), st.just(np.nan)), max_size=60))
def test_classes_keep_the_order_and_never_part_equals(given_values: list[float]) -> None:
    shown = pd.Series(given_values, dtype=float)
    classes = national.quantile_classes(shown)
    assert classes.isna().tolist() == shown.isna().tolist()
    known = pd.DataFrame({"value": shown.round(9), "class": classes}).dropna().sort_values("value")
    assert known["class"].is_monotonic_decreasing
    assert known.groupby("value")["class"].nunique().le(1).all()
    assert sorted(known["class"].unique()) == list(range(known["class"].nunique()))
    assert known["class"].nunique() <= national.CLASSES


def test_a_name_is_found_through_slips_and_by_code() -> None:
    figures = pd.DataFrame({"name": ["Oxford", "South Oxfordshire"], "code": ["E07000178", "E07000179"]})
    figures["lad24cd"] = figures["code"]
    assert national.is_found(figures, "oxfrod").tolist() == [True, False]
    assert national.is_found(figures, "e07000179").tolist() == [False, True]
    assert national.is_found(figures, "SHIRE").tolist() == [False, True]
    assert national.is_found(figures, "").all()
    assert not national.is_found(figures, "zzz").any()


def test_weights_of_a_link_are_read_as_written() -> None:
    assert national.weights_text(OFFICIAL_WEIGHTS) == ""
    assert national.read_weights("") == OFFICIAL_WEIGHTS
    own = OFFICIAL_WEIGHTS | {"income": 0.5, "crime": 0.0}
    assert national.weights_text(own) == OFFICIAL_TEXT.replace("income=0.225", "income=0.5").replace(
        "crime=0.093", "crime=0"
    )
    assert national.read_weights(national.weights_text(own)) == own


@pytest.mark.parametrize("text", ["income", "income=2", "money=0.5", "income=nan", "income=-0.1", "income=0"])
def test_weights_that_no_slider_can_show_are_none(text: str) -> None:
    assert national.read_weights(text) is None


def test_other_weights_move_the_areas_that_they_weigh() -> None:
    lsoas, districts, edition = tiny()
    lsoas["crime_rank"] = lsoas["crime_rank"].to_numpy()[::-1]
    only_crime = dict.fromkeys(DOMAINS, 0.0) | {"crime": 0.5}
    own = national.own_lsoas(lsoas, only_crime, edition=edition).set_index("lsoa_code")
    assert own.loc["E01000001", ["official_rank", "own_rank", "official_decile", "own_decile"]].tolist() == [
        1,
        40,
        1,
        10,
    ]
    remade = national.own_districts(lsoas, districts, only_crime, edition=edition).set_index("name")
    assert remade["rank_of_average_rank"].tolist() == [4, 3, 2, 1]


def test_among_some_lsoas_only_ranks_are_among_those(atlas: Atlas) -> None:
    lsoas = atlas.deprivation["2025"]
    own = national.own_lsoas(lsoas, OFFICIAL_WEIGHTS | {"income": 0.5}, edition=EDITIONS["2025"])
    assert own["official_rank"].max() <= len(lsoas) and own["own_rank"].min() == 1
    assert own["own_decile"].isna().all()


def test_values_have_units_and_zero_is_plain() -> None:
    shares = pd.Series([0.1724, 0.0, np.nan])
    assert words.value_words(shares, measure=PROPORTION).tolist() == ["17.2 %", "0 %", ""]
    assert words.value_words(pd.Series([21_271.6]), measure="average_rank").tolist() == ["21,272"]
    assert words.value_words(pd.Series([0.1234]), measure="average_score", index="income").tolist() == [
        "0.123"
    ]


def test_a_shared_rank_says_so() -> None:
    ranks = pd.Series([1, 190, 190, pd.NA], dtype="Int64")
    assert words.rank_words(ranks).tolist() == ["1", "joint 190", "joint 190", ""]


def test_the_sentence_names_both_ends() -> None:
    figures = pd.DataFrame({"name": ["A", "B", "C", "D"], PROPORTION: [0.5, 0.0, 0.0, np.nan]})
    said = words.districts_sentence(figures, measure=PROPORTION, index="imd", edition="2025")
    assert said.startswith("The 4 districts held by the share of their LSOAs")
    assert "Only 3 of them have that figure, from A (50.0 %) to 2 districts with 0 %" in said
    whole = words.districts_sentence(figures[:3], measure=PROPORTION, index="imd", edition="2025")
    assert whole.endswith(": from A (50.0 %), the most deprived, to 2 districts with 0 %.")
    none = words.districts_sentence(
        figures.assign(**{PROPORTION: np.nan}), measure=PROPORTION, index="imd", edition="2025"
    )
    assert none.endswith("the files that are held have no such figure for any.")
    assert words.not_all_words(296, "2025") == ""
    assert "4 of England’s 317 districts" in words.not_all_words(4, "2019")


def shaded(measure: str = PROPORTION) -> pd.DataFrame:
    lsoas, districts, edition = tiny()
    figures = national.district_figures(lsoas, districts, edition=edition)
    return figures.assign(**{"class": national.quantile_classes(figures[measure])})


def test_each_class_tells_its_values_and_ranks() -> None:
    entries = national_map.classes(shaded(), measure=PROPORTION, index="imd")
    assert [(each.values, each.ranks) for each in entries] == [
        ("40.0 %", "Rank 1"),
        ("0 %", "Joint rank 2: 3 districts"),
    ]
    assert entries[0].colour == "#3c1348"  # dark: most deprived


def test_the_state_follows_the_order_of_the_file() -> None:
    keys = ("E06000003", "E06000000", "E06000009")
    file = shapes.GeoFile(
        path="areas/lad24cd/england.json", keys=keys, bounds=(0, 0, 6, 6), body=b"", packed=b"", version="v"
    )
    state = national_map.national_state(
        file, shaded(), measure=PROPORTION, index="imd", edition="2025", built={"E06000000"},
        lit=["E06000000"], selected="area:E06000000",
    )  # fmt: skip
    assert state.classes == (1, 0, None)
    assert state.told == (("0 %", "joint 2"), ("40.0 %", "1"), ("", ""))
    assert state.lit == (1,)
    assert state.detail.councils == (None, "E06000000", None)
    assert state.said == ("Atown", "40.0 %, rank 1 of 296")
    assert state.bounds == (-1, -1, 7, 7)  # room for the names of so few
    group = layers.state_group(state)
    layers.atlas_map("none", kind="england").add_child(group)
    script = "".join(child._template.module.script(child) for child in group._children.values())
    [payload] = re.findall(r"CommonsAtlas\.update\(\w+, (\{.*\})\);", script)
    assert json.loads(payload)["legend"]["entries"][0]["values"] == "40.0 %"
    assert "Atown" in payload  # a publisher's name, as inert JSON


def test_values_of_a_council_name_each_lsoa(atlas: Atlas) -> None:
    oxford = atlas.deprivation["2025"]
    oxford = oxford[oxford["lad24cd"] == "E07000178"]
    file = values.value_file(oxford, index="crime", n=EDITIONS["2025"].n_lsoas)
    told = json.loads(file.body)
    first = oxford.iloc[0]
    assert told["n"] == 33_755
    assert told["figures"][first["lsoa_code"]] == [first["crime_rank"], first["crime_decile"], "E07000178"]
    assert len(told["figures"]) == 84
    assert len(file.packed) < 1_500


def test_the_ends_of_england_are_as_mhclg_published_them(realdata: Path) -> None:
    """Proportion needs no population; the other measures are the matter of test_measures.py."""
    given_file = pd.read_csv(realdata / "iod2025" / "imd2025_england_lsoa21.csv")
    fit = pd.read_csv(realdata / "lookups" / "lookup_lsoa21_ward24_ltla24.csv").set_index("lsoa21_code")
    lsoas = pd.DataFrame({"lsoa_code": given_file["lsoa21_code"], "population": pd.NA})
    lsoas["lad_code"] = lsoas["lsoa_code"].map(fit["ltla24_code"])
    for part in ("rank", "decile", "score"):
        lsoas[f"imd_{part}"] = given_file[f"IMD_{part}"]
    names = fit.drop_duplicates("ltla24_code")
    districts = pd.DataFrame(
        {"edition": "2025", "lad_code": names["ltla24_code"], "lad_name": names["ltla24_name"]}
    )
    districts = districts.assign(lad24cd=districts["lad_code"], lad24nm=districts["lad_name"])
    figures = national.district_figures(lsoas, districts, edition=EDITIONS["2025"])
    assert len(figures) == EDITIONS["2025"].n_districts
    top = figures[figures[f"rank_of_{PROPORTION}"] == 1]
    assert top["name"].tolist() == ["Middlesbrough"]
    assert (figures[PROPORTION] == 0).sum() == 104
    scilly = figures.set_index("name").loc["Isles of Scilly"]
    assert (scilly["n_lsoas"], scilly[PROPORTION]) == (1, 0)
    assert figures.set_index("name").loc["City of London", "n_lsoas"] == 6


def test_the_measures_are_those_of_the_schema_s_columns() -> None:
    assert set(SUMMARY_MEASURES) == set(words.UNITS) == set(words.PHRASES)
    assert set(words.SHARES) == {name for name in SUMMARY_MEASURES if name.endswith("_share")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("E07000101", ["Stevenage"]),
        ("e07000243", ["Stevenage"]),
        ("E07000999", []),
        ("torbay", ["Torbay"]),
    ],
)
def test_a_district_is_found_by_a_code_it_has_or_had(atlas: Atlas, text: str, names: list[str]) -> None:
    figures = national.district_figures(atlas.deprivation["2025"], atlas.districts, edition=EDITIONS["2025"])
    assert figures.loc[national.is_found(figures, text), "name"].tolist() == names
