"""The profiles of all wards or LSOAs of a council, each a file of its own in one folder.

A run that was cut short leaves whole files and a list of them; the next one makes the rest, the same bytes.
"""

import datetime
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from mapping.adapters.kinds import refused
from mapping.analysis.filters import Filters
from mapping.errors import MappingError
from mapping.parallel import MOST_WORKERS
from mapping.reporting import batch_about, batch_list
from mapping.reporting.batch_list import Entry, FolderList
from mapping.reporting.batch_work import OVERVIEW, Council, Made, Task, Work, Workers
from mapping.settings import Settings
from mapping.written import written_whole

DECK: Final = "deck"
LONGEST_NAME: Final = 60
"""Letters of an area's name in the name of its file."""


def profiles_folder(
    filters: Filters,
    *,
    by: str,
    file_format: str,
    out: Path,
    settings: Settings,
    date: datetime.date,
    workers: int | None = None,
    again: bool = False,
    is_shown: bool = False,
) -> str:
    """What was written to folder `out`, in one line: a profile of each area of a council, and its overview.

    Parameters
    ----------
    filters : the council, by name or code, and the edition, index and choices that profiles take.
    by : `ward` or `lsoa`.
    file_format : one of `profile_files.FORMATS`. Of slides there is also one deck of all areas.
    out : made where it is not there. Beside the profiles stand `profiles.json`, a list of them, and
        `profiles.about.txt`, their sources and licences.
    workers : processes; None: one a processor, at most 8. The files are the same.
    again : also files that are there, whole and of the same inputs; else those are left as they are.
    is_shown : a progress bar on standard error.

    Raises UnusableFileError (a file cannot be written, or the folder holds another council's profiles), and
    as `profiles.document_of` does. What was done until then stays.
    """
    _make_folder(out)
    batch_list.read_list(out)  # what cannot be gone on with is said before any work
    work = Work(filters=filters, by=by, file_format=file_format, date=date, settings=settings)
    asked = asdict(filters) | {"by": by, "date": date.isoformat()}
    inputs = batch_list.inputs_of(settings, asked)
    with Workers(work, workers or min(os.cpu_count() or 1, MOST_WORKERS)) as at_work:
        council = at_work.council()
        plan = _plan(work, council, out=out, inputs=inputs, again=again)
        slides = _work_off(plan, at_work, is_shown=is_shown)
    if plan.is_deck_due:
        _write_deck(plan, slides)
    about = batch_about.about_text(work, council, listed=plan.listed)
    written_whole({out / batch_about.NAME: lambda to: to.write_bytes(about)})
    return batch_about.told(work, council, out=out, n_written=len(plan.due), n_there=len(plan.names))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be made in one folder."""

    out: Path
    names: Mapping[str, str]
    """The file of each area by code, of the `overview` and, of slides, of the `deck`."""
    due: frozenset[str]
    """Those of them that are not there, or not whole, or of other inputs."""
    listed: FolderList
    key: str
    """Of the inputs."""
    title: str
    """Of the deck."""

    @property
    def is_deck_due(self) -> bool:
        """Whether a deck is to be made: it needs the slides of all."""
        return DECK in self.due

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The documents to be made, the overview first: it takes longest."""
        return tuple(
            Task(of=of, out=self.out / name, is_written=of in self.due, is_told=self.is_deck_due)
            for of, name in self.names.items()
            if of != DECK and (of in self.due or self.is_deck_due)
        )


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise refused(str(out), f"is no folder to write to ({exc.strerror})", "Choose another.") from exc


def _plan(work: Work, council: Council, *, out: Path, inputs: batch_list.Facts, again: bool) -> Plan:
    listed = _list_of(out, council)
    # Asked for by its code or by its name, it is the same council.
    inputs = inputs | {"asked": inputs["asked"] | {"council": council.name}}
    key = batch_list.key_of(inputs)
    names = {OVERVIEW: f"{OVERVIEW}.{work.file_format}"}
    names |= {code: f"{code.lower()}-{_slug(name)}.{work.file_format}" for code, name in council.areas}
    names |= {DECK: f"{DECK}.pptx"} if work.file_format == "pptx" else {}
    for name in (*names.values(), batch_list.NAME, batch_about.NAME):
        # Half a file that a run left when it was killed.
        part = out / name
        part.with_name(f".{name}.part{part.suffix}").unlink(missing_ok=True)
    listed.inputs[key] = inputs
    due = frozenset(of for of, name in names.items() if again or not listed.holds(out, name, inputs=key))
    title = f"{council.name}: {batch_about.areas_words(work, council)}"
    return Plan(out=out, names=names, due=due, listed=listed, key=key, title=title)


def _list_of(out: Path, council: Council) -> FolderList:
    """The list of `out`, of what is there still. Raises UnusableFileError: it is another council's."""
    listed = batch_list.read_list(out)
    if listed is None:
        return FolderList(council=council.name)
    if listed.council != council.name:
        raise refused(
            str(out), f"holds the profiles of {listed.council}", f"Choose another folder for {council.name}."
        )
    return listed.without_lost(out)


def _slug(name: str) -> str:
    """`name` in letters that any system takes: `barton-and-sandhills`."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[:LONGEST_NAME].strip("-") or "area"


def _work_off(plan: Plan, workers: Workers, *, is_shown: bool) -> dict[str, Made]:
    """What was made, by code; each file is on the list as soon as it is there."""
    from tqdm import tqdm

    done: dict[str, Made] = {}
    try:
        with tqdm(total=len(plan.tasks), desc="Profiles", unit="file", disable=not is_shown) as bar:
            for made in workers.made(plan.tasks):
                done[made.task.of] = made
                _keep(plan, made)
                bar.update()
    except MappingError as exc:
        n = sum(plan.listed.holds(plan.out, name, inputs=plan.key) for name in plan.names.values())
        there = f" {n} of {len(plan.names)} files are done and stay: the same command goes on." if n else ""
        raise type(exc)(f"{exc}{there}") from exc
    return done


def _keep(plan: Plan, made: Made) -> None:
    if made.task.is_written:
        entry = Entry(
            of=made.task.of,
            title=made.title,
            inputs=plan.key,
            bytes=made.bytes,
            sha256=made.sha256,
            sources=tuple(made.cards),
        )
        plan.listed.keep(made.task.out.name, entry, made.cards)
        batch_list.write_list(plan.listed, plan.out)


def _write_deck(plan: Plan, done: Mapping[str, Made]) -> None:
    """The slides of all areas, after those of the council, as one file."""
    from mapping.render.documents import slides

    told = [done[of] for of in plan.names if of != DECK]
    documents = [made.document for made in told if made.document is not None]
    subtitle = f"{len(documents)} profiles"
    body = slides.pptx_file(documents, title=plan.title, subtitle=subtitle)
    out = plan.out / plan.names[DECK]
    written_whole({out: lambda to: to.write_bytes(body)})
    cards = {table: facts for made in told for table, facts in made.cards.items()}
    entry = Entry(
        of=DECK,
        title=plan.title,
        inputs=plan.key,
        bytes=len(body),
        sha256=sha256(body).hexdigest(),
        sources=tuple(cards),
    )
    plan.listed.keep(out.name, entry, cards)
    batch_list.write_list(plan.listed, plan.out)
