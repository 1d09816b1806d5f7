import pandas as pd
import pytest

from mapping.adapters import lookups
from mapping.errors import SourceChangedError
from tests.unit.iod_files import only

CHANGES = [
    "LSOA11CD",
    "LSOA11NM",
    "LSOA21CD",
    "LSOA21NM",
    "CHGIND",
    "LAD22CD",
    "LAD22NM",
    "LAD22NMW",
    "ObjectId",
]
PAIRS = [
    ["E01000009", "B", "E01000009", "B", "U"],
    ["E01000008", "C", "E01033702", "C2", "S"],
    ["E01000008", "C", "E01033701", "C1", "S"],
    ["E01000005", "D", "E01033705", "D", "M"],
    ["E01000006", "E", "E01033705", "D", "M"],
    ["W01000001", "F", "W01000001", "F", "U"],
]
FIT = ["LSOA21CD", "LSOA21NM", "WD24CD", "WD24NM", "WD24NMW", "LAD24CD", "LAD24NM", "LAD24NMW", "ObjectId"]
FITTED = [
    ["E01000002", "B", "E05000002", "Marston", "", "E07000178", "Oxford", "", 1],
    ["E01000001", "A", "E05000001", "St Mary’s", "", "E07000178", "Oxford", "", 2],
    ["W01000001", "F", "W05000001", "Bodelwyddan", "", "W06000001", "Ynys Môn", "", 3],
]


def write(tmp_path, columns, rows, *, encoding="utf-8-sig", name="file.csv"):
    path = tmp_path / name
    full = [row + [""] * (len(columns) - len(row)) for row in rows]
    pd.DataFrame(full, columns=columns).to_csv(path, index=False, encoding=encoding, lineterminator="\r\n")
    return path


@pytest.mark.parametrize("first", ["LSOA11CD", "F_LSOA11CD", "f_lsoa11cd"])
def test_all_pairs_of_england_are_read_also_the_unchanged(tmp_path, first):
    path = write(tmp_path, [first, *CHANGES[1:]], PAIRS)
    assert lookups.read_changes(only(path)).to_numpy().tolist() == [
        ["E01000005", "E01033705", "M"],
        ["E01000006", "E01033705", "M"],
        ["E01000008", "E01033701", "S"],
        ["E01000008", "E01033702", "S"],
        ["E01000009", "E01000009", "U"],
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["E01000001", "A", "E01000001", "A", "Z"], r"change, not U, S, M or X \(E01000001: 'Z'\)"),
        (["E0100001", "A", "E01000001", "A", "U"], r"lsoa11cd, no such code \(E0100001: 'E0100001'\)"),
        (["E01000001", "A", "e01000001", "A", "U"], r"lsoa21cd, no such code \(E01000001: 'e01000001'\)"),
        (["E01000009", "B", "E01000009", "B", "U"], r"pair, there twice \(E01000009: 'E01000009'\)"),
    ],
)
def test_a_wrong_pair_is_named(tmp_path, row, told):
    with pytest.raises(SourceChangedError, match=rf"file\.csv: 1 fault\. {told}"):
        lookups.read_changes(only(write(tmp_path, CHANGES, [*PAIRS, row])))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_wards_of_england_are_read_with_their_names(tmp_path, encoding):
    path = write(tmp_path, FIT, FITTED, encoding=encoding)
    fitted = lookups.read_best_fit(only(path))
    assert fitted.columns.tolist() == ["lsoa_code", "ward_code", "ward_name", "lad_code", "lad_name"]
    assert fitted.to_numpy().tolist() == [
        ["E01000001", "E05000001", "St Mary’s", "E07000178", "Oxford"],
        ["E01000002", "E05000002", "Marston", "E07000178", "Oxford"],
    ]


def test_a_lookup_in_parquet_says_the_same(tmp_path):
    as_csv = lookups.read_best_fit(only(write(tmp_path, FIT, FITTED)))
    path = tmp_path / "file"
    pd.DataFrame(FITTED, columns=FIT).to_parquet(path)
    pd.testing.assert_frame_equal(lookups.read_best_fit(only(path)), as_csv)


def test_a_lookup_as_features_without_shapes_says_the_same(tmp_path):
    as_csv = lookups.read_best_fit(only(write(tmp_path, FIT, FITTED)))
    rows = pd.DataFrame(FITTED, columns=FIT).to_json(orient="records")
    path = tmp_path / "file.geojson"
    features = rows.replace('{"LSOA21CD"', '{"type":"Feature","geometry":null,"properties":{"LSOA21CD"')
    features = features.replace("}", "}}")
    path.write_text('{"type":"FeatureCollection","features":' + features + "}")
    pd.testing.assert_frame_equal(lookups.read_best_fit(only(path)), as_csv)


@pytest.mark.parametrize(
    ("at", "value", "told"),
    [
        (0, "E01000002", "lsoa_code, there twice"),
        (2, "E5000001", "ward_code, no such code"),
        (3, " ", "ward_name, empty"),
        (5, "W06000001", "lad_code, no such code"),
    ],
)
def test_a_wrong_ward_is_named(tmp_path, at, value, told):
    row = [*FITTED[1]]
    row[at] = value
    with pytest.raises(SourceChangedError, match=rf"file\.csv: .*{told}"):
        lookups.read_best_fit(only(write(tmp_path, FIT, [FITTED[0], row])))


def test_a_lookup_without_england_is_refused(tmp_path):
    with pytest.raises(SourceChangedError, match="0 rows, where there are"):
        lookups.read_best_fit(only(write(tmp_path, FIT, FITTED[2:])))


def test_the_changes_of_2021_are_those_ons_published(realdata):
    pairs = lookups.read_changes(only(realdata / "lookups/LSOA11_LSOA21_LAD22_EW_LU_V1.csv"))
    counts = pairs["change"].value_counts().to_dict()
    assert counts == {"U": 31_810, "S": 1_842, "M": 194, "X": 9}
    assert (pairs["lsoa11cd"].nunique(), pairs["lsoa21cd"].nunique()) == (32_844, 33_755)


def test_the_best_fit_of_2019_has_every_lsoa_of_the_edition(realdata):
    fitted = lookups.read_best_fit(only(realdata / "lookups/LSOA11_WD19_LAD19_EW_LU.csv"))
    assert (len(fitted), fitted["lad_code"].nunique()) == (32_844, 317)
    assert fitted.iloc[0].tolist() == ["E01000001", "E05009288", "Aldersgate", "E09000001", "City of London"]
