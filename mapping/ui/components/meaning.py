"""What the numbers mean, in plain words, one click away."""

import streamlit as st

from mapping.editions import EDITIONS

TEXT = """
#### What do these numbers mean?

**Deprivation** here is the English Indices of Deprivation, published by the Ministry of Housing,
Communities and Local Government (MHCLG). They compare small areas; they do not measure people, and not
everybody in a deprived area is deprived.

**LSOA** (Lower layer Super Output Area): a small area of about 1,500 residents, drawn by the Office for
National Statistics.

**Rank**: England’s LSOAs in order. **Rank 1 is the most deprived**; {n_2025:,} is the least deprived in
2025, {n_2019:,} in 2019.

**Decile**: the ranks cut into ten equal groups. **Decile 1 is the most deprived 10 % of England**, decile
10 the least.

**Index and domains**: the Index of Multiple Deprivation (IMD) weighs seven domains together: income,
employment, education, health, crime, barriers to housing and services, and living environment. Each domain
has its own ranks.

**Wards**: no official figure exists. Ours is the population-weighted average of the ranks of the LSOAs that
the official lookup fits best to the ward (“best fit”): LSOAs do not nest in wards. Each ward’s card says
how many LSOAs it has. The average hides the spread: a ward may hold both very deprived and well-off LSOAs.

**Districts** are summed up in five measures; in all, the higher is the more deprived. *Proportion in the
most deprived 10 %*: how many of the district’s LSOAs are in decile 1. *Average rank* and *average score*:
means over its LSOAs, weighted by residents. *Extent*: the share of residents in England’s most deprived 30 %
of LSOAs, those beyond the first 10 % counted in part. *Local concentration*: how deprived the LSOAs are where
the most deprived tenth of its residents live. All are our calculation by MHCLG’s published method.

**Editions do not compare.** 2019 and 2025 rank different areas with different data. A change of rank is not
an improvement or a decline; each area’s card sets both editions side by side.

**Places** are what the sources recorded at the date on each entry. “No record” does not mean “none there”:
some kinds of place have not been surveyed. A co-operative whose registered office may be a home is listed
without its address.

**Positions**: a place stands at the middle of its postcode, and its area comes from the official postcode
lookup. The boundaries drawn are simplified, so a dot near a line may look as if it were on the other side.
"""


def button() -> None:
    """The button that opens the explanation."""
    name = "What do these numbers mean?"
    box = st.popover(name, icon=":material/help:", key="meaning", on_change="rerun")
    if box.open:
        box.markdown(TEXT.format(**{f"n_{year}": edition.n_lsoas for year, edition in EDITIONS.items()}))
