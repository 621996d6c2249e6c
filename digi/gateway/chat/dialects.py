"""How changes look on a socket. Each is rendered once per change and process, whatever the number of sockets."""

from collections.abc import Mapping
from typing import Any

from digi.errors import DigiError
from digi.kit import sealed
from digi.live.changes import ROOM, Change, Signal, split
from digi.protocol import codec, frames, simple
from digi.protocol.ids import ROOM as ROOM_ID
from digi.protocol.objects import Message

ME = "me"
"""The name of one's own log on the wire; a room's is its sealed id."""


class Digi:
    """The `digi` dialect: objects with the rev of their log."""

    def change(self, change: Change, after: int) -> str | None:
        return (
            f'{{"type":"change","log":"{_log(change.stream)}","rev":{change.rev},'
            f'"{change.kind}":{change.shown.json_text()}}}'
        )

    def signal(self, signal: Signal) -> str | None:
        return codec.encode({"type": "signal", "log": _log(signal.stream), **signal.content})


class Simple:
    """The `simple` dialect: what people wrote, in plain frames. System lines and everything else are not told."""

    def change(self, change: Change, after: int) -> str | None:
        if not isinstance(change.shown, Message) or change.shown.kind != "text":
            return None
        return self.message(change.shown, is_new=change.added > after)

    def signal(self, signal: Signal) -> str | None:
        return None

    def message(self, message: Message, *, is_new: bool) -> str:
        """`is_new`: whoever hears it has not heard of the message before."""
        if message.deleted:
            return self.chat_message_delete(message)
        return self.chat_message(message) if is_new else self.chat_message_edit(message)

    def chat_message(self, message: Message) -> str:
        return codec.encode(simple.content("chat.message", message))

    def chat_message_edit(self, message: Message) -> str:
        return codec.encode(simple.content("chat.message.edit", message))

    def chat_message_delete(self, message: Message) -> str:
        return codec.encode(simple.removal(message))


def error_frame(error: DigiError, ref: str | None) -> str:
    return codec.encode({"type": "error", "error": frames.problem(error, ref=ref)})


def problem_of(error: DigiError, asked: Mapping[str, Any], ref: str | None = None) -> dict[str, Any]:
    """A refusal that names what was asked by its `key`, so that a client finds the message it is about."""
    return frames.problem(error, ref=ref, key=frames.key_of(asked))


def _log(stream: str) -> str:
    kind, number = split(stream)
    return sealed.seal(ROOM_ID, number) if kind == ROOM else ME
