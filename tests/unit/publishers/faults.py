"""What goes wrong at publishers, each as one answer: put them in `Publishers.faults[path]`."""

import threading
from collections.abc import Callable

from tests.unit.publishers.server import Handler, tag_of

Fault = Callable[[Handler], bool]
PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>Sorry</title></head><body>We are down for maintenance</body></html>"
)


def status(code: int, **headers: str) -> Fault:
    """An answer with that status and nothing else; `Retry_After="1"` is a header."""

    def fault(handler: Handler) -> bool:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.answer(code, b"", named)
        return True

    return fault


def page(handler: Handler) -> bool:
    """A web page with status 200."""
    handler.answer(200, PAGE, {"Content-Type": "text/html"})
    return True


def body(content: bytes) -> Fault:
    """`content` with status 200."""

    def fault(handler: Handler) -> bool:
        handler.answer(200, content, {})
        return True

    return fault


def error(code: int, message: str) -> Fault:
    """ArcGIS's own error, with status 200."""

    def fault(handler: Handler) -> bool:
        handler.json({"error": {"code": code, "message": message, "details": []}})
        return True

    return fault


def hang_up(after: int) -> Fault:
    """The file, of which only `after` bytes more come."""

    def fault(handler: Handler) -> bool:
        whole = handler.answer
        # One answer of this handler only: the class is untouched.
        handler.answer = lambda status, body, headers=None: whole(status, body, headers, cut=after)
        try:
            handler.file(handler.publishers.files[handler.route])
        finally:
            del handler.answer
        return True

    return fault


def overlook_if_range(handler: Handler) -> bool:
    """The rest that was asked for, though the file is another by now."""
    whole = handler.publishers.files[handler.route]
    start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
    handler.answer(206, whole[start:], {"Content-Range": f"bytes {start}-{len(whole) - 1}/{len(whole)}"})
    return True


def stall(after: int, *, sent: threading.Event, go_on: threading.Event) -> Fault:
    """The file, of which `after` bytes come at once and the rest when `go_on` is set."""

    def fault(handler: Handler) -> bool:
        whole = handler.publishers.files[handler.route]
        handler.send_response(200)
        handler.send_header("ETag", tag_of(whole))
        handler.send_header("Content-Length", str(len(whole)))
        handler.end_headers()
        handler.wfile.write(whole[:after])
        handler.wfile.flush()
        sent.set()
        go_on.wait(timeout=60)
        handler.close_connection = True
        return True

    return fault
