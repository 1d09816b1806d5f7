"""Writes what people take to a meeting, as the commands make it, and a page of it: `make gallery`."""

import datetime
import io
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image
from playwright.sync_api import sync_playwright

from mapping.analysis.filters import Filters
from mapping.render.documents import pdf
from mapping.render.documents.model import Document
from mapping.reporting import page_links, profile_files, profiles
from mapping.reporting.held import read_held
from mapping.settings import PILOT, ROOT, Settings
from tests.browser import chromium
from tests.browser.conftest import DESKTOP, DRAWN

FOLDER: Final = Path(__file__).with_name("gallery")
PAGE: Final = Path(__file__).with_name("gallery.md")
DATE: Final = datetime.date(2026, 11, 22)
WIDE: Final = 1_400
"""Pixels: a picture of 300 dots an inch is for paper, and this page is for a screen."""
PAGES: Final = 2
PROFILES: Final = ("pdf", "docx", "pptx")
WARD: Final = "E05013097"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One picture of the page."""

    name: str
    title: str
    told: str
    """What to look at."""
    alt: str
    words: tuple[str, ...]
    """The command's, without its output and date."""

    @property
    def command(self) -> str:
        """The command as a person types it."""
        return f"python -m mapping snapshot {shlex.join(self.words)} --out {self.name}.png"


PICTURES: Final = (
    Shown(
        name="explore-a4",
        title="A council on A4",
        told="Neighbourhoods by decile, each with its number; places by shape and number, with their key.",
        alt="An A4 sheet: map of Oxford’s LSOAs by decile with numbered places, key, sources and link.",
        words=("--council", "Oxford"),
    ),
    Shown(
        name="explore-slide",
        title="Another council on a slide",
        told="Wide, with less small print beside the map; nothing that is owed is left out.",
        alt="A slide: map of Torbay’s wards by average rank, key to the right.",
        words=("--council", "Torbay", "--by", "ward", "--paper", "slide"),
    ),
    Shown(
        name="ward-a4-portrait",
        title="One ward",
        told="The ward’s LSOAs in colour, what lies around them pale; the small map says where it is.",
        alt="An A4 sheet, upright: Blackbird Leys and its places.",
        words=("--council", "Oxford", "--ward", "Blackbird Leys", "--orientation", "portrait"),
    ),
    Shown(
        name="gaps-a4",
        title="Gaps",
        told="Shade is need, circles are the people far from a library, numbers rank the largest gaps.",
        alt="An A4 sheet: Oxford’s wards with circles for people farther than 800 m from a library.",
        words=("--link", "gaps?council=Oxford&areas=Ward&category=library"),
    ),
)


def main() -> None:
    """Every file of the gallery, and its page."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for shown in PICTURES:
            out = Path(folder) / f"{shown.name}.png"
            run("snapshot", *shown.words, "--date", DATE.isoformat(), "--out", str(out))
            written(out.read_bytes(), FOLDER / f"{shown.name}.png")
        for name, words in FILES.items():
            run(*words, "--date", DATE.isoformat(), "--out", str(FOLDER / name))
            print(f"docs/gallery/{name}")
    photograph(FOLDER / "travelling.png")
    document = profile()
    for at, body in enumerate(pdf.page_pictures(document)[:PAGES], start=1):
        written(body, FOLDER / f"profile-{at}.png")
    for file_format in PROFILES:
        to = FOLDER / f"profile.{file_format}"
        to.write_bytes(profile_files.document_bytes(document, file_format))
        print(to.relative_to(ROOT))
    PAGE.write_text(page(), encoding="utf-8")


FILES: Final = {
    "ward.pdf": ("snapshot", "--council", "Oxford", "--ward", "Blackbird Leys"),
    "ward.svg": ("snapshot", "--council", "Oxford", "--ward", "Blackbird Leys"),
}
"""Files that are shown whole, and the command of each."""
TRAVELS: Final = ("map", "--council", "Oxford")


def run(*words: str) -> None:
    """Nothing: the command has run. Raises CalledProcessError."""
    subprocess.run([sys.executable, "-m", "mapping", *words], cwd=ROOT, check=True, capture_output=True)


def photograph(to: Path) -> None:
    """Nothing: what a browser shows of the map that travels, opened from disk, is at `to`."""
    executable = chromium.find()
    if executable is None:
        raise SystemExit(chromium.REMEDY)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder) / "oxford.html"
        run(*TRAVELS, "--date", DATE.isoformat(), "--out", str(out))
        browser = chromium.launch(playwright, executable)
        page = browser.new_page(viewport=DESKTOP, locale="en-GB", reduced_motion="reduce")
        page.goto(out.as_uri())
        page.locator(DRAWN).wait_for(state="attached")
        page.screenshot(path=to)
        browser.close()
    print(to.relative_to(ROOT))


def profile() -> Document:
    """The profile of one ward of the pilot."""
    held = read_held(Settings.from_env({"MAPPING_DATA": str(PILOT)}))
    filters = Filters(council="Oxford", geography="ward", codes=(WARD,))
    link = page_links.link_to(filters, "area", held.settings)
    return profiles.profile(WARD, filters, held=held, link=link, date=DATE)


def written(body: bytes, to: Path) -> None:
    """Nothing: the picture is at `to`, as wide as a screen."""
    image = Image.open(io.BytesIO(body)).convert("RGB")
    image.thumbnail((WIDE, WIDE), Image.Resampling.LANCZOS)
    image.save(to, optimize=True)
    print(to.relative_to(ROOT))


def page() -> str:
    """The text of the gallery's page."""
    parts = [
        "# Gallery\n\nWhat people take to a meeting, as the commands make it from the pilot. `make gallery` "
        "writes this page and its pictures; here they are reduced for a screen. [reports.md](reports.md) "
        "says what each thing is for."
    ]
    for shown in PICTURES:
        image = f"![{shown.alt}](gallery/{shown.name}.png)"
        parts.append(f"## {shown.title}\n{shown.told}\n```\n{shown.command}\n```\n{image}")
    parts.append(
        "## A profile\nThe first two pages of a ward’s profile as PDF: tagged, with real tables and "
        "alternative texts. The same comes as Word document, slides and web page.\n```\npython -m mapping "
        "profiles --council Oxford --by ward --format pdf --out profiles\n```\n"
        "![First page of the profile of a ward: where it stands, in both editions](gallery/profile-1.png)\n"
        "![Second page: its domains and people](gallery/profile-2.png)"
    )
    parts.append(
        "## A map that travels\nOne file that opens from disk with the network off: the map, search, tables "
        f"and sources.\n```\npython -m mapping {shlex.join(TRAVELS)} --out oxford.html\n```\n"
        "![The map of Oxford in a browser, with search and filters beside it](gallery/travelling.png)"
    )
    listed = "\n".join(
        f"- [{name}](gallery/{name}): `python -m mapping {shlex.join(words)} --out {name}`"
        for name, words in FILES.items()
    )
    profiles_listed = ", ".join(f"[{name}](gallery/profile.{name})" for name in PROFILES)
    parts.append(f"## Whole files\n{listed}\n- The profile of a ward: {profiles_listed}")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
