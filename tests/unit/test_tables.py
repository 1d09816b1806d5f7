"""Built tables: checked as they load, and read no further than asked."""

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from mapping import schemas, sources, tables
from mapping.errors import SourceChangedError, SourceMissingError
from mapping.settings import PILOT
from tests.unit.conftest import with_card

COUNCILS = ("E06000027", "E07000123", "E07000178", "E07000243")
ALL = pd.read_parquet(PILOT / "postcodes.parquet")


@pytest.mark.parametrize(
    "model",
    [
        schemas.Deprivation,
        schemas.Districts,
        schemas.BestFit,
        schemas.Wards,
        schemas.Postcodes,
        schemas.Places,
        schemas.Completeness,
    ],
)
def test_the_form_of_a_model_is_what_pandera_makes_of_a_table_that_meets_it(model):
    empty = pd.DataFrame({name: [] for name in tables.form_of(model)})
    conformed = schemas.conform(model, empty, source="nothing")
    assert {name: str(dtype) for name, dtype in conformed.dtypes.items()} == tables.form_of(model)
    assert tables.has_form(conformed, model)


def test_a_table_with_another_type_order_or_column_has_not_the_form():
    table = pd.read_parquet(PILOT / "ward_names_2024.parquet")
    assert tables.has_form(table, schemas.Wards)
    assert not tables.has_form(table.astype({"n_lsoas": "float64"}), schemas.Wards)
    assert not tables.has_form(table[[*table.columns[1:], table.columns[0]]], schemas.Wards)
    assert not tables.has_form(table.assign(more=1), schemas.Wards)


def test_a_wrong_value_is_found_unless_the_card_vouches_for_the_file(built):
    path = built.data / "ward_names_2024.parquet"
    table = pd.read_parquet(path)
    table["wd24cd"] = table["wd24cd"].replace("E05013116", "E05")
    table.to_parquet(path, index=False)
    with pytest.raises(SourceChangedError, match="wd24cd"):
        tables.read_table(path, schemas.Wards)
    with_card(path)
    assert tables.read_table(path, schemas.Wards)["wd24cd"].tolist() == table["wd24cd"].tolist()


def test_a_table_of_other_columns_is_refused_even_where_its_card_vouches_for_it(built):
    path = built.data / "ward_names_2024.parquet"
    pd.read_parquet(path).drop(columns="n_lsoas").to_parquet(path, index=False)
    with_card(path)
    with pytest.raises(SourceChangedError, match="n_lsoas"):
        tables.read_table(path, schemas.Wards)


def test_what_is_not_there_or_no_table_is_named(tmp_path):
    with pytest.raises(SourceMissingError, match=r"none.parquet.*mapping build"):
        tables.read_frame(tmp_path / "none.parquet")
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(SourceChangedError, match=r"cut.parquet is damaged"):
        tables.read_frame(tmp_path / "cut.parquet")


def test_a_table_without_a_card_is_refused(built):
    sources.card_path(built.data / "wards_2024.parquet").unlink()
    with pytest.raises(SourceMissingError, match="No source card"):
        tables.read_table(built.data / "wards_2024.parquet", schemas.BestFit)


@pytest.fixture(scope="module")
def grouped(tmp_path_factory):
    """Every postcode of the pilot, by council; groups of 3,000."""
    path = tmp_path_factory.mktemp("grouped") / "postcodes.parquet"
    ALL.sort_values(["lad24cd", "postcode"]).to_parquet(path, index=False, row_group_size=3_000)
    return path


POSTCODE = st.one_of(st.sampled_from(ALL["postcode"].tolist()), st.sampled_from(["", "AA1 1AA", "ZZ9 9ZZ"]))


@budget(max_examples=25)
@given(among=st.sets(POSTCODE, max_size=5))
def test_only_the_rows_asked_for_are_read_and_all_of_them(grouped, among):
    found = tables.read_rows(grouped, "postcode", among=among)
    wanted = ALL[ALL["postcode"].isin(among)].sort_values(["lad24cd", "postcode"], ignore_index=True)
    pd.testing.assert_frame_equal(found, wanted)


def spoil(path, *, but):
    """Overwrite what the row groups of other councils than `but` hold."""
    metadata = pq.ParquetFile(path).metadata
    at = metadata.schema.to_arrow_schema().names.index("lad24cd")
    body = bytearray(path.read_bytes())
    n_spoilt = 0
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        if group.column(at).statistics.min == but:
            continue
        n_spoilt += 1
        for column in map(group.column, range(group.num_columns)):
            start = column.dictionary_page_offset or column.data_page_offset
            body[start : start + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    path.write_bytes(body)
    return n_spoilt


def test_a_council_is_read_without_reading_any_other(built):
    path = built.data / "postcodes.parquet"
    assert spoil(path, but="E07000178") > 3
    found = tables.read_rows(path, "lad24cd", among=["E07000178"])
    pd.testing.assert_frame_equal(found, ALL[ALL["lad24cd"] == "E07000178"].reset_index(drop=True))
    with pytest.raises(OSError):
        tables.read_frame(path)
