"""How messages of one room are said to a server and known again among its frames; pure, and cheap per frame.

Every body begins with the message's number among those of its sender, in eight digits.
"""

import json
from typing import Any, ClassVar

TALK = "lorem ipsum dolor sit amet, consectetur adipisci velit"
BODY_SIZE = 9 + len(TALK)
NO_MESSAGE = 0


class Speech:
    """A dialect in one room. `room` is its id on the wire; `sign` makes the keys of this sender its own."""

    is_strict: ClassVar = True
    """Whether the server promises that nothing is missing; if not, what is missing is counted as lost."""
    answers: ClassVar = False
    """Whether an ask gets a reply beside what everybody in the room hears."""
    greeting: ClassVar = b""
    """What a socket says first, if anything."""

    def __init__(self, room: str, sign: str) -> None:
        self.room, self.sign = room, sign

    def path(self) -> str:
        raise NotImplementedError

    def ask(self, number: int) -> bytes:
        """The frame that says message `number`."""
        raise NotImplementedError

    def rev_of(self, payload: bytes) -> int:
        """The place of a message of this room in its order; NO_MESSAGE for every other frame."""
        raise NotImplementedError

    def refusal(self, payload: bytes) -> str:
        """What a frame that is no message says against us; empty for what may well come."""
        return refusal(payload)

    @staticmethod
    def mark(number: int) -> bytes:
        """What stands in the frame of message `number`, and in no other of its sender."""
        return b'"%08d ' % number


class Digi(Speech):
    answers = True

    def __init__(self, room: str, sign: str) -> None:
        super().__init__(room, sign)
        command = f'"type":"message.add","room":"{room}","body":"%08d {TALK}","key":"{sign}-%08d"'
        self._ask = f'{{"type":"ask","ref":"%d","command":{{{command}}}}}'.encode()
        self._start = change_start(room)
        self._at = len(self._start)

    def path(self) -> str:
        return "/ws/"

    def ask(self, number: int) -> bytes:
        return self._ask % (number, number, number)

    def rev_of(self, payload: bytes) -> int:
        if not payload.startswith(self._start):
            return NO_MESSAGE
        at = self._at
        return int(payload[at : payload.index(b",", at)])


class Simple(Speech):
    def __init__(self, room: str, sign: str) -> None:
        super().__init__(room, sign)
        self._ask = f'{{"type":"add","message":"%08d {TALK}","key":"{sign}-%08d"}}'.encode()

    def path(self) -> str:
        return f"/ws/chat/{self.room}/"

    def ask(self, number: int) -> bytes:
        return self._ask % (number, number)

    def rev_of(self, payload: bytes) -> int:
        if not payload.startswith(b'{"type":"chat.message",'):
            return NO_MESSAGE
        at = payload.index(b'"rev":', BODY_SIZE) + 6
        return int(payload[at : payload.index(b",", at)])


class Reference(Speech):
    """The reference numbers nothing by room: the sender's own numbers are its order."""

    is_strict = False

    def __init__(self, room: str, sign: str) -> None:
        super().__init__(room, sign)
        self._ask = f'{{"message":"%08d {TALK}","user":"{sign}"}}'.encode()

    def path(self) -> str:
        return f"/ws/chat/{self.room}/"

    def ask(self, number: int) -> bytes:
        return self._ask % number

    def rev_of(self, payload: bytes) -> int:
        at = payload.find(b'"message": "')
        return NO_MESSAGE if at < 0 else int(payload[at + 12 : at + 20])


class SocketIO(Reference):
    """Socket.IO's messages in Engine.IO's frames (protocol 4) by hand: `4` is a message, `2` in it an event."""

    greeting = b"40"

    def __init__(self, room: str, sign: str) -> None:
        super().__init__(room, sign)
        self._ask = f'42["say",{{"message":"%08d {TALK}","user":"{sign}"}}]'.encode()

    def path(self) -> str:
        return f"/socket.io/?EIO=4&transport=websocket&room={self.room}"

    def rev_of(self, payload: bytes) -> int:
        start = b'42["message",{"message":"'
        return int(payload[len(start) : len(start) + 8]) if payload.startswith(start) else NO_MESSAGE

    def refusal(self, payload: bytes) -> str:
        return "" if payload.startswith((b"0{", b"40{")) else f"unexpected: {payload[:120]!r}"


class Raw(Digi):
    """The raw broadcaster: frames as Digi's, and neither accounts nor replies."""

    answers = False

    def path(self) -> str:
        return f"/{self.room}"


SPEECHES: dict[str, type[Speech]] = {
    "digi": Digi,
    "simple": Simple,
    "reference": Reference,
    "socketio": SocketIO,
    "raw": Raw,
}


def change_start(room: str) -> bytes:
    """How a change of this room's log begins, up to its rev."""
    return f'{{"type":"change","log":"{room}","rev":'.encode()


def is_granted(payload: bytes) -> bool:
    """Whether this is the reply to an ask that succeeded."""
    return payload.startswith(b'{"type":"reply"') and b'"ok":true' in payload[:120]


def refusal(payload: bytes) -> str:
    """What a frame that is no message says against us; empty for what may well come."""
    frame: dict[str, Any] = json.loads(payload)
    kind = frame.get("type")
    if kind == "error" or (kind == "reply" and not frame.get("ok")):
        return f"refused: {payload[:300]!r}"
    if kind in {"change", "chat.message"} and frame.get("log") != "me":
        return f"written differently from how the bench reads it: {payload[:120]!r}"
    return ""
