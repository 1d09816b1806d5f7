"""The least a Streamlit page does when a choice changes."""

import streamlit as st

choice = st.selectbox("Index", ["One", "Two", "Three", "Four"], key="choose-index")
st.markdown(f"Chosen: {choice}")
