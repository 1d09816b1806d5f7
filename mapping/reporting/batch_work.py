"""One profile after another, in as many processes as are wanted: each reads the tables once."""

import datetime
import hashlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mapping.analysis.filters import Filters
from mapping.errors import MappingError, UnusableQuestionError
from mapping.render.documents.model import Document
from mapping.reporting import batch_list, profile_files
from mapping.settings import Settings
from mapping.written import written_whole

if TYPE_CHECKING:
    from mapping.reporting.held import Held
    from mapping.reporting.profile_basis import Basis

OVERVIEW: Final = "overview"


@dataclass(frozen=True, kw_only=True)
class Council:
    """Whose profiles they are."""

    name: str
    areas: tuple[tuple[str, str], ...]
    """Code and name of each."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One document."""

    of: str
    """The code of an area, or `overview`."""
    out: Path
    is_written: bool = True
    """Whether its file is wanted: it may be there already."""
    is_told: bool = False
    """Whether its slides are wanted, for the deck."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """What became of a task."""

    task: Task
    title: str
    bytes: int
    sha256: str
    cards: dict[str, batch_list.Facts]
    document: Document | None
    """Its slides, where they are wanted."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """What all tasks share."""

    filters: Filters
    by: str
    file_format: str
    date: datetime.date
    settings: Settings


def council_of(work: Work) -> Council:
    """The council asked for, and its areas. Raises UnknownAreaError where it is not built."""
    from mapping.reporting import profiles

    held, basis = _ready(work)
    areas = profiles.codes_of(basis.filters, by=work.by, held=held)
    return Council(name=basis.filters.council, areas=areas)


def made(work: Work, task: Task) -> Made:
    """The document of `task`, written whole to its place where that is wanted.

    Raises UnusableFileError where it cannot be written, or as `profiles.document_of` does.
    """
    document = _document(work, task)
    body = b""
    if task.is_written:
        body = profile_files.document_bytes(document, work.file_format)
        written_whole({task.out: lambda to: to.write_bytes(body)})
    return Made(
        task=task,
        title=document.title,
        bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        cards=batch_list.told_of(document.about.sources),
        document=replace(document, blocks=()) if task.is_told else None,
    )


class Workers:
    """The processes: `with Workers(work, 2) as workers`. With one, this process does it all."""

    def __init__(self, work: Work, n: int) -> None:
        self.work = work
        self._pool: ProcessPoolExecutor | None = None
        if n > 1:
            # Not forked: threads of the libraries would not survive that.
            spawned = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(n, mp_context=spawned, initializer=_begin, initargs=(work,))

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def council(self) -> Council:
        """As `council_of` gives it."""
        if self._pool is None:
            return council_of(self.work)
        with _told():
            with _unheard():  # the processes start here
                asked = self._pool.submit(council_of, self.work)
            return asked.result()

    def made(self, tasks: Sequence[Task]) -> Iterator[Made]:
        """What becomes of each task, as it is done."""
        if self._pool is None:
            yield from (made(self.work, task) for task in tasks)
            return
        with _told():
            for done in as_completed([self._pool.submit(made, self.work, task) for task in tasks]):
                yield done.result()


@cache
def _ready(work: Work) -> "tuple[Held, Basis]":
    """The tables, read once by each process."""
    from mapping.reporting import profiles
    from mapping.reporting.held import read_held

    held = read_held(work.settings)
    return held, profiles.basis_of(replace(work.filters, geography=work.by), held=held)


def _document(work: Work, task: Task) -> Document:
    from mapping.reporting import page_links, profiles

    held, basis = _ready(work)
    codes = () if task.of == OVERVIEW else (task.of,)
    filters = replace(basis.filters, codes=codes)
    link = page_links.link_to(filters, "area", work.settings)
    return profiles.document_of(filters, held=held, link=link, date=work.date, basis=basis)


@contextmanager
def _unheard() -> Iterator[None]:
    """Processes that start meanwhile leave Ctrl-C, which goes to all of them, to the one that starts them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def _begin(work: Work) -> None:
    """What a process does first: it sees to it that it ends with the one that started it, and reads."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # What is wrong with the tables is said by the first task: from here it would end the pool.
    with suppress(MappingError):
        _ready(work)


def _end_with_parent() -> None:
    """Ends this process when the one that started it was killed: it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as exc:
        raise UnusableQuestionError(
            "A process ended before its work was done, most often for want of memory. Try `--workers 1`."
        ) from exc
