"""What is read aloud of a map: its numbers, no more and no less."""

import pandas as pd

from mapping.render import alt_text, legend

IMD = legend.legend("2025", "imd", geography="lsoa", shade="decile")


def areas(*rows):
    table = pd.DataFrame(list(rows), columns=["name", "rank", "decile"])
    return table.astype({"rank": "Float64", "decile": "Int64"})


def gaps(*rows):
    columns = ["name", "rank", "decile", "gap", "gap_rank", "people_beyond"]
    table = pd.DataFrame(list(rows), columns=columns)
    return table.astype(dict.fromkeys(columns[1:], "Float64") | {"decile": "Int64"})


def places(*kinds):
    return pd.DataFrame({"kind": pd.Series(list(kinds), dtype="str")})


def test_it_counts_the_areas_of_each_decile_and_the_places_of_each_kind():
    shown = areas(("A", 20, 1), ("B", 10, 1), ("C", 9_000, 3), ("D", pd.NA, pd.NA))
    said = alt_text.map_alt(
        "Oxford: libraries over deprivation",
        key=IMD,
        areas=shown,
        geography="lsoa",
        places=places("community asset", "co-operative", "community asset"),
        missing=("", "2 places are not drawn: the registered office may be a home."),
    )
    assert said == (
        "Map. Oxford: libraries over deprivation. Shaded by the Index of Multiple Deprivation 2025, darker "
        "for more deprived; decile 1 is the most deprived 10 %. Of 3 LSOAs: 2 in decile 1 and 1 in decile 3. "
        "Most deprived: B (rank 10) and A (rank 20). No figure for 1 LSOA: D. Places drawn: 1 co-operative "
        "(circle) and 2 community assets (diamonds). 2 places are not drawn: the registered office may be a "
        "home."
    )


def test_one_area_is_not_the_most_deprived_of_itself():
    said = alt_text.map_alt("X", key=IMD, areas=areas(("A", 20, 4)), geography="ward", places=places())
    assert "1 ward, in decile 4." in said
    assert "Most deprived" not in said
    assert said.endswith("No place is drawn.")


def test_where_nothing_has_a_figure_that_is_said():
    shown = areas(*[(name, pd.NA, pd.NA) for name in "ABCD"])
    said = alt_text.map_alt("X", key=IMD, areas=shown, geography="ward", places=places("co-operative"))
    assert "None of its areas has a figure. No figure for 4 wards. Places drawn: 1 co-operative" in said


def test_a_wards_rank_is_called_an_average_and_ties_come_by_name():
    shown = areas(("Z", 5, 1), ("A", 5, 1), ("M", 7, 1), ("N", 8, 1))
    told = alt_text.most_deprived_sentence(shown, geography="ward")
    assert told == "Most deprived: A (average rank 5), Z (rank 5) and M (rank 7)."


def test_of_gaps_it_names_the_largest_and_how_many_people_are_far():
    shown = gaps(
        ("A", 1, 1, 0.5, 2, 1_200.4),
        ("B", 2, 2, 0.9, 1, pd.NA),
        ("C", 3, 9, 0.0, 5, 10),
        ("D", 4, 3, 0.1, 3, 1),
        ("E", 5, 3, 0.1, 3, 77),
        ("F", pd.NA, pd.NA, pd.NA, pd.NA, pd.NA),
    )
    assert alt_text.largest_gaps(shown) == (
        "Largest of 4 gaps: 1st B, 2nd A (1,200 people) and 3rd D (1 people)."
    ).replace("1 people", "1 person")
    assert alt_text.largest_gaps(shown[shown["gap"] == 0.0]) == "No area has a gap."
    assert alt_text.largest_gaps(shown[shown["gap"].isna()]) == ""
    said = alt_text.gaps_alt(
        "X", key=IMD, areas=shown, geography="lsoa", circles="", answer="Not known.", places=places()
    )
    assert "No circles: there are no figures. Not known. Largest of 4 gaps" in said
    assert "No figure for 1 LSOA: F." in said


def test_it_is_never_longer_than_a_reader_bears():
    long = "Very long name " * 40
    shown = gaps(*[(f"{i} {long}", i, 1 + i % 10, 0.5, i, 100_000) for i in range(1, 400)])
    said = alt_text.gaps_alt(
        long,
        key=IMD,
        areas=shown,
        geography="lsoa",
        circles=f"people farther than 800 m from {long}",
        answer=long,
        places=places("co-operative"),
        missing=tuple(f"{n} {long}." for n in range(9)),
    )
    assert len(said) <= alt_text.LONGEST
    assert said.startswith("Map. Very long name")
    assert "…" in said
    assert alt_text.short("abcdef", 4) == "abc…"
    assert alt_text.short("abcd", 4) == "abcd"
