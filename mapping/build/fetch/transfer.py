"""One file over HTTP into its part, from where the last try stopped."""

import os
import re
from pathlib import Path
from typing import Any, Final

import requests
from tqdm import tqdm

from mapping.build.fetch import parts
from mapping.build.fetch.answers import BROKEN, TRIES, unreachable
from mapping.build.fetch.client import Client, limited
from mapping.build.fetch.remedies import LATER
from mapping.errors import ServiceError

RANGE: Final = re.compile(r"bytes (\d+)-\d+/(\d+)")
NOTHING_LEFT: Final = 416


def download(client: Client, address: str, part: Path, *, most_bytes: int, bar: "tqdm[Any]") -> None:
    """Make `part` hold the whole body at `address`.

    What an earlier run left there is kept where the server still has the same file and gives the rest.
    Raises ServiceError; what arrived stays.
    """
    broken: Exception | None = None
    for _ in client.tries():
        try:
            if _receive(client, address, part, most_bytes=most_bytes, bar=bar):
                return
        except BROKEN as exc:
            broken = exc
    if broken is not None:
        raise unreachable(address, broken)
    raise ServiceError(f"{address}: the answer broke off {TRIES} times. {LATER}")


def _receive(client: Client, address: str, part: Path, *, most_bytes: int, bar: "tqdm[Any]") -> bool:
    """Whether `part` is whole after one more try."""
    state = parts.read_state(part)
    held = part.stat().st_size if state.get("address") == address and state.get("validator") else 0
    headers = {"Accept-Encoding": "identity"}
    if held:
        headers |= {"Range": f"bytes={held}-", "If-Range": state["validator"]}
    with client.open(address, headers=headers, accept=NOTHING_LEFT) as answer:
        if answer.status_code == NOTHING_LEFT:
            if held and answer.headers.get("Content-Range") == f"bytes */{held}":
                return True
            parts.discard(part)
            return False
        start, total = _extent(answer)
        # A server that overlooks If-Range would add the end of another file to the beginning of this one.
        if start not in (0, held) or (start and total != state["total"]):
            parts.discard(part)
            return False
        if start == 0:
            part.write_bytes(b"")
            parts.write_state(part, {"address": address, "validator": _validator(answer), "total": total})
        bar.total, bar.n = total, start
        with part.open("ab") as file:
            for piece in limited(answer, address, most_bytes=most_bytes, held=start):
                file.write(piece)
                bar.update(len(piece))
            file.flush()
            os.fsync(file.fileno())
    return total is None or part.stat().st_size == total


def _extent(answer: requests.Response) -> tuple[int, int | None]:
    """From which byte on `answer` gives the file, and how long the file is in all."""
    found = RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    if answer.status_code == 206:
        return (int(found[1]), int(found[2])) if found else (-1, None)
    length = answer.headers.get("Content-Length", "")
    # Where the server packs the body after all, its length is not that of the file.
    return 0, int(length) if length.isdigit() and "Content-Encoding" not in answer.headers else None


def _validator(answer: requests.Response) -> str:
    """What tells that the server still has the same file; blank where the rest cannot be asked for."""
    tag = str(answer.headers.get("ETag", ""))
    if "Content-Encoding" in answer.headers:
        return ""
    # A weak tag does not promise the same bytes.
    return str(answer.headers.get("Last-Modified", "")) if not tag or tag.startswith("W/") else tag
