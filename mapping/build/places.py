"""The directory's seed: facts set down from each source, placed by their postcode."""

from collections.abc import Collection

import pandas as pd

from mapping import schemas

COLUMNS = list(schemas.Places.to_schema().columns)
AREAS = ["lsoa11cd", "lsoa21cd", "wd24cd"]
CO_OPERATIVES_UK = "Co-operatives UK"
WITHHELD = "location withheld: may be a home"
NOT_SURVEYED = "not surveyed"
NOBODY = "Not surveyed: nobody has brought a record of this council yet"


def seed_places(facts: pd.DataFrame, *, postcodes: pd.DataFrame) -> pd.DataFrame:
    """The places of `facts`, meeting `Places`, by council and name.

    Positions and areas are those of the postcode. A place without one keeps its council only.
    Of one that may be a home, the postcode district that the facts note goes too.
    """
    codes = postcodes.set_index("postcode")
    found = codes.reindex(facts["postcode"]).reset_index(drop=True)
    is_found = found["easting"].notna()
    places = facts.rename(columns={"id": "place_id"}).assign(
        **{column: found[column] for column in ["easting", "northing", *AREAS]},
        located_by=_located_by(found, is_found),
        location_precision=found["position"].where(is_found, "none"),
        is_withheld=facts["note"].str.startswith(WITHHELD, na=False),
        note=facts["note"].str.replace(rf"^{WITHHELD} \([^)]*\)", WITHHELD, regex=True),
        cuk_id=facts["source_id"].where(facts["source"].str.startswith(CO_OPERATIVES_UK)),
    )
    ordered = places[COLUMNS].sort_values(["lad24cd", "name", "place_id"], ignore_index=True)
    return schemas.conform(schemas.Places, ordered, source="places.csv")


def _located_by(found: pd.DataFrame, is_found: pd.Series) -> pd.Series:
    is_live = found["is_live"].astype("boolean").fillna(False)
    by = pd.Series("terminated postcode", index=found.index).mask(is_live, "postcode")
    return by.where(is_found, "nothing")


def completeness_of(facts: pd.DataFrame, councils: Collection[str]) -> pd.DataFrame:
    """How complete the record of each of `councils` is, meeting `Completeness`, by council.

    `facts` are set down for the pilot's. Of any other council nothing has been surveyed, of whatever kind and
    category `facts` know: that is said, so that an empty map is not read as "there is none".
    """
    known = facts[facts["lad24cd"].isin(councils)]
    kinds = facts[["kind", "category"]].drop_duplicates(ignore_index=True)
    others = pd.DataFrame({"lad24cd": sorted(set(councils) - set(facts["lad24cd"]))}, dtype="str")
    blank = others.merge(kinds, how="cross").assign(
        completeness=NOT_SURVEYED, as_of=facts["as_of"].max(), basis=NOBODY
    )
    every = pd.concat([known, blank], ignore_index=True).sort_values("lad24cd", kind="stable")
    return schemas.conform(schemas.Completeness, every[facts.columns], source="completeness")
