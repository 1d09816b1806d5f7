"""The editions of the English Indices of Deprivation, their geographies and their domains."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What one edition of the indices was published for."""

    year: str
    lsoa: str
    """Code column of its LSOA vintage."""
    ward: str
    """Code column of the ward vintage its LSOAs are best-fitted to."""
    n_lsoas: int
    """LSOAs ranked in England: rank 1 is the most deprived, `n_lsoas` the least."""
    population: str
    """What its population denominator counts."""

    @property
    def title(self) -> str:
        """The edition's name as its publisher writes it."""
        return f"English Indices of Deprivation {self.year}"


EDITIONS: Final = {
    "2025": Edition(
        year="2025",
        lsoa="lsoa21cd",
        ward="wd24cd",
        n_lsoas=33_755,
        population="residents, mid-2022",
    ),
    "2019": Edition(
        year="2019",
        lsoa="lsoa11cd",
        ward="wd19cd",
        n_lsoas=32_844,
        population="residents, mid-2015, less prisoners",
    ),
}

INDICES: Final = {
    "imd": "Index of Multiple Deprivation",
    "income": "Income",
    "employment": "Employment",
    "education": "Education, skills and training",
    "health": "Health deprivation and disability",
    "crime": "Crime",
    "barriers": "Barriers to housing and services",
    "environment": "Living environment",
}
"""The index and its seven domains, in the publisher's order."""
