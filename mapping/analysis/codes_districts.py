"""Which district a code or a name means today: every code that England's districts have ever had."""

import re
from collections.abc import Collection
from functools import cache
from typing import Final

import pandas as pd
from rapidfuzz import fuzz, process

from mapping.analysis.words import plain_text
from mapping.errors import SourceMissingError, UnknownAreaError
from mapping.settings import ROOT

FACTS: Final = ROOT / "data" / "facts" / "district_changes.csv"
CODE: Final = re.compile(r"[EWSN]\d{8}")
"""What a nine-character code of the Office for National Statistics looks like."""
WORD: Final = re.compile(r"[a-z]+")
TITLES: Final = frozenset(
    {"and", "authority", "borough", "city", "corporation", "council", "county", "district", "london"}
    | {"metropolitan", "of", "royal", "the", "unitary"}
)
"""Words that a council's full name may have or lack."""
NEAR: Final = 3
"""How many names that look alike an error offers."""
LIKE: Final = 60
"""How alike, of 100, a name must look to be offered."""
LISTED: Final = 8
"""How many councils held an error lists."""


@cache
def district_changes() -> pd.DataFrame:
    """Every code of an English district, and the district of 2024 it means; key `lad_code`.

    Never write to it. `lad_code, lad_name`: as they were; `lad24cd, lad24nm`: the district of 2024 that has
    its land; `since`: the day from which the change holds, blank for a code in force; `change`: "in force"
    (296 codes of 2024), "recoded" (same district, other code, at most a moved edge) or "merged" (now part of
    a larger one). Two codes are newer than 2024: those of Barnsley and Sheffield, recoded in April 2025.
    Source: Office for National Statistics, Code History Database; OGL v3. Raises SourceMissingError.
    """
    try:
        return pd.read_csv(FACTS, dtype=str, keep_default_na=False)
    except FileNotFoundError as exc:
        raise SourceMissingError(f"No table at {FACTS}. Restore it from the repository.") from exc


@cache
def districts_in_force() -> pd.DataFrame:
    """The 296 districts of 2024 by name: `lad24cd, lad24nm`. Never write to it."""
    changes = district_changes()
    named = changes.loc[changes["change"] == "in force", ["lad24cd", "lad24nm"]]
    return named.sort_values("lad24nm", ignore_index=True)


def current_district(code: str) -> str:
    """The code of 2024 of the district that has, or had, `code`: E07000101 and E07000243 are both Stevenage.

    Raises UnknownAreaError where no English district ever had it.
    """
    found = _current().get(code.strip().upper())
    if found is None:
        raise UnknownAreaError(_why_unknown(code))
    return found


def current_districts(codes: "pd.Series[str]") -> "pd.Series[str]":
    """The code of 2024 for each of `codes`, on the same index and name; NA where no English district had it.

    `why_no_district` tells the reason for each NA.
    """
    return _tidy(codes).map(_current()).astype("str")


def why_no_district(codes: "pd.Series[str]") -> "pd.Series[str]":
    """Why each of `codes` means no district of today, on the same index; NA where it means one."""
    unknown = current_districts(codes).isna()
    reasons = {code: _why_unknown(str(code)) for code in codes[unknown].dropna().unique()}
    told = codes.map(reasons).fillna("No district code is given.")
    return told.where(unknown).astype("str").rename("why")


def find_council(text: str, districts: pd.DataFrame | None = None) -> str:
    """The code, among `districts`, of the council that `text` names, by a code or a name, now or formerly.

    Capitals, punctuation and words like "Borough Council" do not matter: "Stevenage", "E07000101" and
    "stevenage borough council" are all E07000243. `districts` has columns `lad24cd, lad24nm`; by default all
    of England's. Raises UnknownAreaError, with names that look alike, where nothing or nothing held is meant.
    """
    held = districts_in_force() if districts is None else districts
    asked = text.strip()
    code = current_district(asked) if CODE.fullmatch(asked.upper()) else _named().get(_key(asked))
    if code is None:
        told = "" if districts is None else f" {_held_words(held)}"
        raise UnknownAreaError(f"No council {asked!r} in England. {_near_words(asked)}{told}")
    if code not in set(held["lad24cd"]):
        raise UnknownAreaError(_not_held(code, held))
    return code


def _tidy(codes: "pd.Series[str]") -> "pd.Series[str]":
    return codes.astype("str").str.strip().str.upper()


@cache
def _current() -> dict[str, str]:
    """The code of 2024 by every code there ever was."""
    changes = district_changes()
    return dict(zip(changes["lad_code"], changes["lad24cd"], strict=True))


@cache
def _named() -> dict[str, str]:
    """The code of 2024 by the words of every name there ever was; a name of today wins over one of before."""
    changes = district_changes().sort_values("change", key=lambda kinds: kinds == "in force")
    return {_key(name): code for name, code in zip(changes["lad_name"], changes["lad24cd"], strict=True)}


def _key(name: str) -> str:
    """The words of `name` that tell one council from another, in order.

    That of the City of London has no others than those that councils share: of these it keeps two.
    """
    words = WORD.findall(plain_text(name).replace(".", ""))
    telling = [word for word in words if word not in TITLES]
    return " ".join(telling or [word for word in words if word in ("city", "london")])


def _why_unknown(code: str) -> str:
    asked = code.strip().upper()
    if CODE.fullmatch(asked) and asked[0] != "E":
        return f"{asked} is not in England: the English Indices of Deprivation end at the border."
    if CODE.fullmatch(asked) and asked[:3] not in ("E06", "E07", "E08", "E09"):
        return f"{asked} is not the code of a district: those begin with E06, E07, E08 or E09."
    return f"No English district has or had the code {asked!r}. Check it, or give the council's name."


def _near_words(asked: str) -> str:
    """Names that look like `asked`, as a question; what to do where there is none."""
    keys = _named()
    alike = process.extract(_key(asked), list(keys), scorer=fuzz.WRatio, score_cutoff=LIKE, limit=NEAR)
    names = dict(zip(district_changes()["lad24cd"], district_changes()["lad24nm"], strict=True))
    found = list(dict.fromkeys(names[keys[key]] for key, _, _ in alike))
    if not found:
        return "Give a council's name, or its code such as E07000243."
    return f"Did you mean {_listed(found, last='; or ')}?"


def _not_held(code: str, held: pd.DataFrame) -> str:
    changes = district_changes()
    name = changes.loc[changes["lad_code"] == code, "lad24nm"].iloc[0]
    return (
        f"{name} ({code}) is not held here. {_held_words(held)} "
        f"Fetch and build it: `python -m mapping fetch --council {code}`, then `python -m mapping build`."
    )


def _held_words(held: pd.DataFrame) -> str:
    names = held["lad24nm"].tolist()
    more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
    return f"Held: {', '.join(names[:LISTED]) or 'none'}{more}."


def _listed(names: Collection[str], *, last: str) -> str:
    """`names` as a list in a sentence."""
    *first, final = names
    return f"{'; '.join(first)}{last}{final}" if first else final
