"""The figures of one council's LSOAs as a small file a browser keeps, beside the file of their shapes."""

import gzip
import hashlib
import json

import pandas as pd

from mapping.render.assets import Asset

MEDIA_TYPE = "application/json"


def value_file(lsoas: pd.DataFrame, *, index: str, n: int) -> Asset:
    """`{"n": …, "figures": {LSOA: [rank, decile, district]}}` of one index, in the order of `lsoas`.

    Parameters
    ----------
    lsoas : `schemas.Deprivation`; one council's.
    n : LSOAs ranked in England; rank 1 and decile 1 are the most deprived.
    """
    columns = ("lsoa_code", f"{index}_rank", f"{index}_decile", "lad_code")
    rows = zip(*(lsoas[column] for column in columns), strict=True)
    figures = {code: [int(rank), int(decile), district] for code, rank, decile, district in rows}
    body = json.dumps({"n": n, "figures": figures}, separators=(",", ":")).encode()
    return Asset(
        body=body,
        packed=gzip.compress(body, mtime=0),
        media_type=MEDIA_TYPE,
        version=hashlib.sha256(body).hexdigest()[:16],
    )
