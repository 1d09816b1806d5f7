"""A file is placed with the few postcodes and areas it needs: the answers are those of all the tables."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from mapping import brought
from mapping.adapters.columnar import read_columnar
from mapping.analysis.coordinates import Positions
from mapping.analysis.place import place_rows
from mapping.brought import Brought, atlas_gazetteer, councils_around
from mapping.errors import UnusableFileError
from mapping.issues import NO_ISSUES, issue_table

MIDDLES = {
    "Oxford": (453_000.0, 206_000.0),
    "Torbay": (291_000.0, 63_500.0),
    "nowhere": (400_000.0, 400_000.0),
}


def file_of(rows):
    """A file of postcodes as typed and positions, one of each a row; None for no position."""
    table = pd.DataFrame({"Postcode": [typed for typed, _ in rows]}, dtype="str")
    points = [at or (float("nan"), float("nan")) for _, at in rows]
    grid = pd.DataFrame(points, columns=["easting", "northing"], dtype="float64")
    return Brought(
        rows=table,
        numbers=pd.RangeIndex(2, len(table) + 2),
        form="",
        postcode_column="Postcode",
        positions=Positions(grid, issue_table()) if any(at for _, at in rows) else None,
        issues=NO_ISSUES,
    )


def placed(file, tables):
    return place_rows(file.rows, tables=tables, postcode_column="Postcode", positions=file.positions)


@pytest.fixture(scope="module")
def everything(atlas):
    return atlas_gazetteer(atlas)


def test_only_what_a_file_names_or_may_mean_is_read(atlas):
    tables = atlas_gazetteer(atlas, file_of([("ox4 1ba", None), ("0X4 1JA", None), ("ZZ9 9ZZ", None)]))
    assert sorted(tables.answers.index) == ["", "OX4 1BA", "OX4 1JA"]
    assert tables.areas == {}


def test_only_the_areas_around_positions_that_no_postcode_places_are_read(atlas):
    file = file_of([("OX4 1BA", MIDDLES["Torbay"]), ("", MIDDLES["Oxford"]), ("", MIDDLES["nowhere"])])
    assert councils_around(atlas, file, placed=pd.Index(["OX4 1BA"])) == ["E07000178"]
    tables = atlas_gazetteer(atlas, file)
    assert list(tables.areas) == ["lsoa11cd", "lsoa21cd", "wd24cd"]
    assert all(set(areas["lad24cd"]) == {"E07000178"} for areas in tables.areas.values())


def test_a_file_that_needs_no_area_reads_none(atlas):
    tables = atlas_gazetteer(atlas, file_of([("OX4 1BA", MIDDLES["Oxford"]), ("", MIDDLES["nowhere"])]))
    assert [len(areas) for areas in tables.areas.values()] == [0, 0, 0]


TYPED = st.sampled_from(
    ["OX4 1BA", "ox41ja", "0X4 1BA", "OX4 4UY", "TQ1 1AA", "0X4 IBA", "BT1 1AA", "ZZ9 9ZZ", "", "x"]
)
WHERE = st.one_of(
    st.none(),
    st.sampled_from(list(MIDDLES.values())),
    st.tuples(st.floats(440_000, 460_000), st.floats(200_000, 210_000)),
)


@pytest.mark.parametrize("many", [brought.MANY, 0])
@budget(max_examples=15)
@given(rows=st.lists(st.tuples(TYPED, WHERE), min_size=1, max_size=12))
def test_the_answers_are_those_of_all_the_tables(atlas, everything, many, rows):
    with pytest.MonkeyPatch.context() as patch:
        # A long file reads all there is; a short one what it needs.
        patch.setattr(brought, "MANY", many)
        file = file_of(rows)
        result, issues = placed(file, atlas_gazetteer(atlas, file))
    expected, said = placed(file, everything)
    pd.testing.assert_frame_equal(result, expected)
    pd.testing.assert_frame_equal(issues, said)


def test_a_parquet_table_is_read_as_the_text_that_a_csv_would_say(tmp_path):
    path = tmp_path / "a.parquet"
    table = pd.DataFrame({"n": [1, 2], "x": [0.5, None], "b": [True, False], "text": ["a", None]})
    table.assign(kind=pd.Categorical(["p", "q"])).to_parquet(path)
    read = read_columnar(path)
    assert read.rows.to_dict("list") == {
        "n": ["1", "2"],
        "x": ["0.5", ""],
        "b": ["true", "false"],
        "text": ["a", ""],
        "kind": ["p", "q"],
    }
    assert read.numbers.tolist() == [2, 3]


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (pd.DataFrame({"a": [[1]]}), 'a column of another kind than text or numbers, "a"'),
        (pd.DataFrame({"a": [b"x"]}), "another kind than text"),
        (pd.DataFrame({"a": []}), "has no rows"),
    ],
)
def test_a_parquet_table_that_no_csv_could_say_is_refused(tmp_path, table, why):
    table.to_parquet(tmp_path / "a.parquet")
    with pytest.raises(UnusableFileError, match=why):
        read_columnar(tmp_path / "a.parquet")


def test_a_damaged_parquet_table_is_refused(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(UnusableFileError, match=r"a.parquet cannot be read as Parquet"):
        read_columnar(tmp_path / "a.parquet")
