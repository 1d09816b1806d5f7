"""The map that travels: one HTML file that holds its script, shapes, places and tables, and asks for nothing.

It opens from a disk, an e-mail or a stick without a network. Names reach it as JSON and are shown with
`textContent`, or stand in tables as escaped text; a policy inside the file forbids every request and every
script but the two that it names by their hash.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any, Final

from mapping.errors import UnusableFileError
from mapping.render import assets, layers, travelling_letters, travelling_page
from mapping.render.about import require_attribution
from mapping.render.documents.wording import each_text, plain
from mapping.render.shapes import GeoFile
from mapping.render.travelling_model import Details, Travelling

MOST_BYTES: Final = 3_000_000
"""What a mail server still takes, and an old laptop opens at once."""
PARTS: Final = ("travel_table.js", "travel_find.js", "travel.js")
"""Our scripts, in order; they share one closure."""
STYLE: Final = "travel.css"
TEXTS: Final = (
    "title", "subtitle", "summary", "places", "areas", "details", "opening", "lines", "about", "owner",
)  # fmt: skip
"""What of the map is words; the rest is numbers, codes and files."""


def travelling_map(travelling: Travelling) -> bytes:
    """The file: one HTML page, complete in itself; the same bytes each time.

    Raises
    ------
    AttributionError : a source of its `about` has no sentence to show, or there is no source.
    UnusableFileError : it would be larger than `MOST_BYTES`.
    """
    require_attribution(travelling.about)
    told = _clean(travelling)
    scripts = (_inert_script(assets.assets()[assets.SCRIPT].body.decode()), _inert_script(_script()))
    page = travelling_page.page(
        told, style=_style(), data=_data(told), scripts=scripts, policy=content_policy(scripts)
    )
    body = page.encode()
    if len(body) > MOST_BYTES:
        raise UnusableFileError(
            f"“{travelling.title}” was not made: the file would have {len(body) / 1e6:.1f} MB, and at most "
            f"{MOST_BYTES / 1e6:.0f} MB travel well. Choose wards instead of LSOAs, or fewer places."
        )
    return body


def content_policy(scripts: Iterable[str]) -> str:
    """The Content-Security-Policy of the file: no request at all, and no script but `scripts`."""
    hashes = (base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts)
    named = " ".join(f"'sha256-{each}'" for each in hashes)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {named}",
            "style-src 'unsafe-inline'",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _clean(travelling: Travelling) -> Travelling:
    """The same with every text free of controls and of marks that turn the reading order."""
    changed: dict[str, Any] = {name: each_text(getattr(travelling, name), plain) for name in TEXTS}
    return replace(travelling, **changed)


def _data(travelling: Travelling) -> dict[str, str]:
    """What the script reads, by the name of its block: JSON that cannot end the block."""
    shell = layers.shell("none", kind=travelling.kind, is_still=False)
    files = {file.address: _inert_json(file) for file in travelling.files}
    return {
        "shell": layers.script_json(shell),
        "state": layers.state_json(travelling.state),
        "details": layers.script_json(_told([*travelling.details, replace(travelling.opening, id="")])),
        **files,
    }


def _told(details: Iterable[Details]) -> dict[str, Any]:
    """What is told of each thing by its id, without what is blank; labels and values by place in `words`.

    Sources, licences and labels are the same for many: each is written once.
    """
    words: dict[str, int] = {}

    def told(each: Details) -> dict[str, Any]:
        named = {"title": each.title, "subtitle": each.subtitle, "notes": each.notes, "said": each.said}
        facts = [[words.setdefault(text, len(words)) for text in pair] for pair in each.facts]
        return {name: value for name, value in (named | {"facts": facts}).items() if value}

    by_id = {each.id: told(each) for each in details}
    return {"words": list(words), "of": by_id}


def _inert_json(file: GeoFile) -> str:
    # The marks occur in names alone: JSON's own syntax has none of them.
    return file.body.decode().translate(layers.INERT)


def _script() -> str:
    ours = "\n".join(map(_ours, PARTS))
    return f"(function () {{\n'use strict';\n{ours}\n}}());\n"


def _style() -> str:
    return f"{travelling_letters.faces()}\n{_ours(STYLE)}"


@cache
def _ours(name: str) -> str:
    return (assets.OURS / name).read_text(encoding="utf-8")


def _inert_script(script: str) -> str:
    """`script`, which nothing in it can end: in a string of JavaScript `<\\/` is `</`."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
