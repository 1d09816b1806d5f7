"""GeoJSON (RFC 7946): longitude and latitude, and a member `about` beside the features."""

import json
from typing import Final

import numpy as np
import pandas as pd
import shapely

from mapping.crs import WGS84
from mapping.glossary import COLUMNS
from mapping.render.about import About, as_json
from mapping.render.comma_separated import whole_numbers
from mapping.render.shape_column import shapes

DECIMALS: Final = 6
"""Of a degree: a tenth of a metre, finer than the two metres to which the grid converts."""


def geojson_file(table: pd.DataFrame, about: About, columns: list[str]) -> bytes:
    """A FeatureCollection: a feature for each row of `table`, its `columns` as properties.

    `geometry` is null where a row has no position. Outer rings run anticlockwise. NA is null.
    """
    rows = whole_numbers(pd.DataFrame(table[columns])).astype(object)
    properties = rows.where(rows.notna(), None).to_dict("records")
    # Each vertex is rounded by itself, so that neighbours keep the border they share.
    rounded = shapely.transform(shapes(table).to_crs(WGS84).to_numpy(), lambda xy: np.round(xy, DECIMALS))
    geometries = shapely.to_geojson(shapely.orient_polygons(rounded))
    features = (
        f'{{"type": "Feature", "properties": {_json(told)}, "geometry": {geometry or "null"}}}'
        for told, geometry in zip(properties, geometries, strict=True)
    )
    meanings = {column: COLUMNS[column] for column in columns if column in COLUMNS}
    told = _json(as_json(about) | {"columns": meanings})
    body = ",\n".join(features)
    return f'{{"type": "FeatureCollection", "about": {told}, "features": [\n{body}\n]}}\n'.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
