"""What an answer, or none, of a publisher's server means to a person."""

from typing import Final

import requests

from mapping.build.fetch.remedies import BY_HAND, CORRECT, LATER
from mapping.errors import ServiceError

TIMEOUT_S: Final = (10.0, 60.0)
"""To connect, and between two pieces of an answer."""
TRIES: Final = 5
BROKEN: Final = (
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ConnectionError,
    requests.exceptions.ContentDecodingError,
    requests.exceptions.Timeout,
)
"""What `requests` raises where an answer does not come, or breaks off."""


def is_page(body: bytes) -> bool:
    """Whether `body` begins as a web page does, or a notice in XML: no file that is fetched begins so."""
    return body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def unreachable(address: str, exc: Exception | None) -> ServiceError:
    """What a person is told where no whole answer came from `address`."""
    if isinstance(exc, requests.exceptions.SSLError):
        return ServiceError(
            f"{address}: its certificate is not trusted here. Where your network looks into traffic, set "
            f"REQUESTS_CA_BUNDLE to its certificate. {BY_HAND}"
        )
    if isinstance(exc, requests.exceptions.ProxyError):
        return ServiceError(f"{address}: your network's proxy refused it. {BY_HAND}")
    if isinstance(exc, requests.exceptions.Timeout):
        return ServiceError(f"{address}: no answer within {TIMEOUT_S[1]:.0f} s. {LATER}")
    if isinstance(exc, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return ServiceError(f"{address}: the answer broke off {TRIES} times. {LATER}")
    return ServiceError(f"{address}: it cannot be reached. {LATER} {BY_HAND}")


def allowed(answer: requests.Response, address: str, *, accept: int) -> requests.Response:
    """`answer`, whose status is good or `accept`; raises ServiceError with the remedy for any other."""
    status = answer.status_code
    if status < 400 or status == accept:
        return answer
    wait = answer.headers.get("Retry-After", "")
    answer.close()
    said = f"{address}: HTTP {status}"
    if status in (404, 410):
        raise ServiceError(f"{said}, it is not there any more. {CORRECT}")
    if status in (401, 403, 407, 451):
        raise ServiceError(f"{said}, access refused. {BY_HAND}")
    if status == 429:
        raise ServiceError(
            f"{said}, too many requests{f'; it asks to wait {wait} s' if wait else ''}. {LATER}"
        )
    raise ServiceError(
        f"{said}, {'the server is in trouble' if status >= 500 else 'not accepted'}. {LATER} {CORRECT}"
    )
