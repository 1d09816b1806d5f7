"""Whom the server speaks to, as `.streamlit/config.toml` has it."""

import socket
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser.running import ROOT, Running, running

ANY_SCRIPT = ROOT / "bench" / "bare" / "rerun.py"


def is_welcome(server: Running, host: str, origin: str | None = None) -> bool:
    """Whether a browser that calls the server `host` may open a session."""
    port = urlsplit(server.origin).port
    address = f"ws://{host}:{port}/_stcore/stream"
    try:
        # Called so, but reached on this machine.
        line = socket.create_connection(("127.0.0.1", port))
        with connect(address, sock=line, origin=origin, subprotocols=["streamlit"], proxy=None):
            return True
    except InvalidStatus as refused:
        assert refused.response.status_code == 403
        return False


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_this_machine_is_welcome(app, host):
    assert is_welcome(app, host)


@pytest.mark.parametrize("host", ["atlas.example.org", "localhost.example.org"])
def test_a_name_nobody_allowed_is_refused(app, host):
    assert not is_welcome(app, host)


def test_a_page_of_another_site_is_refused(app):
    assert not is_welcome(app, "localhost", origin="https://example.org")


def test_an_installation_names_its_hosts():
    with running(ANY_SCRIPT, env={"STREAMLIT_SERVER_ALLOWED_HOSTS": "atlas.example.org"}) as server:
        assert is_welcome(server, "atlas.example.org")
        assert not is_welcome(server, "localhost")


@pytest.mark.parametrize("path", ["/sources", "/directory"])
def test_the_first_visitor_of_all_may_come_by_any_address(browser, path):
    with running(env={"MAPPING_BASE_MAP": "none"}) as server:
        page = browser.new_page()
        page.goto(server.origin + path)
        page.get_by_role("heading", level=1).wait_for()
        assert page.get_by_role("link", name="main", exact=True).count() == 0
        page.close()
