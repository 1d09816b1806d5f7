"""Where a file is today, as its publisher's list of downloads says."""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

from mapping.build.fetch.addresses import check_hop
from mapping.build.fetch.client import Client
from mapping.build.fetch.remedies import CHANGED
from mapping.errors import ServiceError, SourceChangedError

LIST_BYTES: Final = 20_000_000
"""More than any list of downloads."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a file is, and what its publisher says of it."""

    address: str
    md5: str = ""


def places(client: Client) -> list[Place | ServiceError | SourceChangedError]:
    """Where to try, in order; in place of a list that could not be read, the reason."""
    source = client.source
    found: list[Place | ServiceError | SourceChangedError] = []
    try:
        if source.content_api:
            found.append(_attachment(client))
        if source.form == "os downloads":
            found.append(_os_download(client))
    except (ServiceError, SourceChangedError) as exc:
        found.append(exc)
    pinned = [source.address] if source.form == "file" and source.address else []
    known = {place.address for place in found if isinstance(place, Place)}
    further = [address for address in (*pinned, *source.moved) if address not in known]
    return [*found, *(Place(address=address) for address in further)]


def _attachment(client: Client) -> Place:
    """The attachment of a gov.uk page whose title begins as the registry says."""
    source = client.source
    said = client.read_json(source.content_api, most_bytes=LIST_BYTES)
    details = said.get("details") if isinstance(said, dict) else None
    listed = details.get("attachments") if isinstance(details, dict) else None
    # "File 1" must not find "File 10".
    title = re.compile(re.escape(source.content_title) + r"\b", re.IGNORECASE)
    for each in _dicts(listed):
        if title.match(str(each.get("title", "")).strip()) and each.get("url"):
            return _led(client, source.content_api, str(each["url"]))
    raise SourceChangedError(
        f"{source.content_api} lists nothing that begins with {source.content_title!r}. {CHANGED}"
    )


def _os_download(client: Client) -> Place:
    """The download of an Ordnance Survey product that has the area and format of the registry."""
    source = client.source
    listed = _dicts(client.read_json(source.address, most_bytes=LIST_BYTES))
    for each in listed:
        if (each.get("area"), each.get("format")) == (source.area, source.format) and each.get("url"):
            place = _led(client, source.address, str(each["url"]))
            return Place(address=place.address, md5=str(each.get("md5") or "").lower())
    offered = ", ".join(sorted({f"{each.get('area')} {each.get('format')}" for each in listed})) or "nothing"
    raise SourceChangedError(
        f"{source.address} offers {offered}, not {source.area} {source.format}. {CHANGED}"
    )


def _dicts(listed: Any) -> list[dict[str, Any]]:
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _led(client: Client, asked: str, found: str) -> Place:
    """A place named by a list: looked at as a redirect is."""
    address = urljoin(asked, found)
    check_hop(asked, address, is_http_allowed=client.source.is_http_allowed)
    return Place(address=address)
