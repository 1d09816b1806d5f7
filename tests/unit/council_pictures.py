"""Maps to draw: the four councils of the pilot, and squares of which every pixel is known."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

import geopandas as gpd
import pandas as pd
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from mapping.render import palette
from mapping.render.sheet import drawing
from mapping.render.sheet.drawing import Drawn
from mapping.render.sheet.frame import Box
from mapping.render.sheet.lettering import TextBox
from mapping.render.sheet.paper import MM, Paper
from mapping.render.sheet.picture import Picture
from mapping.settings import PILOT
from tests.unit.sheet_pictures import BOUNDARIES, oxford

COUNCILS = {"Oxford": "E07000178", "Preston": "E07000123", "Stevenage": "E07000243", "Torbay": "E06000027"}
A4 = Paper()
BOXES = {"A4 beside its list": (12.0, 50.0, 119.0, 120.0), "A4 above its list": (12.0, 106.0, 186.0, 140.0)}
SIDE = 1000.0
"""Metres of a square."""


@cache
def council(name: str) -> Picture:
    """LSOAs by decile, wards and places of one council."""
    code = COUNCILS[name]
    areas = _of(BOUNDARIES / "lsoa21_pilot.parquet", code)
    deciles = pd.read_parquet(PILOT / "imd_2025.parquet").set_index("lsoa21cd")["imd_decile"]
    decile = areas["lsoa21cd"].map(deciles)
    shown = {
        "code": areas["lsoa21cd"],
        "name": areas["lsoa21nm"],
        "fill": [palette.RAMP[n - 1] for n in decile],
        "label": decile.astype(str),
        "is_lit": True,
    }
    wards = _of(BOUNDARIES / "wd24_pilot.parquet", code)
    held = pd.read_parquet(PILOT / "places.parquet")
    held = held[(held["lad24cd"] == code) & held["easting"].notna() & ~held["is_withheld"]]
    return replace(
        oxford(),
        title=f"Places in {name}",
        areas=gpd.GeoDataFrame(shown, geometry=areas.geometry),
        names=wards.rename(columns={"wd24cd": "code", "wd24nm": "name"})[["code", "name", "geometry"]],
        places=places(list(zip(held["easting"], held["northing"], strict=True)), kinds=list(held["kind"])),
        focus=tuple(areas.total_bounds),
    )


def squares(**changed: object) -> Picture:
    """Four squares of a kilometre: deciles 1 and 10 above, one without a figure and one left out below."""
    boxes = [shapely.box(x, y, x + SIDE, y + SIDE) for y in (SIDE, 0) for x in (0, SIDE)]
    shown = {
        "code": ["NW", "NE", "SW", "SE"],
        "name": ["North west", "North east", "South west", "South east"],
        "fill": [palette.RAMP[0], palette.RAMP[9], "", palette.RAMP[4]],
        "label": ["1", "10", "", ""],
        "is_lit": [True, True, True, False],
    }
    areas = gpd.GeoDataFrame(shown, geometry=boxes, crs=27700)
    whole = {"code": ["W"], "name": ["Whole"]}
    plain: dict[str, object] = {
        "areas": areas,
        "names": gpd.GeoDataFrame(whole, geometry=[shapely.box(0, 0, 2 * SIDE, 2 * SIDE)], crs=27700),
        "places": places([]),
        "focus": (0.0, 0.0, 2 * SIDE, 2 * SIDE),
        "locator": None,
    }
    return replace(oxford(), **(plain | changed))  # type: ignore[arg-type]


def places(spots: Sequence[tuple[float, float]], *, kinds: Sequence[str] = ()) -> gpd.GeoDataFrame:
    """Places at `spots` in metres, numbered in their order; co-operatives where no kind is given."""
    n = len(spots)
    columns = {
        "number": range(1, n + 1),
        "place_id": [f"p{i}" for i in range(n)],
        "name": [f"Place {i}" for i in range(n)],
        "kind": kinds or ["co-operative"] * n,
        "category": "other",
    }
    return gpd.GeoDataFrame(columns, geometry=[shapely.Point(spot) for spot in spots], crs=27700)


def drawn(
    picture: Picture, box: tuple[float, float, float, float] = (5, 5, 110, 110), *, paper: Paper = A4
) -> Drawn:
    """What is drawn of `picture` in `box`; nothing is turned into pixels."""
    return drawing.draw_map(figure(), box, picture, paper=paper)


def pixels(picture: Picture, box: tuple[float, float, float, float], *, dpi: int = 127) -> Image.Image:
    """The sheet with the map in `box`, 120 mm high: at 127 dots an inch a millimetre is five pixels."""
    sheet = figure()
    drawing.draw_map(sheet, box, picture, paper=A4)
    sheet.set_dpi(dpi)
    canvas = FigureCanvasAgg(sheet)
    canvas.draw()
    return Image.frombuffer("RGBA", canvas.get_width_height(), bytes(canvas.buffer_rgba())).convert("RGB")


def figure() -> Figure:
    """An empty sheet of 120 by 120 millimetres."""
    return Figure(figsize=(120 / MM, 120 / MM), facecolor="white")


def overlapping(texts: Sequence[TextBox]) -> list[tuple[str, str]]:
    """Pairs of texts that share ground."""
    return [
        (one.text, other.text)
        for one, other in combinations(texts, 2)
        if meet((one.x0, one.y0, one.x1, one.y1), (other.x0, other.y0, other.x1, other.y1))
    ]


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes share ground."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _of(path: object, code: str) -> gpd.GeoDataFrame:
    areas = gpd.read_parquet(path)
    return areas[areas["lad24cd"] == code].reset_index(drop=True)
