"""A map that travels, read as a browser without a script reads it."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Read:
    """What the page holds."""

    policy: str = ""
    title: str = ""
    words: str = ""
    """All text of the page that a reader sees."""
    headings: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    """Addresses that a browser would ask for by itself."""
    scripts: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    """`data-id` of each row."""

    @property
    def hashes(self) -> list[str]:
        """The hash of each script that runs, as a policy names it."""
        digests = (hashlib.sha256(each.encode()).digest() for each in self.scripts)
        return [f"'sha256-{base64.b64encode(each).decode()}'" for each in digests]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.read = Read()
        self.inside: list[str] = []
        self.holds: str | None = None
        self.table: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        read = self.read
        assert not any(name.startswith("on") for name in told), told
        if tag == "meta" and told.get("http-equiv") == "Content-Security-Policy":
            read.policy = told["content"]
        if tag == "a":
            read.links.append(told["href"])
        elif tag in {"img", "script", "iframe", "link", "source", "object"}:
            read.fetched += [told[name] for name in ("src", "href") if name in told]
        if tag == "script":
            self.holds = told.get("data-holds")
            if self.holds is None:
                read.scripts.append("")
        if tag == "table":
            self.table = read.tables.setdefault(told.get("id", "sources"), [])
        if tag == "tr":
            self.table.append([])
            read.ids += [told["data-id"]] if "data-id" in told else []
        if tag in {"td", "th"}:
            self.table[-1].append("")
        if tag in {"h1", "h2", "h3"}:
            read.headings.append("")
        if tag not in {"meta", "link", "img", "br", "input"}:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        read, tag = self.read, self.inside[-1] if self.inside else ""
        if tag == "script":
            if self.holds is None:
                read.scripts[-1] += data
            else:
                read.data[self.holds] = json.loads(data)
        elif tag == "title":
            read.title = data
        elif tag != "style":
            read.words += data
            if tag in {"td", "th"}:
                self.table[-1][-1] += data
            if {"h1", "h2", "h3"} & {*self.inside}:
                read.headings[-1] += data


def read(body: bytes) -> Read:
    """The page in `body`; its tags are closed in order, and none has a handler."""
    reader = _Reader()
    reader.feed(body.decode())
    reader.close()
    assert reader.inside == []
    return reader.read


def details(page: Read, named: str) -> dict[str, Any]:
    """What the script tells of one thing: title, subtitle, notes, said and facts as a dictionary."""
    told = page.data["details"]
    found = told["of"][named]
    words = told["words"]
    return {**found, "facts": {words[label]: words[value] for label, value in found.get("facts", [])}}
