"""One area of a council as plain values, from what the council's profiles share."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from mapping.analysis import codes_editions, neighbours, profile, profile_gaps
from mapping.analysis.codes_editions import SideBySide
from mapping.analysis.profile import People
from mapping.analysis.profile_gaps import Sought
from mapping.editions import EDITIONS
from mapping.errors import UnknownAreaError
from mapping.render import profile_words
from mapping.render.place_words import Noun, what_words
from mapping.render.profile_gap_words import Gap
from mapping.render.profile_words import Living, Recorded, Standing
from mapping.reporting.held import Held
from mapping.reporting.profile_basis import Basis


@dataclass(frozen=True, kw_only=True)
class Area:
    """All that is known of one area. Never write to its tables."""

    code: str
    row: "pd.Series[Any]"
    """Its row of `Basis.areas`."""
    lsoas: pd.DataFrame
    """`schemas.Deprivation` of it, or of the LSOAs best-fitted to it."""
    people: People
    domains: pd.DataFrame
    """`profile.domains`."""
    gaps: pd.DataFrame
    """`profile_gaps.area_gaps`, a row each of `Basis.answers`."""
    places: pd.DataFrame
    """Those in it that the filters keep."""
    both: SideBySide
    """Both editions of it."""
    near: pd.DataFrame | None
    """The areas that touch it: `code, name, lad24cd, rank, decile`; None: its boundary is not held."""

    standing: Standing
    living: Living
    recorded: Recorded
    gap: Gap
    """These four are what its sentences are made from."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.standing.name

    @property
    def point(self) -> str:
        """The paragraph that says the point of it."""
        return profile_words.point(self.standing, self.living, self.recorded, self.gap)


def area_of(code: str, basis: Basis, *, held: Held) -> Area:
    """The area `code` of the council of `basis`. Raises UnknownAreaError where it is not one of it."""
    rows = basis.areas[basis.areas["code"] == code]
    if rows.empty:
        raise UnknownAreaError(_not_there(code, basis))
    filters, row = basis.filters, rows.iloc[0]
    lsoas = basis.lsoas[basis.lsoas["area"] == code]
    by = "lsoa_code" if filters.geography == "lsoa" else "ward_code"
    people = profile.people(lsoas, index=filters.index)
    gaps = basis.gaps[basis.gaps["code"] == code].set_index("answer", drop=False)
    places = basis.places[basis.places[by] == code]
    # Of an LSOA the decile says who is deprived.
    fifth = people.fifth if filters.geography == "ward" else None
    return Area(
        code=code,
        row=row,
        lsoas=lsoas,
        people=people,
        domains=basis.domains[basis.domains["code"] == code],
        gaps=gaps,
        places=places,
        both=_both(code, basis, held=held),
        near=_near(code, basis),
        standing=_standing(row, basis),
        living=Living(
            edition=filters.edition, index=filters.index, population=people.population, fifth=fifth
        ),
        recorded=recorded_among(places, basis),
        gap=_gap(gaps, basis),
    )


def nouns_of(basis: Basis) -> tuple[Noun, ...]:
    """What each of the answers of `basis` is about."""
    return tuple(noun_of(each) for each in basis.answers)


def noun_of(each: Sought) -> Noun:
    """What is looked for."""
    return what_words(each.kinds, each.categories, each.ownerships)


def recorded_among(places: pd.DataFrame, basis: Basis) -> Recorded:
    """What `places` are, and what the filters of `basis` narrowed them by."""
    kinds = places["kind"].value_counts()
    filters = basis.filters
    chosen = Sought(kinds=filters.kinds, categories=filters.categories, ownerships=filters.ownerships)
    return Recorded(
        n_coops=int(kinds.get("co-operative", 0)),
        n_assets=int(kinds.get("community asset", 0)),
        chosen="" if chosen == Sought() else noun_of(chosen).many,
        n_closed=int((places["status"] == "closed").sum()),
    )


def _standing(row: "pd.Series[Any]", basis: Basis) -> Standing:
    filters = basis.filters
    is_ward = filters.geography == "ward"
    return Standing(
        name=str(row["name"]),
        geography=filters.geography,
        council=filters.council,
        edition=filters.edition,
        index=filters.index,
        rank=_known(row["rank"]),
        decile=None if pd.isna(row["decile"]) else int(row["decile"]),
        why=str(row["why"]) if is_ward else "",
        ward="" if is_ward or pd.isna(row["ward_name"]) else str(row["ward_name"]),
        n_lsoas=int(row["n_lsoas"]) if is_ward else 0,
        n_first=0 if not is_ward or pd.isna(row["n_most_deprived"]) else int(row["n_most_deprived"]),
    )


def _gap(gaps: pd.DataFrame, basis: Basis) -> Gap:
    question = next(iter(basis.answers.values())).question
    known = gaps[gaps["gap"].notna()]
    if known.empty:
        return Gap(question=question, is_known=False)
    at = profile_gaps.largest(gaps)
    if not at:
        return Gap(question=question, has_need=bool(known["need_share"].astype(float).gt(0).any()))
    nouns, row = nouns_of(basis), gaps.loc[at[0]]
    within = _known(row["within_share"])
    return Gap(
        question=question,
        what=tuple(nouns[each] for each in at),
        people_beyond=_known(row["people_beyond"]),
        beyond_share=None if within is None else 1 - within,
        need_beyond=_known(row["need_people_beyond"]) if len(at) == 1 else None,
        is_thin=bool(row["level"] != "recorded"),
        thin_aside=profile_gaps.has_thin_aside(gaps),
    )


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _both(code: str, basis: Basis, *, held: Held) -> SideBySide:
    if basis.filters.geography == "ward":
        return basis.ward_sides[code]
    return codes_editions.lsoa_side_by_side(
        code, edition=basis.filters.edition, figures=basis.kin, changes=held.atlas.changes
    )


def _near(code: str, basis: Basis) -> pd.DataFrame | None:
    if basis.around is None or not (basis.around["code"] == code).any():
        return None
    codes = neighbours.neighbours(basis.around, code)
    return pd.DataFrame(basis.around[basis.around["code"].isin(codes)].drop(columns="geometry"))


def _not_there(code: str, basis: Basis) -> str:
    filters, edition = basis.filters, EDITIONS[basis.filters.edition]
    kind, column = ("LSOA", edition.lsoa) if filters.geography == "lsoa" else ("ward", edition.ward)
    vintage = f"20{''.join(filter(str.isdigit, column))}"
    return (
        f"{code} is no {kind} of {vintage} in {filters.council}, and the edition of {filters.edition} is for "
        f"{'LSOAs' if kind == 'LSOA' else 'wards'} of {vintage}. Check the code, or choose the other edition."
    )
