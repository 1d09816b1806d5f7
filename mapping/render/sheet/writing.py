"""The words of a map, names and deciles, each with its room: what one takes, the other has to do without."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from mapping.render.sheet import deciles, labels, lettering
from mapping.render.sheet.deciles import Decile
from mapping.render.sheet.names import Name
from mapping.render.sheet.picture import Picture
from mapping.render.sheet.room import Ground, Room

ROUNDS: Final = 2
"""Names are placed so often, each time farther from the deciles that had no room before."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """Each in the order of its table; None where one is not written."""

    names: tuple[Name | None, ...]
    deciles: tuple[Decile | None, ...]
    hidden: tuple[str, ...]
    """Names that there was no room for."""

    @property
    def score(self) -> tuple[int, int]:
        """The less, the better: hidden names, and labels not written."""
        return len(self.hidden), sum(each is None for each in self.deciles)


def written(
    free: Room, ground: Ground, named: Ground, picture: Picture, *, scale: float, modest: Collection[int]
) -> Words:
    """Names and deciles on what is free: names keep off where a decile has little choice.

    Parameters
    ----------
    ground, named : the areas, and the polygons of names.
    modest : positions of names that may be missing, for little of their ground is on the map.
    """
    texts = [lettering.clean(str(each)) for each in picture.areas["label"]]
    said = [str(each) for each in picture.names["name"]]
    wished = deciles.place_deciles(free, ground, texts, scale=scale)
    taken, cost, dear = free.taken.copy(), free.cost.copy(), frozenset[int]()
    rounds: list[Words] = []
    for _ in range(ROUNDS):
        free.taken[:], free.cost[:] = taken, cost
        deciles.keep_room(free, wished, dear=dear)
        names = labels.place_names(free, named, said, scale=scale, modest=modest)
        labels.stand(free, taken, [each for each in names if each])
        told = deciles.place_deciles(free, ground, texts, scale=scale)
        rounds.append(Words(names=tuple(names), deciles=tuple(told), hidden=_hidden(said, names, modest)))
        lost = frozenset(i for i, each in enumerate(wished) if each and not told[i])
        if not lost:
            break
        dear |= lost
    return min(rounds, key=lambda each: each.score)


def _hidden(said: list[str], names: list[Name | None], modest: Collection[int]) -> tuple[str, ...]:
    told = enumerate(zip(said, names, strict=True))
    return tuple(name for i, (name, each) in told if each is None and i not in modest and name.strip())
