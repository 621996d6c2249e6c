"""People who hear several rooms through one socket and say something in any of them; no network, no clock of its own.

`Shared` is what all of them know: the rooms, and when each message under way was meant to be sent.
"""

from typing import Any

from bench.generator.speech import TALK, is_granted, refusal

START = b'{"type":"change","log":"'
LOG_AT, REV_AT = len(START), len(START) + 32 + len(b'","rev":')
BODY = b'"body":"'


class Shared:
    """The rooms by id: `last` is the head that each must reach; `meant` when a message was to be sent, by number."""

    def __init__(self, rooms: list[dict[str, Any]], sign: str) -> None:
        self.sign = sign
        self.rooms: list[str] = [room["id"] for room in rooms]
        self.last = {room["id"].encode(): int(room["head"]) for room in rooms}
        self.offset = {room["id"].encode(): int(room["head"]) - int(room["last_pos"]) for room in rooms}
        self.meant: dict[int, float] = {}
        self.echoed: dict[int, float] = {}
        self.said = self.granted = self.marked = self.marks_granted = 0

    def ask(self, room: int, meant: float) -> tuple[int, bytes]:
        """The next message of all, for that room."""
        self.said += 1
        self.meant[self.said] = meant
        self.last[self.rooms[room].encode()] += 1
        command = f'"type":"message.add","room":"{self.rooms[room]}","body":"{self.said:08d} {TALK}"'
        key = f"{self.sign}-{self.said:08d}"
        return self.said, f'{{"type":"ask","ref":"{self.said}","command":{{{command},"key":"{key}"}}}}'.encode()

    def typing(self, room: int) -> bytes:
        return f'{{"type":"typing","room":"{self.rooms[room]}"}}'.encode()


class Visitor:
    """One person's socket. `rooms` are numbers in `Shared.rooms`."""

    is_strict = True
    path = "/ws/"

    def __init__(self, shared: Shared, rooms: list[int]) -> None:
        self.shared, self.rooms = shared, rooms
        self.next = {shared.rooms[room].encode(): shared.last[shared.rooms[room].encode()] + 1 for room in rooms}
        self.heard = self.signals = 0
        self.own: set[int] = set()
        self.came: list[int] = []  # numbers of own messages that came back, for whoever times them
        self.problems: list[str] = []

    def ask(self, room: int, meant: float) -> bytes:
        number, frame = self.shared.ask(room, meant)
        self.own.add(number)
        return frame

    def mark(self, room: int) -> bytes:
        """The frame that says one has read all one holds of a room."""
        self.shared.marked += 1
        log = self.shared.rooms[room]
        pos = self.next[log.encode()] - 1 - self.shared.offset[log.encode()]
        command = f'{{"type":"room.read","room":"{log}","pos":{pos}}}'
        return f'{{"type":"ask","ref":"r","command":{command}}}'.encode()

    def take(self, payload: bytes) -> None:
        log = payload[LOG_AT : LOG_AT + 32] if payload.startswith(START) else b""
        if log in self.next:
            self._change(log, payload)
        elif is_granted(payload):
            self._granted(payload)
        elif payload.startswith(b'{"type":"signal"'):
            self.signals += 1
        elif problem := refusal(payload):
            self.complain(problem)

    def _change(self, log: bytes, payload: bytes) -> None:
        rev = int(payload[REV_AT : payload.index(b",", REV_AT)])
        if rev != self.next[log]:
            self.complain(f"rev {rev} came where {self.next[log]} was next")
        self.next[log] = rev + 1
        self.heard += 1
        at = payload.index(BODY) + len(BODY)
        number = int(payload[at : at + 8])
        if number in self.own:
            self.own.discard(number)
            self.came.append(number)

    def _granted(self, payload: bytes) -> None:
        if payload.startswith(b'{"type":"reply","ref":"r"'):
            self.shared.marks_granted += 1
        else:
            self.shared.granted += 1

    @property
    def behind(self) -> int:
        """How many rooms have not been heard to their end."""
        return sum(rev <= self.shared.last[log] for log, rev in self.next.items())

    def complain(self, problem: str) -> None:
        if len(self.problems) < 5:
            self.problems.append(f"{self.shared.sign}: {problem}")


class PlainVisitor(Visitor):
    """A visitor of the reference, whose sockets hear one room, and which orders and grants nothing."""

    is_strict = False

    def __init__(self, shared: Shared, rooms: list[int]) -> None:
        super().__init__(shared, rooms)
        self.path = f"/ws/chat/{shared.rooms[rooms[0]]}/"

    def ask(self, room: int, meant: float) -> bytes:
        number, _ = self.shared.ask(room, meant)
        self.own.add(number)
        return f'{{"message":"{number:08d} {TALK}","user":"{self.shared.sign}"}}'.encode()

    def take(self, payload: bytes) -> None:
        at = payload.find(b'"message": "') + 12
        number = int(payload[at : at + 8])
        self.heard += 1
        if number in self.own:
            self.own.discard(number)
            self.came.append(number)
