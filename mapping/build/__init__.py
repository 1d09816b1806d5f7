"""Raw to processed: the only code that writes Parquet, each table with its source card."""

from mapping.build.files import build
from mapping.build.pilot import build_pilot

__all__ = ["build", "build_pilot"]
