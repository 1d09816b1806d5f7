"""The least a Streamlit page does to draw the same areas with folium."""

import os

import folium
import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

folium.Map.default_js = [("leaflet", "/assets/leaflet/leaflet.js")]
folium.Map.default_css = [("leaflet_css", "/assets/leaflet/leaflet.css")]
COLOURS = (
    "#440154",
    "#482878",
    "#3e4989",
    "#31688e",
    "#26828e",
    "#1f9e89",
    "#35b779",
    "#6ece58",
    "#b5de2b",
    "#fde725",
)


@st.cache_resource
def areas() -> gpd.GeoDataFrame:
    read = gpd.read_parquet(os.environ["BENCH_AREAS"]).to_crs("EPSG:4326")
    return read.assign(colour=[COLOURS[n % 10] for n in range(len(read))])


st.title("Areas")
west, south, east, north = areas().total_bounds
shown = folium.Map(tiles=None)
shown.fit_bounds([[south, west], [north, east]])
folium.GeoJson(
    areas().to_json(),
    style_function=lambda area: {"fillColor": area["properties"]["colour"], "fillOpacity": 0.7, "weight": 1},
).add_to(shown)
st_folium(shown, height=560, use_container_width=True, returned_objects=[])
