"""One model for every table that crosses a room's door: columns, types, ranges, meaning."""

from pathlib import Path
from typing import Final, TypeVar, cast

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors
from pandera.typing import Series

from mapping.editions import EDITIONS, INDICES
from mapping.errors import SourceChangedError

KINDS: Final = ("co-operative", "community asset")
LOCATED_BY: Final = ("postcode", "terminated postcode", "coordinates", "nothing")
PRECISIONS: Final = ("postcode", "output area", "exact", "none")
COMPLETENESS: Final = ("recorded", "thin", "not surveyed")
DOOR: Final = ("address", "postcode", "easting", "northing", "lsoa11cd", "lsoa21cd", "wd24cd")
"""What leads to somebody's door."""
CHANGES: Final = ("U", "S", "M", "X")

LSOA = r"^E01\d{6}$"
WARD = r"^E05\d{6}$"
DISTRICT = r"^E0[6789]\d{6}$"
POSTCODE = r"^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$"

Table = TypeVar("Table", bound=pd.DataFrame)


class Schema(pa.DataFrameModel):
    """A table exactly as its model says: no column more, none less, in the order given."""

    class Config:
        strict = True
        ordered = True
        coerce = True


class Deprivation(Schema):
    """One LSOA of the edition's vintage; key `lsoa_code`."""

    lsoa_code: Series[str] = pa.Field(str_matches=LSOA, unique=True)
    lsoa_name: Series[str]
    lad_code: Series[str] = pa.Field(str_matches=DISTRICT)
    """The district the edition was published for."""
    lad24cd: Series[str] = pa.Field(str_matches=DISTRICT)
    """The district it is in today."""
    imd_score: Series[float] = pa.Field(ge=0, le=100, nullable=True)
    income_score: Series[float] = pa.Field(ge=0, le=1, nullable=True)
    employment_score: Series[float] = pa.Field(ge=0, le=1, nullable=True)
    education_score: Series[float] = pa.Field(nullable=True)
    health_score: Series[float] = pa.Field(nullable=True)
    crime_score: Series[float] = pa.Field(nullable=True)
    barriers_score: Series[float] = pa.Field(nullable=True)
    environment_score: Series[float] = pa.Field(nullable=True)
    imd_rank: Series[int] = pa.Field(ge=1)
    income_rank: Series[int] = pa.Field(ge=1)
    employment_rank: Series[int] = pa.Field(ge=1)
    education_rank: Series[int] = pa.Field(ge=1)
    health_rank: Series[int] = pa.Field(ge=1)
    crime_rank: Series[int] = pa.Field(ge=1)
    barriers_rank: Series[int] = pa.Field(ge=1)
    environment_rank: Series[int] = pa.Field(ge=1)
    imd_decile: Series[int] = pa.Field(ge=1, le=10)
    income_decile: Series[int] = pa.Field(ge=1, le=10)
    employment_decile: Series[int] = pa.Field(ge=1, le=10)
    education_decile: Series[int] = pa.Field(ge=1, le=10)
    health_decile: Series[int] = pa.Field(ge=1, le=10)
    crime_decile: Series[int] = pa.Field(ge=1, le=10)
    barriers_decile: Series[int] = pa.Field(ge=1, le=10)
    environment_decile: Series[int] = pa.Field(ge=1, le=10)
    population: Series[pd.Int64Dtype] = pa.Field(gt=0, nullable=True)
    working_age_population: Series[float] = pa.Field(ge=0, nullable=True)
    """What the employment domain is weighed by; quarters of a person occur."""


class Districts(Schema):
    """One district of an edition's vintage and the one it is in today; key `edition, lad_code`."""

    edition: Series[str] = pa.Field(isin=tuple(EDITIONS))
    lad_code: Series[str] = pa.Field(str_matches=DISTRICT)
    lad_name: Series[str]
    lad24cd: Series[str] = pa.Field(str_matches=DISTRICT)
    lad24nm: Series[str]


class BestFit(Schema):
    """One LSOA and the ward it is best-fitted to; key `lsoa_code`."""

    lsoa_code: Series[str] = pa.Field(str_matches=LSOA, unique=True)
    ward_code: Series[str] = pa.Field(str_matches=WARD)
    ward_name: Series[str]
    lad24cd: Series[str] = pa.Field(str_matches=DISTRICT)


class Wards(Schema):
    """One ward in force; key `wd24cd`. Holds wards that no LSOA is best-fitted to."""

    wd24cd: Series[str] = pa.Field(str_matches=WARD, unique=True)
    wd24nm: Series[str]
    lad24cd: Series[str] = pa.Field(str_matches=DISTRICT)
    n_lsoas: Series[int] = pa.Field(ge=0)
    n_postcodes: Series[int] = pa.Field(ge=0)


class Changes(Schema):
    """One pair of LSOAs of 2011 and 2021 that is not unchanged; S split, M merged, X complex."""

    lsoa11cd: Series[str] = pa.Field(str_matches=LSOA)
    lsoa21cd: Series[str] = pa.Field(str_matches=LSOA)
    change: Series[str] = pa.Field(isin=CHANGES)


class Postcodes(Schema):
    """One postcode of the councils held and 3 km around; key `postcode`."""

    postcode: Series[str] = pa.Field(str_matches=POSTCODE, unique=True)
    easting: Series[int] = pa.Field(ge=0, le=700_000)
    northing: Series[int] = pa.Field(ge=0, le=1_300_000)
    position: Series[str] = pa.Field(isin=("postcode", "output area"))
    is_live: Series[bool]
    is_small_user: Series[pd.BooleanDtype] = pa.Field(nullable=True)
    terminated: Series[str] = pa.Field(nullable=True, str_matches=r"^\d{4}-\d{2}$")
    lsoa11cd: Series[str] = pa.Field(nullable=True, str_matches=LSOA)
    lsoa21cd: Series[str] = pa.Field(nullable=True, str_matches=LSOA)
    is_official: Series[bool]
    wd24cd: Series[str] = pa.Field(nullable=True, str_matches=WARD)
    lad24cd: Series[str] = pa.Field(str_matches=DISTRICT)
    could_be: Series[str] = pa.Field(nullable=True)
    """Other wards within 50 m, joined by "; "."""


class Places(Schema):
    """One entry of the directory at one location; key `place_id`.

    Where `is_withheld`, the registered office may be a home: none of `DOOR` is published.
    """

    place_id: Series[str] = pa.Field(unique=True)
    name: Series[str] = pa.Field(str_length={"min_value": 1, "max_value": 300})
    kind: Series[str] = pa.Field(isin=KINDS)
    category: Series[str]
    registered_number: Series[str] = pa.Field(nullable=True)
    registrar: Series[str] = pa.Field(nullable=True)
    cuk_id: Series[str] = pa.Field(nullable=True)
    legal_form: Series[str] = pa.Field(nullable=True)
    ownership: Series[str] = pa.Field(nullable=True)
    sic_code: Series[str] = pa.Field(nullable=True)
    sector: Series[str] = pa.Field(nullable=True)
    address: Series[str] = pa.Field(nullable=True)
    postcode: Series[str] = pa.Field(nullable=True, str_matches=POSTCODE)
    easting: Series[float] = pa.Field(nullable=True, ge=0, le=700_000)
    northing: Series[float] = pa.Field(nullable=True, ge=0, le=1_300_000)
    website: Series[str] = pa.Field(nullable=True)
    status: Series[str] = pa.Field(isin=("open", "closed", "unknown"))
    located_by: Series[str] = pa.Field(isin=LOCATED_BY)
    location_precision: Series[str] = pa.Field(isin=PRECISIONS)
    lsoa11cd: Series[str] = pa.Field(nullable=True, str_matches=LSOA)
    lsoa21cd: Series[str] = pa.Field(nullable=True, str_matches=LSOA)
    wd24cd: Series[str] = pa.Field(nullable=True, str_matches=WARD)
    lad24cd: Series[str] = pa.Field(str_matches=DISTRICT)
    source: Series[str]
    source_id: Series[str] = pa.Field(nullable=True)
    source_date: Series[str] = pa.Field(str_matches=r"^\d{4}(-\d{2}){0,2}$")
    licence: Series[str]
    note: Series[str] = pa.Field(nullable=True)
    is_withheld: Series[bool]

    @pa.dataframe_check
    @classmethod
    def no_door_is_told(cls, places: pd.DataFrame) -> bool:
        """Whether nothing says where a withheld place is.

        One answer for the whole table, as a fault is shown with what it found.
        """
        return bool(places.loc[places["is_withheld"], list(DOOR)].isna().all(axis=None))


class Completeness(Schema):
    """How complete the record of one category in one council is believed to be."""

    lad24cd: Series[str] = pa.Field(str_matches=DISTRICT)
    kind: Series[str] = pa.Field(isin=KINDS)
    category: Series[str]
    completeness: Series[str] = pa.Field(isin=COMPLETENESS)
    as_of: Series[str] = pa.Field(str_matches=r"^\d{4}(-\d{2}){0,2}$")
    basis: Series[str]


RANKS: Final = tuple(f"{index}_rank" for index in INDICES)
DECILES: Final = tuple(f"{index}_decile" for index in INDICES)


def conform(model: type[Schema], table: pd.DataFrame, *, source: Path | str) -> pd.DataFrame:
    """`table` with the columns and types of `model`, checked; row order kept.

    Raises SourceChangedError listing every fault in one go, with `source`.
    """
    try:
        return cast(pd.DataFrame, model.validate(table.reset_index(drop=True), lazy=True))
    except SchemaErrors as exc:
        faults = exc.failure_cases[["column", "check", "failure_case"]].drop_duplicates()
        listed = "; ".join(f"{c}: {k} ({v!r})" for c, k, v in faults.head(20).itertuples(index=False))
        raise SourceChangedError(f"{source}: {len(faults)} faults. {listed}") from exc
