"""What every column and term means, in plain words: the same in files, on pages and in GLOSSARY.md."""

from typing import Final

from mapping.editions import EDITIONS, INDICES

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
    "note": "What else a reader should know about the entry.",
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
    **_PLACING,
    **_ABOUT,
}
"""Every column of every table that is kept, shown or taken away, and its meaning."""

TERMS: Final[dict[str, str]] = {
    "Area": "An LSOA or a ward: whichever the page shows.",
    "Best fit": "The one ward that an LSOA is taken to belong to, by the official lookup. LSOAs do not nest "
    "in wards, so figures of wards are made from their best-fit LSOAs and say so.",
    "British National Grid": "Eastings and northings in metres (EPSG:27700). Everything is measured in it; "
    "longitude and latitude (EPSG:4326) are used only on maps and in GeoJSON.",
    "Category": "What a place is (library, food co-op, GP surgery …), in our own words.",
    "Community asset": "A place that serves its community: library, surgery, community centre, club …",
    "Co-operative": "An organisation owned and run by its members: customers, workers, tenants or several "
    "of these.",
    "Decile": "A tenth of England's LSOAs in order of rank. Decile 1 is the most deprived 10 %, decile 10 "
    "the least. It describes areas, not the people in them.",
    "Average rank, average score": "Two of MHCLG's summary measures of a district: means over its LSOAs, "
    "weighted by population; higher is more deprived.",
    "Domain": "One of the seven parts of the Index of Multiple Deprivation: "
    + ", ".join(title for key, title in INDICES.items() if key != "imd").lower()
    + ".",
    "Edition": "One publication of the English Indices of Deprivation: 2019 or 2025. Each ranks other areas "
    "by other measures: a change of rank between them is neither improvement nor decline.",
    "Extent": "MHCLG's summary measure of how many of a district's people live in England's most deprived "
    "areas, those at the edge counted in part.",
    "IMD": "Index of Multiple Deprivation: the official relative measure of deprivation of small areas in "
    "England, made of seven domains. Published by MHCLG.",
    "Kind": "Co-operative or community asset.",
    "Local concentration": "MHCLG's summary measure of how deprived a district's most deprived places are: "
    "those that hold a tenth of its people.",
    "Licence": "What one may do with facts or code. Code and data have licences of their own; each source "
    "has its sentence of attribution.",
    "LSOA": "Lower layer Super Output Area: a small area of 1,000 to 3,000 people, made by ONS for figures. "
    "The 2019 edition uses those of 2011, the 2025 edition those of 2021.",
    "Most deprived fifth": "Deciles 1 and 2.",
    "No recorded place": "Our sources name none. It never means that there is none.",
    "Place": "One entry of the directory at one location.",
    "Own weighting": "The domains summed with other weights than the official ones, by the official method, "
    "and England ranked again. Never official.",
    "Rank": "An area's position among all of England's LSOAs; 1 is the most deprived "
    + ", ".join(f"of {edition.n_lsoas:,} in {year}" for year, edition in EDITIONS.items())
    + ".",
    "Score": "The number that ranks are made from. It has no unit and does not compare between editions.",
    "Source card": "What stands beside every table: publisher, vintage, licence, attribution and making.",
    "Terminated postcode": "One no longer in use. Places keep it, and are where it was.",
    "Vintage": "The date that codes, boundaries or facts are of.",
    "Ward": "The electoral division of a council. Figures of wards are our calculation from best-fit LSOAs.",
    "Withheld": "A place whose registered office may be somebody's home: listed with its council, without "
    "address, postcode, position, LSOA or ward, and never drawn.",
}
"""The words of the field that pages use, and their meaning."""


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
