"""What may differ from one installation to the next; made once at a door, passed as an argument."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PILOT = ROOT / "data" / "pilot"
BUILT = ROOT / "data" / "processed"
MARK = "districts.parquet"
"""A folder that holds this table holds a built atlas."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where tables live and what the map is drawn on."""

    data: Path
    """Folder of built tables, each with a source card."""
    boundaries: Path
    """Folder of GeoParquet boundaries, each with a source card."""
    base_map: str
    """An xyzservices provider name, or `none` for a plain background."""

    address: str = ""
    """Where people reach the site, for links in files; blank where it is not known."""

    raw: Path = ROOT / "data" / "raw"
    """Folder of publishers' files as fetched."""

    registry: Path = ROOT / "data" / "registry.toml"
    """What there is to fetch, and from where."""

    built: Path = BUILT
    """Folder that `build` writes to; its boundaries go to `boundaries` inside."""

    added: Path = ROOT / "data" / "added"
    """Folder of this installation's own places, as `place` wrote them; it need not be there."""

    streets: Path | None = None
    """A file of streets to measure on foot along; None: distances are straight lines."""

    name: str = ""
    """Whose installation it is, such as `Oxford City Council`: on pictures, documents and embedded maps."""

    logo: Path | None = None
    """A PNG or JPEG of the same; None: no logo."""

    picture_base_map: str = "none"
    """What is under the areas of a picture: an xyzservices provider name, or `none`."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """The settings that `env` describes; where it says nothing, what was built, or the embedded pilot.

        `MAPPING_DATA`: folder of built tables. `MAPPING_BOUNDARIES`: folder of boundaries, by default
        `boundaries` in that of the tables. `MAPPING_RAW`: folder of publishers' files as fetched.
        `MAPPING_REGISTRY`: what there is to fetch, and from where. `MAPPING_ADDED`: folder of one's own
        places. `MAPPING_STREETS`: a file of streets to measure along.
        `MAPPING_BASE_MAP`: an xyzservices provider name such as `OpenStreetMap.Mapnik`, or `none`.
        `MAPPING_ADDRESS`: the site's address, such as `https://atlas.example.org/`.
        `MAPPING_NAME` and `MAPPING_LOGO`: the name and the logo, a PNG or JPEG, of whose installation it is.
        `MAPPING_PICTURE_BASE_MAP`: as `MAPPING_BASE_MAP`, for pictures: the server fetches the tiles.
        """
        built = Path(env.get("MAPPING_DATA") or BUILT)
        data = built if env.get("MAPPING_DATA") or (built / MARK).exists() else PILOT
        inside = ROOT if data.resolve() == PILOT else data
        return cls(
            data=data,
            boundaries=Path(env.get("MAPPING_BOUNDARIES") or inside / "boundaries"),
            raw=Path(env.get("MAPPING_RAW") or ROOT / "data" / "raw"),
            registry=Path(env.get("MAPPING_REGISTRY") or ROOT / "data" / "registry.toml"),
            built=built,
            added=Path(env.get("MAPPING_ADDED") or ROOT / "data" / "added"),
            streets=Path(env["MAPPING_STREETS"]) if env.get("MAPPING_STREETS") else None,
            base_map=env.get("MAPPING_BASE_MAP") or "OpenStreetMap.Mapnik",
            address=env.get("MAPPING_ADDRESS") or "",
            name=env.get("MAPPING_NAME") or "",
            logo=Path(env["MAPPING_LOGO"]) if env.get("MAPPING_LOGO") else None,
            picture_base_map=env.get("MAPPING_PICTURE_BASE_MAP") or "none",
        )
