"""A bare Streamlit page with a folium map, its Leaflet served from here as the app serves its own."""

from importlib.metadata import distribution
from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles


def assets(package: str, folder: str) -> Mount:
    """The files of an XStatic package under `/assets/NAME`."""
    path = distribution(package).locate_file(f"xstatic/pkg/{folder}/data")
    return Mount(f"/assets/{folder}", StaticFiles(directory=str(path)))


app = st.App(
    Path(__file__).with_name("map.py"),
    routes=[assets("XStatic-Leaflet", "leaflet")],
)
