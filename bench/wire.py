"""A door of its own to a server on this machine, at which every byte is counted."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Wire:
    """Bytes that went through, in both directions, at the level of TCP."""

    def __init__(self) -> None:
        self.origin = ""
        self.counted = 0

    async def serve(self, host: str, port: int, ready: threading.Event, done: asyncio.Event) -> None:
        """Pass everything on to `host:port` until `done`."""

        async def passed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # Cancelled at the end, while the browser still holds the line: no fault.
            with suppress(asyncio.CancelledError):
                answers, requests = await asyncio.open_connection(host, port)
                await asyncio.gather(self._pump(reader, requests), self._pump(answers, writer))

        server = await asyncio.start_server(passed_on, "127.0.0.1", 0)
        self.origin = f"http://localhost:{server.sockets[0].getsockname()[1]}"
        ready.set()
        await done.wait()
        server.close()
        open_lines = asyncio.all_tasks() - {asyncio.current_task()}
        for line in open_lines:
            line.cancel()
        await asyncio.gather(*open_lines, return_exceptions=True)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while block := await reader.read(65_536):
                self.counted += len(block)
                writer.write(block)
                await writer.drain()
        with suppress(ConnectionError, OSError):
            writer.close()


@contextmanager
def counting(origin: str) -> Iterator[Wire]:
    """A wire to the server at `origin`."""
    wire = Wire()
    address = urlsplit(origin)
    loop = asyncio.new_event_loop()
    ready, done = threading.Event(), asyncio.Event()
    serving = wire.serve("127.0.0.1", address.port or 80, ready, done)
    thread = threading.Thread(target=loop.run_until_complete, args=(serving,), daemon=True)
    thread.start()
    if not ready.wait(10):
        raise RuntimeError("The counting door did not open")
    try:
        yield wire
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(10)
