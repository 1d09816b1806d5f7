"""Made-up people and places on a coarse grid, where many are equally far or at one spot."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

X, Y = 450_000, 200_000
AREAS = ("E01000001", "E01000002", "E01000003")

spots = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda at: (X + 100 * at[0], Y + 100 * at[1]))
numbers = st.integers(1, 40)


def positions(*at):
    return np.array(at, dtype=float).reshape(len(at), 2)


def places_at(*at):
    """Places a, b, c… at these positions."""
    named = {"place_id": [chr(ord("a") + n) for n in range(len(at))]}
    return pd.DataFrame(named, dtype="str").assign(**_columns(at))


def people_at(*rows):
    """Demand points A, B, C…: each row a position, the code of the LSOA, and how many people."""
    people = pd.Series([float(n) for *_, n in rows], dtype=float)
    table = pd.DataFrame(_columns([at for at, *_ in rows])).assign(
        lsoa_code=pd.Series([code for _, code, _ in rows], dtype="str"), people=people, weight=people
    )
    return table.set_axis(pd.Index([f"P{n:02d}" for n in range(len(rows))], dtype="str", name="point"))


people = st.lists(st.tuples(spots, st.sampled_from(AREAS), numbers), min_size=1, max_size=12)
some_places = st.lists(spots, max_size=6)


def _columns(at):
    easting, northing = positions(*at).T if len(at) else (np.empty(0), np.empty(0))
    return {"easting": easting, "northing": northing}
