"""What may differ from one installation to the next; made once at a door, passed as an argument."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """The settings that `env` describes; the embedded pilot where it says nothing.

        `MAPPING_DATA`: folder of built tables. `MAPPING_BOUNDARIES`: folder of boundaries.
        `MAPPING_BASE_MAP`: an xyzservices provider name such as `OpenStreetMap.Mapnik`, or `none`.
        `MAPPING_ADDRESS`: the site's address, such as `https://atlas.example.org/`.
        """
        return cls(
            data=Path(env.get("MAPPING_DATA") or ROOT / "data" / "pilot"),
            boundaries=Path(env.get("MAPPING_BOUNDARIES") or ROOT / "boundaries"),
            base_map=env.get("MAPPING_BASE_MAP") or "OpenStreetMap.Mapnik",
            address=env.get("MAPPING_ADDRESS") or "",
        )
