"""One module a page.

Not called `pages`: Streamlit runs the files of a folder of that name, beside its main script, by
themselves whenever an address is opened before the app has said what its pages are.
"""
