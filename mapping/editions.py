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
    district: str
    """Code column of the districts it was published for."""
    n_districts: int
    """Districts summarised in England."""
    n_lsoas: int
    """LSOAs ranked in England: rank 1 is the most deprived, `n_lsoas` the least."""
    population: str
    """What its population denominator counts."""

    @property
    def district_year(self) -> str:
        """The year its districts are of, which need not be its own."""
        return f"20{self.district[3:5]}"

    @property
    def title(self) -> str:
        """The edition's name as its publisher writes it."""
        return f"English Indices of Deprivation {self.year}"


EDITIONS: Final = {
    "2025": Edition(
        year="2025",
        lsoa="lsoa21cd",
        ward="wd24cd",
        district="lad24cd",
        n_districts=296,
        n_lsoas=33_755,
        population="residents, mid-2022",
    ),
    "2019": Edition(
        year="2019",
        lsoa="lsoa11cd",
        ward="wd19cd",
        district="lad19cd",
        n_districts=317,
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

DOMAINS: Final = tuple(index for index in INDICES if index != "imd")

OFFICIAL_WEIGHTS: Final = {
    "income": 0.225,
    "employment": 0.225,
    "education": 0.135,
    "health": 0.135,
    "crime": 0.093,
    "barriers": 0.093,
    "environment": 0.093,
}
"""What share of the Index of Multiple Deprivation each domain has, in both editions. Source: MHCLG."""

SUMMARY_MEASURES: Final = {
    "proportion_most_deprived_share": "Proportion in the most deprived 10 %",
    "average_rank": "Average rank",
    "average_score": "Average score",
    "extent_share": "Extent",
    "local_concentration": "Local concentration",
}
"""What an area larger than an LSOA is summarised by; in all five, the higher is the more deprived.

Source: MHCLG.
"""
