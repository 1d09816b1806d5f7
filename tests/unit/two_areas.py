"""Two areas side by side, and the tables that rows are placed with."""

import geopandas as gpd
import pandas as pd
from shapely import box

from mapping.analysis.coordinates import Positions
from mapping.analysis.gazetteer import CODES, gazetteer
from mapping.analysis.place import place_rows
from mapping.crs import BNG
from mapping.issues import issue_table

WEST, EAST, OUTER = "E01000001", "E01000002", "E01000009"
WARD_WEST, WARD_EAST = "E05000001", "E05000002"
COUNCIL, NEIGHBOUR = "E07000178", "E07000099"
X, Y = 450_000, 200_000


def areas(*codes):
    """Squares of one kilometre from west to east, from the point X, Y."""
    squares = [box(X + 1000 * at, Y, X + 1000 * (at + 1), Y + 1000) for at in range(len(codes))]
    return gpd.GeoDataFrame({"code": codes, "name": codes, "lad24cd": COUNCIL}, geometry=squares, crs=BNG)


POSTCODES = pd.DataFrame(
    [
        # In the west by the official lookup, though its point is in the polygon of the east.
        ("OX1 1AA", X + 1500, Y + 500, True, True, None, WEST, WEST, WARD_WEST, COUNCIL, WARD_EAST),
        ("OX1 1AB", X + 980, Y + 500, True, True, None, WEST, WEST, WARD_WEST, COUNCIL, WARD_EAST),
        ("OX1 1AC", X + 1900, Y + 500, False, True, "2016-11", EAST, EAST, WARD_EAST, COUNCIL, None),
        ("OX1 1AD", X + 1900, Y + 500, False, True, None, EAST, EAST, WARD_EAST, COUNCIL, None),
        ("OX1 1AE", X + 1800, Y + 500, True, False, None, EAST, EAST, WARD_EAST, COUNCIL, None),
        ("OX1 1AF", X + 1800, Y + 500, True, True, None, EAST, None, WARD_EAST, COUNCIL, None),
        ("OX9 9ZY", X + 5000, Y + 500, False, True, "2016-11", OUTER, None, None, NEIGHBOUR, None),
        ("OX9 9ZZ", X + 5000, Y + 500, True, True, None, OUTER, None, None, NEIGHBOUR, None),
    ],
    columns=["postcode", "easting", "northing", "is_live", "is_official", "terminated", *CODES, "could_be"],
).set_index("postcode")
LAYERS = {"lsoa11cd": areas(WEST, EAST), "lsoa21cd": areas(WEST, EAST), "wd24cd": areas(WARD_WEST, WARD_EAST)}
TABLES = gazetteer(
    POSTCODES.astype(dict.fromkeys(["terminated", "lsoa21cd", "wd24cd", "could_be"], "str")),
    areas=LAYERS,
    deprivation={
        "2019": pd.DataFrame({"lsoa_code": [WEST, EAST], "imd_decile": [3, 9]}),
        "2025": pd.DataFrame({"lsoa_code": [WEST, EAST], "imd_decile": [4, 10]}),
    },
    best_fit=pd.DataFrame(
        {"lsoa_code": [WEST, EAST], "ward_code": [WARD_WEST, WARD_EAST], "lad24cd": [COUNCIL, COUNCIL]}
    ),
    councils=pd.DataFrame({"lad24cd": [COUNCIL], "lad24nm": ["Oxford"]}),
)


def at(*points):
    table = pd.DataFrame(points, columns=["easting", "northing"], dtype="float")
    return Positions(table, issue_table())


def by_position(*points):
    rows = pd.DataFrame({"name": ["x"] * len(points)}, dtype="str")
    return place_rows(rows, tables=TABLES, positions=at(*points))
