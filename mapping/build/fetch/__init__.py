"""Bring the publishers' files to this machine: the only code that asks a server of others for anything."""

from mapping.build.fetch.command import fetch

__all__ = ["fetch"]
