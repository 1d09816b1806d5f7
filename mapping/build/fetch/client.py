"""Requests to one publisher's servers: polite, patient, and wary of where they lead."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import InvalidHeader, MaxRetryError, ResponseError
from urllib3.util.retry import Retry

from mapping.build.fetch.addresses import check_address, check_hop
from mapping.build.fetch.answers import BROKEN, TIMEOUT_S, TRIES, allowed, is_page, unreachable
from mapping.build.fetch.remedies import CORRECT, LATER
from mapping.errors import ServiceError
from mapping.registry import Source

USER_AGENT: Final = "CommonsAtlas/0.1 (python -m mapping fetch; open data for English councils)"
SILENT_TRIES: Final = 2
"""How often more a server that does not answer at all is asked."""
REDIRECTS: Final = 10
LONGEST_WAIT_S: Final = 120
"""A server that asks to wait longer than this is left alone: the person decides."""
BUSY: Final = (429, 500, 502, 503, 504)
CHUNK: Final = 1 << 14
"""What is lost at most where an answer breaks off."""


class Patience(Retry):
    """Waits as the server asks, but not for hours."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        """The patience that is left; none where the server asks to wait too long."""
        wait = self.get_retry_after(response) if response is not None else None
        if wait and wait > LONGEST_WAIT_S and _pool is not None:
            raise MaxRetryError(_pool, url or "", ResponseError(f"asks to wait {wait:.0f} s"))
        return super().increment(method, url, response, error, _pool, _stacktrace)

    def parse_retry_after(self, retry_after: str) -> float:
        """The seconds that a server asks to wait; 0 where what it says is neither a number nor a date."""
        try:
            return super().parse_retry_after(retry_after)
        except InvalidHeader:
            return 0.0

    def get_backoff_time(self) -> float:
        """Seconds before the next try; urllib3 would make the first one at once."""
        return max(super().get_backoff_time(), min(self.backoff_factor, self.backoff_max))


@dataclass
class Hosts:
    """What one run knows of the hosts it asks, shared by all its clients."""

    asked_at: dict[str, float] = field(default_factory=dict)
    """When each was last asked."""
    silent: dict[str, Exception] = field(default_factory=dict)
    """Those that do not answer at all, and how that showed: not worth another wait."""


class Client:
    """Asks for what one entry of the registry names; a context manager."""

    def __init__(self, source: Source, hosts: Hosts) -> None:
        self.source = source
        self.hosts = hosts
        self.session = requests.Session()
        self.session.headers["User-Agent"] = USER_AGENT
        patience = Patience(
            total=TRIES,
            connect=SILENT_TRIES,
            read=SILENT_TRIES,
            backoff_factor=source.backoff_s,
            backoff_max=LONGEST_WAIT_S,
            status_forcelist=BUSY,
            allowed_methods={"GET"},
            raise_on_status=False,
        )
        for scheme in ("https://", "http://"):
            self.session.mount(scheme, HTTPAdapter(max_retries=patience))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.session.close()

    def open(
        self,
        address: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: int = 200,
    ) -> requests.Response:
        """The answer at `address`, its body not read yet; redirects are followed, each looked at first.

        Raises ServiceError where the server says no (any status from 400 on but `accept`) or nothing.
        """
        check_address(address, is_http_allowed=self.source.is_http_allowed)
        asked = address
        for _ in range(REDIRECTS):
            answer = self._ask(asked, params=params, headers=headers)
            if not answer.is_redirect:
                return allowed(answer, address, accept=accept)
            answer.close()
            led = urljoin(asked, answer.headers["Location"])
            check_hop(asked, led, is_http_allowed=self.source.is_http_allowed)
            asked, params = led, None
        raise ServiceError(f"{address}: leads on more than {REDIRECTS} times. {CORRECT}")

    def _ask(
        self, address: str, *, params: Mapping[str, str] | None, headers: Mapping[str, str] | None
    ) -> requests.Response:
        host = urlsplit(address).netloc
        if host in self.hosts.silent:
            raise unreachable(address, self.hosts.silent[host])
        since = time.monotonic() - self.hosts.asked_at.get(host, float("-inf"))
        time.sleep(max(0.0, self.source.pause_s - since))
        self.hosts.asked_at[host] = time.monotonic()
        try:
            return self.session.get(
                address, params=params, headers=headers, stream=True, allow_redirects=False, timeout=TIMEOUT_S
            )
        except BROKEN as exc:
            if not isinstance(exc, requests.exceptions.ReadTimeout):
                self.hosts.silent[host] = exc
            raise unreachable(address, exc) from exc
        except requests.exceptions.RequestException as exc:
            raise ServiceError(f"{address}: no sense can be made of it: {exc}. {LATER} {CORRECT}") from exc

    def read(self, address: str, *, params: Mapping[str, str] | None = None, most_bytes: int) -> bytes:
        """The body at `address`, tried again where it breaks off. Raises ServiceError."""
        broken: Exception | None = None
        for _ in self.tries():
            try:
                with self.open(address, params=params) as answer:
                    return b"".join(limited(answer, address, most_bytes=most_bytes))
            except BROKEN as exc:
                broken = exc
        raise unreachable(address, broken)

    def read_json(self, address: str, *, params: Mapping[str, str] | None = None, most_bytes: int) -> Any:
        """The JSON at `address`, tried again where it is not whole. Raises ServiceError."""
        body = b""
        for _ in self.tries():
            body = self.read(address, params=params, most_bytes=most_bytes)
            try:
                return json.loads(body)
            except ValueError:
                if is_page(body):
                    break
        what = (
            "a web page came instead of data" if is_page(body) else "the data came cut short, or is not JSON"
        )
        raise ServiceError(f"{address}: {what}. {LATER} If it stays so: {CORRECT}")

    def tries(self) -> Iterator[int]:
        """A number for each try, with a longer wait before each."""
        for number in range(TRIES):
            if number:
                time.sleep(min(self.source.backoff_s * 2 ** (number - 1), LONGEST_WAIT_S))
            yield number


def limited(answer: requests.Response, address: str, *, most_bytes: int, held: int = 0) -> Iterator[bytes]:
    """The pieces of a body; raises ServiceError as soon as it, with what is `held`, is too large."""
    announced = answer.headers.get("Content-Length", "")
    size = held + (int(announced) if announced.isdigit() else 0)
    if size <= most_bytes:
        size = held
        for piece in answer.iter_content(CHUNK):
            size += len(piece)
            if size > most_bytes:
                break
            yield piece
    if size > most_bytes:
        raise ServiceError(
            f"{address}: more than {most_bytes / 1e6:,.0f} MB came, far more than expected: not taken. "
            f"{CORRECT} If it has grown, correct its size_mb there."
        )
