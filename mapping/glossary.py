"""What every column and term means, in plain words: the same in files, on pages and in GLOSSARY.md."""

from typing import Final

from mapping.editions import EDITIONS, INDICES
from mapping.terms import TERMS

__all__ = ["COLUMNS", "TERMS", "page"]

_PLACES: Final = {
    "place_id": "Identifier of the entry in this directory.",
    "name": "Name of the place, as its source writes it, or of the area.",
    "kind": "Co-operative or community asset.",
    "category": "What the place is, in our own categories.",
    "registered_number": "Number under which the organisation is registered with the registrar named.",
    "registrar": "Who registered the organisation: FCA for societies, Companies House for companies.",
    "cuk_id": "Identifier in the open data of Co-operatives UK.",
    "legal_form": "Legal form of the organisation: society, company, unincorporated …",
    "ownership": "Who owns the organisation, as its source says: consumers, workers, tenants …",
    "sic_code": "Standard Industrial Classification 2007, the code of its trade; text, it may begin with 0.",
    "sector": "What it trades or works in, as its source says.",
    "address": "Address without the postcode. Empty where none is published, or where it may be a home.",
    "postcode": "Postcode, written with one space. Empty as for the address.",
    "easting": "Position, metres east on the British National Grid (EPSG:27700). Empty where it has none.",
    "northing": "Position, metres north on the British National Grid (EPSG:27700). Empty where it has none.",
    "website": "Address of a web page, as its source gives it.",
    "status": "Open, closed or unknown: what the source said at its date, not a check made today.",
    "located_by": "What gave the position: postcode, terminated postcode, coordinates or nothing.",
    "location_precision": "How exact the position is: postcode, output area, exact or none.",
    "lsoa11cd": "LSOA of 2011 (ONS code), the areas of the 2019 edition.",
    "lsoa21cd": "LSOA of 2021 (ONS code), the areas of the 2025 edition.",
    "wd24cd": "Ward in force in 2024 (ONS code).",
    "lad24cd": "Council district in force in 2024 (ONS code).",
    "source": "Publication that the entry comes from.",
    "source_id": "Identifier of the entry in its source.",
    "source_date": "Date the source is of: a year, a month (2023-06) or a day.",
    "licence": "Licence of the entry's source.",
    "note": "What else a reader should know about the entry, the area or the site.",
    "is_withheld": "Whether the registered office may be a home, so that address, postcode and position are "
    "not published.",
    "distance_m": "Straight-line distance from the postcode asked for, in metres.",
}

_AREAS: Final = {
    "code": "ONS code of the area.",
    "lsoa_code": "LSOA of the edition's vintage (ONS code).",
    "lsoa_name": "Name of the LSOA: its council and a number.",
    "ward_code": "Ward (ONS code): of the postcode for a place, the best fit for an LSOA.",
    "ward_name": "Name of the ward: of the postcode for a place, the best fit for an LSOA.",
    "population": "People that the edition counts: "
    + "; ".join(f"{year}: {edition.population}" for year, edition in EDITIONS.items())
    + ".",
    "working_age_population": "People of working age that the edition counts, by whom the employment domain "
    "is weighed. Empty where not held.",
    "rank": "National rank, by the index or domain shown, of the area or of the LSOA the place is in; 1 is "
    "the most deprived. For a ward: our calculation, its LSOAs' mean rank, weighted by population.",
    "decile": "Tenth of England's LSOAs, by the index or domain shown, that the area or the place's LSOA is "
    "in; 1 is the most deprived 10 %. For a ward: our calculation, the tenth that its rank falls in.",
    "score": "Published score of the index or domain shown; higher is more deprived. Empty where not held.",
    "n_places": "Recorded places of the selection in the area. 0 is none recorded, not none there.",
    "n_recorded": "All recorded places in the area, whatever the selection.",
    "number": "Number of the place in the picture that the table belongs to. Empty where it is not drawn.",
    "n_lsoas": "LSOAs of the area; of a ward, those whose best fit it is.",
    "n_postcodes": "Live postcodes in the ward.",
    "n_most_deprived": "Best-fit LSOAs among England's most deprived 10 %.",
    "most_deprived_fifth_share": "Share (0 to 1) of the ward's people who live in LSOAs among England's most "
    "deprived fifth; our calculation.",
    "why": "Why the area has no figure.",
    "geometry": "Shape of the area or point of the place.",
}

_INDICES: Final = {
    **{
        f"{key}_score": f"{title}: published score; higher is more deprived. Empty where not held."
        for key, title in INDICES.items()
    },
    **{f"{key}_rank": f"{title}: national rank; 1 is the most deprived." for key, title in INDICES.items()},
    **{
        f"{key}_decile": f"{title}: tenth of England's LSOAs by rank; 1 is the most deprived 10 %."
        for key, title in INDICES.items()
    },
    **{
        f"imd_decile_{year}": f"Index of Multiple Deprivation {year}: tenth of England's LSOAs by rank; "
        "1 is the most deprived 10 %."
        for year in EDITIONS
    },
}

_MEASURES: Final = {
    "average_score": "Mean score of the area's LSOAs, weighted by population; higher is more deprived.",
    "average_rank": "Mean rank of the area's LSOAs, weighted by population, with ranks turned round as MHCLG "
    "does: higher is more deprived.",
    "proportion_most_deprived_share": "Share (0 to 1) of the area's LSOAs in England's most deprived 10 %.",
    "extent_share": "Share (0 to 1) of the area's people who live in England's most deprived areas: those of "
    "the most deprived 10 % in full, those up to 30 % in falling part.",
    "local_concentration": "Mean rank, turned round, of the LSOAs that hold the most deprived tenth of the "
    "area's people; higher is more deprived.",
    **{
        f"rank_of_{measure}": "Rank by that measure among all areas of the kind in England; 1 is the most "
        "deprived, ties share the best rank. Empty where not all of England is held."
        for measure in (
            "average_score",
            "average_rank",
            "proportion_most_deprived_share",
            "extent_share",
            "local_concentration",
        )
    },
}

_BOUNDARIES: Final = {
    "lsoa11nm": "Name of the LSOA of 2011.",
    "lsoa21nm": "Name of the LSOA of 2021.",
    "wd19cd": "Ward of May 2019 (ONS code), best fit of LSOAs of 2011.",
    "wd19nm": "Name of the ward of May 2019.",
    "wd24nm": "Name of the ward in force in 2024.",
    "lad24nm": "Name of the council district.",
    "ctry24cd": "Country in 2024 (ONS code).",
    "ctry24nm": "Name of the country.",
    "lad19cd": "Council district in force in 2019 (ONS code), which the 2019 edition was published for.",
    "lad19nm": "Name of the council district in force in 2019.",
    "lad_code": "Council district (ONS code) that the edition was published for.",
    "lad_name": "Name of that district.",
    "edition": "Edition of the English Indices of Deprivation: 2019 or 2025.",
    "change": "What became of an LSOA between 2011 and 2021: U unchanged, S split, M merged, X complex.",
}

_POSTCODES: Final = {
    "position": "What the postcode's position is of: the postcode itself, or only its output area.",
    "is_live": "Whether the postcode is in use.",
    "is_small_user": "Whether it serves many small addresses (homes, shops) rather than one large user.",
    "terminated": "Month in which the postcode ended (2019-04).",
    "is_official": "Whether its LSOA of 2011 is that of the official lookup, rather than "
    "estimated from the map.",
}

_COMPLETENESS: Final = {
    "completeness": "How complete the record is believed to be: recorded, thin or not surveyed.",
    "as_of": "Date of that judgement.",
    "basis": "What that judgement rests on.",
}

_GAPS: Final = {
    "within_share": "Share (0 to 1) of the people who live within the distance asked for of a place that "
    "counts; after each site in turn, of the whole council's.",
    "mean_distance_m": "Mean distance to the nearest place that counts, in metres, weighted by people.",
    "p90_distance_m": "Distance in metres within which nine tenths of the people have a place that counts.",
    "n_within": "Places that count within the distance asked for of anybody in the area.",
    "nearest_place": "Name of the place that is the nearest to most of the area's people.",
    "nearest_id": "Identifier, in this directory, of the place that is the nearest to most of the area's "
    "people.",
    "gap_rank": "Rank of the area's gap among the areas of the file; 1 is the largest gap, ties share the "
    "best rank.",
    "gap_rank_low": "Best rank of the area under other reasonable choices: three distances, each decay, each "
    "way to count need.",
    "gap_rank_high": "Worst rank of the area under other reasonable choices: three distances, each decay, "
    "each way to count need.",
    "need_share": "Need: share (0 to 1) of the area's people who live in LSOAs that count as deprived.",
    "lack": "Lack (0 to 1): how far the area's people are from having a place near, by the measure chosen.",
    "gap": "Need times lack, 0 to 1.",
    "people_beyond": "People who live farther from every place that counts than the distance asked for.",
    "need_people_beyond": "People in need who live farther from every place that counts than the distance "
    "asked for.",
    "n_inside": "Places that count in the area itself.",
    "per_10000": "Places that count in the area itself for each 10,000 of its people.",
    "catchment_ratio": "Places that count for each person, shared among all who live around them (E2SFCA).",
    "edge_share": "Share (0 to 1) of the area's people who may be served from a neighbouring council where "
    "nothing is recorded.",
    "is_check_first": "Whether the record is thin or not surveyed, so that a gap may only be one of the "
    "record.",
    "n_points": "Postcodes that the area's people are counted at.",
    "order": "Which site adds the most, the next most, and so on; 1 is the first to open.",
    "newly_within": "People the site brings within the distance asked for, beside the sites before it.",
    "newly_within_need": "People in need among those whom the site newly brings within the distance.",
    "newly_within_fifth": "People in England's most deprived fifth among those whom the site newly brings "
    "within the distance.",
    "is_proven": "Whether it is proven that no other choice among the candidates reaches more people in "
    "need.",
    "shortfall_share": "Share (0 to 1) of the best possible that the sites may lack at most; 0 where it is "
    "proven.",
    "alternatives": "Other sites that could stand for this one, and what each would lose.",
    "capacity": "How much a place can serve, in any unit that is the same for all places; only the catchment "
    "ratio uses it.",
}

_PLACING: Final = {
    "could_be": "Another ward within 50 metres of the place: it may belong there.",
    "issue": "What is not plain about the row, in words; empty where all is.",
    "row": "Row number in the file brought, as a spreadsheet counts: the headings are row 1.",
    "field": "Heading of the column at fault.",
    "value": "What the cell held.",
    "reason": "What is wrong with it.",
    "remedy": "What to do about it.",
}

_ABOUT: Final = {
    "about_title": "What the file holds, the same on every row.",
    "about_filters": "The choices that made the selection.",
    "about_edition": "The edition of the English Indices of Deprivation shown.",
    "about_exported": "Day on which the file was made.",
    "about_sources": "What the file was made from.",
    "about_licences": "Licences of those sources.",
    "about_attribution": "Sentences to show wherever the facts are shown.",
    "about_notes": "What else a reader should know about the file.",
    "about_link": "Link to the same selection, on the page.",
}

COLUMNS: Final[dict[str, str]] = {
    **_PLACES,
    **_AREAS,
    **_INDICES,
    **_MEASURES,
    **_BOUNDARIES,
    **_POSTCODES,
    **_COMPLETENESS,
    **_GAPS,
    **_PLACING,
    **_ABOUT,
}
"""Every column of every table that is kept, shown or taken away, and its meaning."""


def page() -> str:
    """GLOSSARY.md: terms, then columns, each in alphabetical order."""
    terms = "\n".join(f"- **{term}**: {TERMS[term]}" for term in sorted(TERMS, key=str.casefold))
    columns = "\n".join(f"| `{column}` | {COLUMNS[column]} |" for column in sorted(COLUMNS))
    return (
        "# Glossary\n\n"
        "Written from `mapping/glossary.py`; a test holds the two together.\n\n"
        f"## Terms\n\n{terms}\n\n"
        "## Columns\n\n"
        "An empty cell means that the fact is not known, or does not apply.\n\n"
        f"| column | meaning |\n|---|---|\n{columns}\n"
    )
