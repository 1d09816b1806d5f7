"""What the words of the field mean, in plain words: the same on pages and in GLOSSARY.md."""

from typing import Final

from mapping.editions import EDITIONS, INDICES

TERMS: Final[dict[str, str]] = {
    "Area": "An LSOA or a ward: whichever the page shows.",
    "Best fit": "The one ward that an LSOA is taken to belong to, by the official lookup. LSOAs do not nest "
    "in wards, so figures of wards are made from their best-fit LSOAs and say so.",
    "British National Grid": "Eastings and northings in metres (EPSG:27700). Everything is measured in it; "
    "longitude and latitude (EPSG:4326) are used only on maps and in GeoJSON.",
    "Category": "What a place is (library, food co-op, GP surgery …), in our own words.",
    "Catchment ratio (E2SFCA)": "Places for each person: each place is shared among all who live around "
    "it, and each person adds up the shares within reach (enhanced two-step floating catchment area).",
    "Check first": "The record of what is asked for is thin or not surveyed: the gap may only be one of the "
    "record. Unrecorded is not absent.",
    "Community asset": "A place that serves its community: library, surgery, community centre, club …",
    "Co-operative": "An organisation owned and run by its members: customers, workers, tenants or several "
    "of these.",
    "Decay": "How a place counts less with distance: in full up to the distance chosen and not beyond, "
    "evenly less, or along a bell curve; the last two are a half at that distance.",
    "Decile": "A tenth of England's LSOAs in order of rank. Decile 1 is the most deprived 10 %, decile 10 "
    "the least. It describes areas, not the people in them.",
    "Average rank, average score": "Two of MHCLG's summary measures of a district: means over its LSOAs, "
    "weighted by population; higher is more deprived.",
    "Demand point": "A live small-user postcode, where people are counted: the population of its LSOA is "
    "spread evenly over them, so that every total equals the published one.",
    "Detour": "How much longer a way on foot is than the straight line: 1.3 by default.",
    "Domain": "One of the seven parts of the Index of Multiple Deprivation: "
    + ", ".join(title for key, title in INDICES.items() if key != "imd").lower()
    + ".",
    "Edition": "One publication of the English Indices of Deprivation: 2019 or 2025. Each ranks other areas "
    "by other measures: a change of rank between them is neither improvement nor decline.",
    "Extent": "MHCLG's summary measure of how many of a district's people live in England's most deprived "
    "areas, those at the edge counted in part.",
    "Gap": "Need times lack of an area; its rank comes with the best and the worst it has under other "
    "reasonable choices.",
    "IMD": "Index of Multiple Deprivation: the official relative measure of deprivation of small areas in "
    "England, made of seven domains. Published by MHCLG.",
    "Kind": "Co-operative or community asset.",
    "Lack": "How far people are from the nearest place, or from enough places for all around, 0 to 1.",
    "Local concentration": "MHCLG's summary measure of how deprived a district's most deprived places are: "
    "those that hold a tenth of its people.",
    "Licence": "What one may do with facts or code. Code and data have licences of their own; each source "
    "has its sentence of attribution.",
    "LSOA": "Lower layer Super Output Area: a small area of 1,000 to 3,000 people, made by ONS for figures. "
    "The 2019 edition uses those of 2011, the 2025 edition those of 2021.",
    "Most deprived fifth": "Deciles 1 and 2.",
    "Need": "The share of an area's people who live in LSOAs that count as deprived: England's most deprived "
    "10, 20 or 30 %, or by the weights of MHCLG's extent.",
    "No recorded place": "Our sources name none. It never means that there is none.",
    "Plan": "Places put on the map, or closed, to see what that would change; kept in the link and nowhere "
    "else.",
    "Place": "One entry of the directory at one location.",
    "Own weighting": "The domains summed with other weights than the official ones, by the official method, "
    "and England ranked again. Never official.",
    "Rank": "An area's position among all of England's LSOAs; 1 is the most deprived "
    + ", ".join(f"of {edition.n_lsoas:,} in {year}" for year, edition in EDITIONS.items())
    + ".",
    "Score": "The number that ranks are made from. It has no unit and does not compare between editions.",
    "Site": "Where one more place would help: a candidate that brings people in need within the distance who "
    "are not so now. Proven means that no other choice among the candidates does better.",
    "Source card": "What stands beside every table: publisher, vintage, licence, attribution and making.",
    "Terminated postcode": "One no longer in use. Places keep it, and are where it was.",
    "Vintage": "The date that codes, boundaries or facts are of.",
    "Walking network": "The streets and paths of a file, along which distances are measured where there is "
    "one; minutes are at 4.8 km/h.",
    "Ward": "The electoral division of a council. Figures of wards are our calculation from best-fit LSOAs.",
    "Withheld": "A place whose registered office may be somebody's home: listed with its council, without "
    "address, postcode, position, LSOA or ward, and never drawn.",
}
"""The words of the field that pages use, and their meaning."""
