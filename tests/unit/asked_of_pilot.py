"""Questions about gaps, put to the atlas that ships."""

from mapping.analysis import assess, record, summarise, view
from mapping.analysis.distances import StraightLine
from mapping.analysis.filters import Filters
from mapping.analysis.question import Question


def pilot_ground(atlas, council, *, edition="2025", geography="ward", index="imd"):
    lad24cd = atlas.lad24cd(council)
    lsoas = summarise.lsoa_figures(atlas.deprivation[edition], atlas.best_fit[edition], index=index)
    mine = lsoas[lsoas["lad24cd"] == lad24cd]
    filters = Filters(council=council, edition=edition, geography=geography, index=index)
    of_lsoa = mine.set_index(mine["code"].rename("lsoa_code"))
    return assess.ground(
        atlas.postcodes(),
        atlas.deprivation[edition],
        lad24cd=lad24cd,
        edition=edition,
        areas=view.area_table(mine, filters, atlas.wards[atlas.wards["lad24cd"] == lad24cd]),
        area_of=of_lsoa["code" if geography == "lsoa" else "ward_code"],
    )


def ask(
    atlas, places, ground, *, kinds=(), categories=(), ownerships=(), metric=None, recorded=None, **question
):
    counted, left_out = assess.counted(
        places, lad24cd=ground.lad24cd, kinds=kinds, categories=categories, ownerships=ownerships
    )
    of = {"kinds": kinds, "categories": categories, "places": places}
    held = record.recorded_councils(atlas.completeness, **of) if recorded is None else recorded
    return assess.assess(
        ground,
        counted,
        question=Question(edition=ground.edition, **question),
        metric=metric or StraightLine(),
        standing=record.standing(atlas.completeness, lad24cd=ground.lad24cd, **of),
        recorded=held,
        left_out=left_out,
    )
