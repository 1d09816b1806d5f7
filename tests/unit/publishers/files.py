"""The publishers' files as a person would download them, from what is in `../shared/data`.

For tests and the bench. Of what that folder lacks, columns stay empty (never invented): 2019 domain
scores, 2025 populations outside the pilot and Oxford, the supplementary indices and sub-domains.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from tests.unit.publishers import headings, postcode_files

FILE_7 = {
    "2019": "File_7_-_All_IoD2019_Scores__Ranks__Deciles_and_Population_Denominators_3.csv",
    "2025": "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv",
}
PARTS_2019 = (
    "File_1_-_IMD2019_Index_of_Multiple_Deprivation.xlsx",
    "File_2_-_IoD2019_Domains_of_Deprivation.csv.gz",
    "File_6_-_IoD2019_Population_Denominators.csv",
    "File_9_-_IoD2019_Transformed_Scores.csv",
)
FILE_10 = "File_10_-_IoD2019_Local_Authority_District_Summaries__lower-tier__.xlsx"
RENAMED_2025 = {
    "imd": "IMD", "income": "Income", "employment": "Employment", "education": "Education",
    "health": "Health", "crime": "Crime", "barriers": "Housing_and_Services", "environment": "Environment",
}  # fmt: skip
RECODED = {"E08000038": "E08000016", "E08000039": "E08000019"}
"""Barnsley and Sheffield have had other codes since April 2025."""
ENDINGS = {"geojson": ".geojson", "gpkg": ".gpkg", "parquet": ".parquet"}


def write_publishers_files(
    shared: Path,
    to: Path,
    *,
    councils: Sequence[str] | None = None,
    shapes: str = "geojson",
    by_part: bool = False,
    postcodes: str = "onspd",
    code_point_open: Path | None = None,
    lookup: Path | None = None,
) -> Path:
    """`to`, a folder of the publishers' files: indices and lookups of England, shapes of `councils`.

    `councils` are codes of 2024 (None: all England). `shapes` is geojson, gpkg or parquet. `by_part`
    brings Files 1, 2, 6 and 9 of 2019 in place of File 7. `postcodes` is onspd (one directory) or pcd
    (the lookups of 2011 and 2021). `code_point_open` and `lookup` are real files to use instead of
    those made from the pilot's postcodes.
    """
    to.mkdir(parents=True, exist_ok=True)
    write_indices_2025(shared, to)
    write_indices_2019(shared, to, by_part=by_part)
    write_lookups(shared, to)
    write_areas(shared, to, councils=councils, shapes=shapes)
    write_postcodes(shared, to, form=postcodes, code_point_open=code_point_open, lookup=lookup)
    return to


def write_indices_2025(shared: Path, to: Path) -> Path:
    """File 7 of 2025 in `to`, with MHCLG's headings, order and cut heading."""
    renamed = {
        f"{theirs}_{measure}": f"{ours}_{measure}"
        for ours, theirs in RENAMED_2025.items()
        for measure in ("score", "rank", "decile")
    }
    table = pd.read_csv(shared / "iod2025/imd2025_england_lsoa21.csv").rename(columns=renamed)
    table = table.rename(columns={"lsoa21_code": "lsoa_code"})
    fit = pd.read_csv(shared / "lookups/lookup_lsoa21_ward24_ltla24.csv")
    fit = fit.rename(
        columns={"lsoa21_code": "lsoa_code", "lsoa21_name": "lsoa_name", "ltla24_code": "lad_code"}
    ).rename(columns={"ltla24_name": "lad_name"})
    table = table.merge(fit[["lsoa_code", "lsoa_name", "lad_code", "lad_name"]], on="lsoa_code", how="left")
    table = table.merge(_population_2025(shared), on="lsoa_code", how="left")
    return _write_file_7(table, "2025", to)


def _population_2025(shared: Path) -> pd.DataFrame:
    extract = pd.read_csv(
        shared / "iod2025/File_6_IoD2025_population_denominators_OXFORD_STEVENAGE_extract.csv"
    )
    names = {heading: name for name, heading in headings.POPULATION["2025"].items()}
    extract = extract.rename(columns=names | {"LSOA code (2021)": "lsoa_code"})
    pilot = pd.read_parquet(postcode_files.PILOT / "imd_2025.parquet", columns=["lsoa21cd", "population"])
    pilot = pilot.rename(columns={"lsoa21cd": "lsoa_code"})
    every = pd.concat([extract, pilot]).drop_duplicates("lsoa_code")
    return every[["lsoa_code", *headings.POPULATION["2025"]]].convert_dtypes()


def write_indices_2019(shared: Path, to: Path, *, by_part: bool = False) -> Path:
    """File 7 of 2019 in `to`, or the files it is made of (`by_part`); File 10 either way."""
    folder = shared / "iod2019"
    shutil.copy(folder / FILE_10, to / FILE_10)
    if by_part:
        for name in PARTS_2019:
            shutil.copy(folder / name, to / name)
        return to
    ranks = pd.read_csv(folder / PARTS_2019[1], encoding="utf-8-sig")
    score = pd.read_csv(folder / "derived_IMD2019_score_from_File9.csv").iloc[:, 1]
    people = pd.read_csv(folder / PARTS_2019[2], encoding="utf-8-sig")
    ours = {heading.strip(): name for name, heading in headings.file_7("2019").items()}
    table = ranks.rename(columns=ours).assign(imd_score=score)
    people = people.rename(columns=ours)[["lsoa_code", *headings.POPULATION["2019"]]]
    return _write_file_7(table.merge(people.convert_dtypes(), on="lsoa_code"), "2019", to)


def _write_file_7(table: pd.DataFrame, edition: str, to: Path) -> Path:
    named = headings.file_7(edition)
    published = table.reindex(columns=list(named)).rename(columns=named)
    # pandas takes ten times as long to write as Arrow does.
    arrow = pa.Table.from_pandas(published, preserve_index=False)
    with (to / FILE_7[edition]).open("wb") as file:
        file.write(published.head(0).to_csv(index=False, lineterminator="\r\n").encode())
        csv.write_csv(arrow, file, csv.WriteOptions(eol="\r\n", include_header=False))
    return to / FILE_7[edition]


def write_lookups(shared: Path, to: Path) -> None:
    """Changes of LSOAs, both best fits and the centroids in `to`, with ONS's headings."""
    for name in ("LSOA11_LSOA21_LAD22_EW_LU_V1.csv", "LSOA11_WD19_LAD19_EW_LU.csv"):
        shutil.copy(shared / "lookups" / name, to / name)
    fit = pd.read_csv(shared / "lookups/lookup_lsoa21_ward24_ltla24.csv")
    names = {"lsoa21": "LSOA21", "ward24": "WD24", "ltla24": "LAD24"}
    published = pd.DataFrame({"ObjectId": range(1, len(fit) + 1)})
    for theirs, stem in names.items():
        published[f"{stem}CD"], published[f"{stem}NM"] = fit[f"{theirs}_code"], fit[f"{theirs}_name"]
        published[f"{stem}NMW"] = ""
    ordered = published[[*published.columns[1:], "ObjectId"]]
    ordered.to_csv(to / "LSOA21_WD24_LAD24_EW_LU.csv", index=False, encoding="utf-8-sig")
    shutil.copy(shared / "population/LSOA21_PWC_EW.csv", to / "LSOA21_PWC_EW.csv")


def write_areas(
    shared: Path, to: Path, *, councils: Sequence[str] | None = None, shapes: str = "geojson"
) -> None:
    """Boundaries of LSOAs, wards (of `councils`) and of all districts in `to`, in EPSG:4326."""
    layers = {
        "LSOA_Dec_2011_Boundaries_Generalised_Clipped_BGC_EW_V3": lsoas(shared, "11", councils=councils),
        "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5": lsoas(
            shared, "21", councils=councils
        ),
        "Wards_December_2024_Boundaries_UK_BGC": wards(shared, councils=councils),
        "Local_Authority_Districts_May_2024_Boundaries_UK_BGC": districts(shared),
    }
    for name, areas in layers.items():
        path = to / f"{name}{ENDINGS[shapes]}"
        path.unlink(missing_ok=True)
        if shapes == "parquet":
            areas.to_parquet(path, index=False)
        else:
            areas.to_file(path, layer=name)


def lsoas(shared: Path, year: str, *, councils: Sequence[str] | None = None) -> gpd.GeoDataFrame:
    """LSOAs of 20`year` as ONS serves them: `LSOA..CD, LSOA..NM, geometry` in EPSG:4326, no district."""
    areas = _of(gpd.read_parquet(shared / f"boundaries/england_lsoa{year}_bgc.parquet"), councils)
    return areas[[f"LSOA{year}CD", f"LSOA{year}NM", "geometry"]].reset_index(drop=True)


def wards(shared: Path, *, councils: Sequence[str] | None = None) -> gpd.GeoDataFrame:
    """Wards of December 2024: `WD24CD, WD24NM, LAD24CD, geometry` in EPSG:4326.

    The shared boundaries are of May 2025: a ward whose code went by then is its LSOAs, joined.
    """
    fit = pd.read_csv(shared / "lookups/lookup_lsoa21_ward24_ltla24.csv", dtype=str).rename(
        columns={"ward24_code": "WD24CD", "ward24_name": "WD24NM", "ltla24_code": "LAD24CD"}
    )
    fit = fit if councils is None else fit[fit["LAD24CD"].isin(councils)]
    known = fit.drop_duplicates("WD24CD")[["WD24CD", "WD24NM", "LAD24CD"]]
    later = _of(gpd.read_parquet(shared / "boundaries/england_wd25_bgc.parquet"), councils)
    later = later.rename(columns={"WD25CD": "WD24CD", "WD25NM": "WD24NM", "LADCD_ACTIVE": "LAD24CD"})
    # A ward without a best-fit LSOA is in no lookup, yet it is a ward.
    is_new = later["LAD24CD"].isin(_renumbered(later, known))
    kept = later.loc[~is_new, ["WD24CD", "WD24NM", "LAD24CD", "geometry"]]
    gone = fit[~fit["WD24CD"].isin(kept["WD24CD"])].rename(columns={"lsoa21_code": "LSOA21CD"})
    if gone.empty:
        return kept.reset_index(drop=True)
    parts = lsoas(shared, "21", councils=councils).merge(gone, on="LSOA21CD")
    parts = gpd.GeoDataFrame(parts, crs=later.crs).set_geometry(parts.geometry.make_valid())
    joined = parts.dissolve("WD24CD", aggfunc="first").reset_index()
    return gpd.GeoDataFrame(pd.concat([kept, joined[kept.columns]], ignore_index=True), crs=later.crs)


def _renumbered(later: gpd.GeoDataFrame, known: pd.DataFrame) -> set[str]:
    """The districts whose wards were given other codes by May 2025."""
    missing = known[~known["WD24CD"].isin(later["WD24CD"])]
    return set(missing["LAD24CD"])


def districts(shared: Path) -> gpd.GeoDataFrame:
    """Districts of England in May 2024: `LAD24CD, LAD24NM, geometry` in EPSG:4326."""
    areas = gpd.read_file(shared / "boundaries/lad24_england.geojson")
    return areas.rename(columns={"ltla24_code": "LAD24CD", "ltla24_name": "LAD24NM"})[
        ["LAD24CD", "LAD24NM", "geometry"]
    ]


def _of(areas: gpd.GeoDataFrame, councils: Sequence[str] | None) -> gpd.GeoDataFrame:
    today = areas.assign(LADCD_ACTIVE=areas["LADCD_ACTIVE"].replace(RECODED))
    return today if councils is None else today[today["LADCD_ACTIVE"].isin(councils)]


def write_postcodes(
    shared: Path,
    to: Path,
    *,
    form: str = "onspd",
    code_point_open: Path | None = None,
    lookup: Path | None = None,
) -> None:
    """Code-Point Open and ONS's postcode file or files in `to`; see `write_publishers_files`."""
    postcodes = postcode_files.pilot_postcodes()
    if code_point_open is not None:
        (to / "codepo_gb.zip").symlink_to(code_point_open.resolve())
    else:
        names = pd.read_parquet(postcode_files.PILOT / "ward_names_2024.parquet")
        postcode_files.write_code_point_open(to / "codepo_gb.zip", postcodes, wards=names)
    if lookup is not None:
        (to / lookup.name).symlink_to(lookup.resolve())
        return
    changes = pd.read_csv(shared / "lookups/LSOA11_LSOA21_LAD22_EW_LU_V1.csv", encoding="utf-8-sig")
    changes = changes.rename(columns={"F_LSOA11CD": "lsoa11cd", "LSOA21CD": "lsoa21cd"})
    rows = postcode_files.directory_rows(postcodes, changes=changes)
    if form == "onspd":
        postcode_files.write_onspd(to / "ONSPD_MAY_2025.zip", rows)
    else:
        for year in ("2011", "2021"):
            postcode_files.write_lookup(to / f"postcode_lookup_{year}.zip", rows, year=year)
