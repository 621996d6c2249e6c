"""Sockets' places in the order of a room: what has come, whether it was the next, and how long it took. No network."""

from collections import deque
from collections.abc import Callable
from time import perf_counter

from bench.generator.speech import Speech, is_granted

MOST_PROBLEMS = 5  # kept of one socket; the first is what matters


class Place:
    """Hears a room. `next` is the rev that must come; every frame goes through `take`."""

    def __init__(self, speech: Speech, head: int) -> None:
        self.speech = speech
        self.next = self.first = head + 1
        self.lost = 0
        self.problems: list[str] = []
        self._rev_of = speech.rev_of

    @property
    def heard(self) -> int:
        return self.next - self.first - self.lost

    def take(self, payload: bytes) -> None:
        rev = self._rev_of(payload)
        if rev == self.next:
            self.next = rev + 1
        elif rev:
            self.misplaced(rev)
        else:
            self.other(payload)

    def misplaced(self, rev: int) -> None:
        if self.speech.is_strict or rev < self.next:
            self.complain(f"rev {rev} came where {self.next} was next")
        self.lost += max(0, rev - self.next)
        self.next = max(self.next, rev + 1)

    def other(self, payload: bytes) -> None:
        problem = self.speech.refusal(payload)
        if problem:
            self.complain(problem)

    def complain(self, problem: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(f"{self.speech.sign}: {problem}")


class Sender(Place):
    """Says the next message as soon as it hears one of its own; the only one in its room who says anything."""

    def __init__(self, speech: Speech, head: int, in_flight: int) -> None:
        super().__init__(speech, head)
        self.said = self.granted = 0
        self.latencies: list[float] = []
        self.send: Callable[[bytes], None] = _unconnected
        self._in_flight = in_flight
        self._is_going = False
        self._waiting: deque[tuple[bytes, float]] = deque()

    @property
    def is_quiet(self) -> bool:
        """Whether all it said has come back, and been granted where that is told."""
        return not self._waiting and (self.granted == self.said or not self.speech.answers)

    def begin(self) -> None:
        self._is_going = True
        for _ in range(self._in_flight):
            self._say()

    def end(self) -> None:
        self._is_going = False

    def take(self, payload: bytes) -> None:
        heard = self.next
        super().take(payload)
        if self.next > heard:
            self._echo(payload)

    def other(self, payload: bytes) -> None:
        if is_granted(payload):
            self.granted += 1
        else:
            super().other(payload)

    def _say(self) -> None:
        self.said += 1
        self._waiting.append((self.speech.mark(self.said), perf_counter()))
        self.send(self.speech.ask(self.said))

    def _echo(self, payload: bytes) -> None:
        now = perf_counter()
        mark, at = self._waiting.popleft() if self._waiting else (b"-", now)
        if mark not in payload:
            self.complain(f"{payload[:200]!r} came where {mark!r} was next")
        self.latencies.append(now - at)
        if self._is_going:
            self._say()


def _unconnected(_: bytes) -> None:
    raise RuntimeError("said before connected")
