"""Pictures to put on sheets: Oxford as the pilot holds it, and small made-up ones."""

import datetime
from dataclasses import replace
from functools import cache

import geopandas as gpd
import pandas as pd
import shapely

from mapping.render import legend, palette, picture_keys
from mapping.render.about import About
from mapping.render.sheet.picture import Circle, KeyBlock, KeyEntry, Locator, Mark, Picture, Ring
from mapping.settings import PILOT, ROOT
from mapping.sources import read_card

OXFORD = "E07000178"
BOUNDARIES = ROOT / "boundaries"
DATE = datetime.date(2026, 11, 22)
LINK = "https://atlas.example.org/?council=Oxford&edition=2025&index=imd&category=library&category=food+co-op"
TABLES = (
    PILOT / "imd_2025.parquet",
    PILOT / "places.parquet",
    PILOT / "wards_2024.parquet",
    BOUNDARIES / "lsoa21_pilot.parquet",
    BOUNDARIES / "england_pilot.parquet",
)

PLACE_SIGNS = (
    KeyEntry(sign="co-operative", text="Co-operative"),
    KeyEntry(sign="community asset", text="Community asset"),
)


@cache
def oxford() -> Picture:
    """Oxford's LSOAs by decile, its wards and its places."""
    areas = _of_oxford(gpd.read_parquet(BOUNDARIES / "lsoa21_pilot.parquet"))
    deciles = pd.read_parquet(PILOT / "imd_2025.parquet").set_index("lsoa21cd")["imd_decile"]
    decile = areas["lsoa21cd"].map(deciles)
    wards = _of_oxford(gpd.read_parquet(BOUNDARIES / "wd24_pilot.parquet"))
    key = legend.legend("2025", "imd", geography="lsoa", shade="decile")
    return Picture(
        title="Places in Oxford",
        subtitle="Index of Multiple Deprivation 2025; LSOAs by decile; all kinds and categories",
        summary="Oxford has 83 LSOAs; 10 of them are in the most deprived fifth of England. "
        "83 places are on record, 4 of them in these LSOAs.",
        areas=gpd.GeoDataFrame(
            {
                "code": areas["lsoa21cd"],
                "name": areas["lsoa21nm"],
                "fill": [palette.RAMP[n - 1] for n in decile],
                "label": decile.astype(str),
                "is_lit": True,
            },
            geometry=areas.geometry,
        ),
        names=wards.rename(columns={"wd24cd": "code", "wd24nm": "name"})[["code", "name", "geometry"]],
        places=_places(),
        focus=tuple(areas.total_bounds),
        key=(
            picture_keys.scale_block(key, outline="Wards of 2024", has_missing=True),
            KeyBlock(title="Places", entries=PLACE_SIGNS, lines=("The numbers are those of the list.",)),
        ),
        about=_about(),
        lines=(
            "English Indices of Deprivation 2025 (MHCLG). LSOAs of 2021; wards of 2024, best fit.",
            "Places: the directory as of November 2026. Unrecorded is not absent.",
        ),
        alt="Map of Oxford: LSOAs shaded by decile of deprivation, and 83 numbered places.",
        locator=_locator(areas),
        unplaced="2 places are not drawn: their address is withheld.",
    )


def gaps_of_oxford() -> Picture:
    """The same with circles, marks and a ring, and the whole of the key."""
    base = oxford()
    points = base.areas.geometry.representative_point()
    circles = tuple(
        Circle(code=code, easting=point.x, northing=point.y, radius_m=150.0 + 20 * n, label=str(n + 1))
        for n, (code, point) in enumerate(zip(base.areas["code"].head(8), points, strict=False))
    )
    amounts = tuple(
        KeyEntry(sign="circle", text=f"{n:,} people", size=300 * (n / 1000) ** 0.5) for n in (1000, 500, 200)
    )
    told = (
        KeyEntry(sign="circle", text="Gap rank: need × lack", label="1"),
        KeyEntry(sign="circle", text="Far, but no gap", colour="quiet"),
        KeyEntry(sign="dashed", text="Check first"),
        KeyEntry(sign="proposal", text="Proposed"),
        KeyEntry(sign="site", text="Best sites, best first", label="A"),
        KeyEntry(sign="closed", text="Closed in this plan"),
        KeyEntry(sign="ring", text="800 m around OX1 4AJ"),
    )
    lack = KeyBlock(title="Lack: people farther than 800 m", entries=(*amounts, *told))
    return replace(
        base,
        title="Where a library would help most in Oxford",
        key=(*base.key, lack),
        circles=circles,
        marks=(
            Mark(sign="proposal", easting=453_000, northing=203_500, label="B", name="Proposed library"),
            Mark(sign="site", easting=454_500, northing=206_000, label="A", name="Best site: OX3 8SB"),
            Mark(sign="closed", easting=451_500, northing=206_500, label="", name="Old library"),
        ),
        ring=Ring(easting=451_300, northing=206_100, radius_m=800),
    )


@cache
def small() -> Picture:
    """Ten squares, one a decile, with a place in each and a name over all."""
    corners = [(450_000 + 500 * (n % 5), 200_000 + 500 * (n // 5)) for n in range(10)]
    squares = [shapely.box(x, y, x + 500, y + 500) for x, y in corners]
    middles = [shapely.Point(x + 250, y + 150) for x, y in corners]
    kinds = [("co-operative", "community asset")[n % 2] for n in range(10)]
    areas = {"code": [f"E{n:08}" for n in range(10)], "name": [f"Square {n}" for n in range(10)]}
    looks = {"fill": list(palette.RAMP), "label": [str(n + 1) for n in range(10)], "is_lit": True}
    places = {
        "number": range(1, 11),
        "place_id": [f"p{n}" for n in range(10)],
        "name": [f"Place {n + 1}" for n in range(10)],
        "kind": kinds,
        "category": ["food co-op" if n % 2 else "library" for n in range(10)],
    }
    name = {"code": ["W1"], "name": ["Middle"]}
    land = gpd.GeoSeries([shapely.box(440_000, 190_000, 480_000, 240_000)], crs=27700)
    return replace(
        oxford(),
        areas=gpd.GeoDataFrame(areas | looks, geometry=squares, crs=27700),
        names=gpd.GeoDataFrame(name, geometry=[shapely.union_all(squares)], crs=27700),
        places=gpd.GeoDataFrame(places, geometry=middles, crs=27700),
        focus=(450_000.0, 200_000.0, 452_500.0, 201_000.0),
        locator=Locator(outline=land, spot=gpd.GeoSeries(squares, crs=27700), name="England"),
    )


def crowded(n: int, *, name: str = "Community centre of the people") -> Picture:
    """Oxford with `n` places, each named after its number."""
    spots = oxford().places
    again = spots.iloc[[at % len(spots) for at in range(n)]].reset_index(drop=True)
    named = again.assign(number=range(1, n + 1), name=[f"{name} {at}" for at in range(1, n + 1)])
    return replace(oxford(), places=named.set_geometry("geometry"))


def _of_oxford(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return areas.loc[areas["lad24cd"] == OXFORD].reset_index(drop=True)


def _places() -> gpd.GeoDataFrame:
    held = pd.read_parquet(PILOT / "places.parquet")
    shown = held.loc[(held["lad24cd"] == OXFORD) & held["easting"].notna() & ~held["is_withheld"]]
    shown = shown.sort_values(["name", "place_id"]).reset_index(drop=True)
    spots = gpd.points_from_xy(shown["easting"], shown["northing"], crs=27700)
    columns = shown[["place_id", "name", "kind", "category"]]
    return gpd.GeoDataFrame(columns.assign(number=range(1, len(shown) + 1)), geometry=spots)


def _about() -> About:
    return About(
        title="Places in Oxford",
        filters=(("Council", "Oxford"),),
        edition="2025",
        date=DATE,
        link=LINK,
        sources=tuple(read_card(table) for table in TABLES),
    )


def _locator(areas: gpd.GeoDataFrame) -> Locator:
    england = gpd.read_parquet(BOUNDARIES / "england_pilot.parquet").geometry
    return Locator(outline=england, spot=gpd.GeoSeries([areas.union_all()], crs=27700), name="England")
