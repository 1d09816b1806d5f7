"""The Streamlit pages: thin doors to the functions below."""
