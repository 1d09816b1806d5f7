"""Profiles of wards and LSOAs, the council's overview, and areas side by side, as documents."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from mapping.analysis.filters import MOST_COMPARED, Filters
from mapping.errors import UnusableQuestionError
from mapping.render.documents.model import Document
from mapping.reporting import profile_comparison, profile_document, profile_overview
from mapping.reporting.held import Held
from mapping.reporting.profile_area import area_of
from mapping.reporting.profile_basis import Basis, asked_of, basis_of
from mapping.reporting.profile_codes import GEOGRAPHY, codes_of, located

__all__ = ["Basis", "basis_of", "codes_of", "comparison", "document_of", "overview", "profile"]


def document_of(
    filters: Filters,
    *,
    held: Held,
    link: str,
    date: datetime.date,
    basis: Basis | None = None,
    with_map: bool = True,
) -> Document:
    """The document that `filters.codes` ask for: none, the overview; one, its profile; more, side by side.

    Parameters
    ----------
    link : leads back to the same view.
    basis : as `basis_of` gives it for the same council, edition, geography, index and choices: what many
        documents share, made once. None, or one of something else: it is made.
    with_map : whether it shows a map.

    Raises UnknownAreaError (no such council, edition or area is held) or UnusableQuestionError (LSOAs and
    wards together, or too many).
    """
    codes = filters.codes
    if not codes:
        return overview(filters, held=held, link=link, date=date, basis=basis, with_map=with_map)
    if len(codes) == 1:
        return profile(codes[0], filters, held=held, link=link, date=date, basis=basis, with_map=with_map)
    return comparison(codes, filters, held=held, link=link, date=date, basis=basis, with_map=with_map)


def profile(
    code: str,
    filters: Filters,
    *,
    held: Held,
    link: str,
    date: datetime.date,
    basis: Basis | None = None,
    with_map: bool = True,
) -> Document:
    """The profile of the ward or LSOA `code`, of the vintage of `filters.edition`: see `document_of`."""
    kind = GEOGRAPHY.get(code[:3], "")
    if basis is None or not _is_of(basis, code, replace(filters, geography=kind), held=held):
        basis = basis_of(located(code, filters, held=held), held=held)
    area = area_of(code, basis, held=held)
    return profile_document.document(area, basis, held=held, link=link, date=date, with_map=with_map)


def _is_of(basis: Basis, code: str, filters: Filters, *, held: Held) -> bool:
    """Whether `basis` is of what `filters` ask for and holds the area `code`."""
    return basis.filters == asked_of(filters, held=held) and bool((basis.areas["code"] == code).any())


def overview(
    filters: Filters,
    *,
    held: Held,
    link: str,
    date: datetime.date,
    basis: Basis | None = None,
    with_map: bool = True,
) -> Document:
    """The overview of the council: its standing, its areas, its places, its gaps. See `document_of`."""
    basis = _basis(basis, replace(filters, geography="ward"), held=held)
    return profile_overview.document(basis, held=held, link=link, date=date, with_map=with_map)


def comparison(
    codes: Sequence[str],
    filters: Filters,
    *,
    held: Held,
    link: str,
    date: datetime.date,
    basis: Basis | None = None,
    with_map: bool = True,
) -> Document:
    """Two to four areas of one edition and geography, a column each: see `document_of`."""
    asked = [located(code, filters, held=held) for code in dict.fromkeys(codes)]
    if not 2 <= len(asked) <= MOST_COMPARED:
        raise UnusableQuestionError(
            f"{len(asked)} areas were given, and 2 to {MOST_COMPARED} can stand side by side."
        )
    if len({each.geography for each in asked}) > 1:
        raise UnusableQuestionError(
            "LSOAs and wards cannot stand side by side: an LSOA’s figures are published, a ward’s are "
            "averages of LSOAs. Choose areas of one kind."
        )
    bases: dict[str, Basis] = {}
    for each in asked:
        bases[each.council] = bases.get(each.council) or _basis(basis, each, held=held)
    areas = [(area_of(each.codes[0], bases[each.council], held=held), bases[each.council]) for each in asked]
    return profile_comparison.document(areas, held=held, link=link, date=date, with_map=with_map)


def _basis(basis: Basis | None, filters: Filters, *, held: Held) -> Basis:
    """`basis` where it is of what `filters` ask for, else one that is."""
    if basis is not None and basis.filters == asked_of(filters, held=held):
        return basis
    return basis_of(filters, held=held)
