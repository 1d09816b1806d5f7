"""(c) Ten people who each change a filter every few seconds, against one; (e) the memory of sessions."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Final

import psutil

from bench.figures import Figure, p95, rounded
from bench.opening import COUNCIL, INDEX, PLAIN
from bench.sessions import Session
from mapping.editions import INDICES
from tests.browser.running import running

ROUNDS: Final = 3
USERS: Final = 10
CHANGES: Final = 8
THINK_S: Final = (1.0, 3.0)
"""A person looks at the map this long, more or less, before the next choice."""
TARGET: Final = 3
SESSIONS: Final = 50
QUERY: Final = f"council={COUNCIL[0]}"


def figures() -> Iterator[Figure]:
    """One figure for users, two for memory."""
    with running(env=PLAIN) as app:
        yield asyncio.run(_users(app.origin))
    with running(env=PLAIN) as app:
        yield from asyncio.run(_memory(app.origin, psutil.Process(app.pid)))


async def _users(origin: str) -> Figure:
    chance = random.Random(1)
    alone, together = [], []
    await _changes(origin, 1, 3, chance)
    for _ in range(ROUNDS):
        alone += await _changes(origin, 1, CHANGES * 2, chance)
        together += await _changes(origin, USERS, CHANGES, chance)
    return Figure(
        figure=f"filter changed with {USERS} active users, 95th percentile",
        value=rounded(p95(together)),
        unit="s",
        ratio=rounded(p95(together) / p95(alone)),
        target=TARGET,
        detail={"one user": rounded(p95(alone)), "changes": [len(alone), len(together)], "think_s": THINK_S},
    )


async def _changes(origin: str, users: int, changes: int, chance: random.Random) -> list[float]:
    """How long each change of each user took, in seconds."""
    async with AsyncExitStack() as open_sessions:
        sessions = [await open_sessions.enter_async_context(Session(origin, QUERY)) for _ in range(users)]
        seeds = [chance.random() for _ in sessions]
        each = await asyncio.gather(
            *(_use(s, changes, seed) for s, seed in zip(sessions, seeds, strict=True))
        )
    return [took for times in each for took in times]


async def _use(session: Session, changes: int, seed: float) -> list[float]:
    """One person's changes, with a pause to look before each."""
    chance = random.Random(seed)
    titles = list(INDICES.values())[1:]
    times = []
    for turn in range(changes):
        await asyncio.sleep(chance.uniform(*THINK_S))
        before = session.maps
        times.append(await session.choose(INDEX, titles[turn % len(titles)]))
        if session.maps == before:
            raise RuntimeError("A choice did not change the map")
    return times


async def _memory(origin: str, process: psutil.Process) -> Iterator[Figure]:
    at_start = megabytes(process)
    async with AsyncExitStack() as open_sessions:
        for n in range(SESSIONS):
            session = await open_sessions.enter_async_context(Session(origin, QUERY))
            await session.choose(INDEX, list(INDICES.values())[1 + n % 7])
            if n == 0:
                after_one = megabytes(process)
        at_end = megabytes(process)
    return iter(
        (
            Figure(figure="server memory at start", value=at_start, unit="MB"),
            Figure(
                figure=f"server memory after {SESSIONS} sessions, all still open",
                value=at_end,
                unit="MB",
                detail={"after one": after_one, "a session": rounded((at_end - after_one) / (SESSIONS - 1))},
            ),
        )
    )


def megabytes(process: psutil.Process) -> float:
    """Memory of the server and its children that is in use (resident)."""
    family = (process, *process.children(recursive=True))
    return rounded(sum(each.memory_info().rss for each in family) / 1e6)
