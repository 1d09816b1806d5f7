"""Which area, of which vintage: the one place to ask.

Councils, by any code or name they ever had: `current_district`, `current_districts`, `find_council`.
LSOAs of 2011 and 2021, wards of 2019 and 2024: `lsoa21_of`, `lsoa11_of`, `lsoa_pairs`, `ward_counterparts`.
Vintages: `vintage_of`, `vintage_of_codes`, and the guards `require_vintage` and `require_codes`, to be called
wherever figures meet areas.
Postcodes no longer in use are placed where they were; `located_by` says "terminated postcode" (see `place`).
"""

from mapping.analysis.codes_counterparts import lsoa11_of, lsoa21_of, lsoa_pairs, ward_counterparts
from mapping.analysis.codes_districts import (
    current_district,
    current_districts,
    district_changes,
    districts_in_force,
    find_council,
    why_no_district,
)
from mapping.analysis.codes_vintages import (
    VINTAGES,
    require_codes,
    require_vintage,
    vintage_of,
    vintage_of_codes,
)

__all__ = [
    "VINTAGES",
    "current_district",
    "current_districts",
    "district_changes",
    "districts_in_force",
    "find_council",
    "lsoa11_of",
    "lsoa21_of",
    "lsoa_pairs",
    "require_codes",
    "require_vintage",
    "vintage_of",
    "vintage_of_codes",
    "ward_counterparts",
    "why_no_district",
]
