"""The ASGI app: the Streamlit pages and, beside them, the files the map fetches."""

import sys

import streamlit as st
from starlette.middleware import Middleware

from mapping import api
from mapping.errors import MappingError
from mapping.render import layers
from mapping.ui import cache

try:
    tile_origin = layers.tile_origin(cache.settings().base_map)
except MappingError as exc:
    sys.exit(str(exc))

app = st.App(
    "mapping/ui/main.py",
    routes=api.routes(
        cache.area_file, cache.place_file, cache.value_file, base_path=st.get_option("server.baseUrlPath")
    ),
    middleware=[Middleware(api.Guard, tile_origin=tile_origin)],
)
