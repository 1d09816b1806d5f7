"""What a page that AppTest ran holds: its link and its words."""

from streamlit.testing.v1 import AppTest


def linked(app: AppTest) -> dict[str, list[str]]:
    """The query of the page's link, every value as a list."""
    return {key: value if isinstance(value, list) else [value] for key, value in app.query_params.items()}


def words(app: AppTest) -> str:
    """What the page says, without the signs that keep text from being Markdown."""
    sinks = (*app.markdown, *app.info, *app.warning, *app.caption)
    return "\n".join(each.value for each in sinks).replace("\\", "")
