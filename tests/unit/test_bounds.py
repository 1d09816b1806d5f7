"""Where a position can be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.bounds import ENGLAND_METRES, FAULTS, national_grid

ANY = st.floats(allow_nan=True, allow_infinity=True)


def fault_of(x, y, *, metres=False):
    return national_grid(np.array([x], float), np.array([y], float), metres=metres)[2][0]


@pytest.mark.parametrize(
    ("x", "y", "fault"),
    [
        (-1.2578, 51.7521, ""),
        (51.7521, -1.2578, "swap"),
        (451_000, 206_000, "grid"),
        (0, 0, "zero"),
        (0, 99.999999, "zero"),
        (np.nan, 51.75, "not finite"),
        (np.inf, 51.75, "not finite"),
        (2.35, 48.85, "outside"),
        (-5.93, 54.6, "outside"),
        (-4.48, 54.15, "outside"),
        (-6.32, 49.92, ""),
        (-3.61, 54.51, ""),
        (-2.01, 55.8, ""),
        (1.76, 52.48, ""),
        (-3.19, 55.95, "outside"),
        (-1.25, 1e300, "outside"),
        (200, 51, "outside"),
    ],
)
def test_degrees(x, y, fault):
    assert fault_of(x, y) == fault


@pytest.mark.parametrize(
    ("x", "y", "fault"),
    [
        (451_000, 206_000, ""),
        (-1.2578, 51.7521, "degrees"),
        (51.7521, -1.2578, "degrees"),
        (0, 0, "zero"),
        (np.nan, np.nan, "not finite"),
        (325_000, 673_000, "outside"),
        (-np.inf, 206_000, "outside"),
    ],
)
def test_metres(x, y, fault):
    expected = "not finite" if np.isinf(x) else fault
    assert fault_of(x, y, metres=True) == expected


def test_degrees_come_out_in_metres():
    # Carfax Tower, Oxford, on Ordnance Survey's own map: SP 51300 06150.
    easting, northing, _ = national_grid(np.array([-1.25813]), np.array([51.75188]), metres=False)
    assert abs(easting[0] - 451_300) < 30
    assert abs(northing[0] - 206_150) < 30


@given(st.lists(st.tuples(ANY, ANY), max_size=20), st.booleans())
def test_a_position_is_in_england_or_has_a_fault_with_words(pairs, metres):
    x, y = np.array(pairs, float).reshape(-1, 2).T
    easting, northing, faults = national_grid(x, y, metres=metres)
    sound = faults == ""
    assert np.any([box.holds(easting[sound], northing[sound]) for box in ENGLAND_METRES], axis=0).all()
    assert np.isnan(easting[~sound]).all()
    assert set(faults[~sound]) <= set(FAULTS)
