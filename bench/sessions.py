"""People at the app without a browser: each a WebSocket that speaks Streamlit's own protocol."""

import time
from dataclasses import dataclass, field
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE_S = 60


@dataclass
class Session:
    """One person's page, opened at `query`."""

    origin: str
    query: str
    socket: ClientConnection | None = None
    widgets: dict[str, Any] = field(default_factory=dict)
    """Each widget the page has shown, by the key its code gave it."""
    maps: int = 0
    """How often the page has sent something new for the map."""

    async def __aenter__(self) -> Self:
        address = self.origin.replace("http", "ws", 1) + "/_stcore/stream"
        self.socket = await connect(
            address, subprotocols=["streamlit"], max_size=None, open_timeout=PATIENCE_S, proxy=None
        )
        await self.rerun(BackMsg())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.socket:
            await self.socket.close()

    async def choose(self, key: str, value: str) -> float:
        """Choose `value` in the select box `key`; seconds until the page's script has run to its end."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = self.widgets[key].id, value
        return await self.rerun(message)

    async def rerun(self, message: BackMsg) -> float:
        """Seconds from asking for a run to its end."""
        if self.socket is None:
            raise RuntimeError("Not connected")
        message.rerun_script.query_string = self.query
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        async for received in self.socket:
            answer = ForwardMsg.FromString(received if isinstance(received, bytes) else received.encode())
            if self._is_end(answer):
                return time.perf_counter() - started
        raise ConnectionError("The server hung up")

    def _is_end(self, answer: ForwardMsg) -> bool:
        kind = answer.WhichOneof("type")
        if kind == "page_info_changed":
            self.query = answer.page_info_changed.query_string
        if kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            element = answer.delta.new_element
            shown = getattr(element, element.WhichOneof("type"))
            # A widget's id ends with the key that the page's code gave it.
            if getattr(shown, "id", "").startswith("$$ID-"):
                self.widgets[shown.id.split("-", 2)[2]] = shown
            self.maps += element.WhichOneof("type") == "component_instance"
            if element.WhichOneof("type") == "exception":
                raise RuntimeError(f"The page failed: {element.exception.message}")
        return bool(kind == "script_finished" and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY)
