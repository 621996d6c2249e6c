"""Who is here, as one process knows it, without I/O: its own sockets, and what other processes announce of theirs.

Times are seconds of any clock that only goes forward, and are always given. What is lost between processes heals by
itself: each says everything every so often, and one that is not heard of for long is forgotten with its people.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["online", "away", "offline"]
ONLINE: State = "online"
AWAY: State = "away"
OFFLINE: State = "offline"
_RANK = {OFFLINE: 0, AWAY: 1, ONLINE: 2}
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Times:
    """In seconds. `grace`: how long one is still here without a socket, as while a page is loaded anew.

    `repeat`: between two full announcements; `again`: before the one that follows a loss. `forget`: after what silence
    a process counts as gone.
    """

    grace: float = 2.0
    repeat: float = 20.0
    again: float = 2.0
    forget: float = 60.0


@dataclass(slots=True)
class _Other:
    """Another process, as far as it has been heard."""

    number: int = 0  # of its last announcement; the first has 1
    heard_at: float = 0.0
    people: dict[int, State] = field(default_factory=dict)

    def replace(self, people: Mapping[int, State]) -> set[int]:
        """Take these for all its people; returns whose state changes by that."""
        here = {person_id: state for person_id, state in people.items() if state != OFFLINE}
        changed = {person_id for person_id, _ in self.people.items() ^ here.items()}
        self.people = here
        return changed

    def update(self, people: Mapping[int, State]) -> set[int]:
        for person_id, state in people.items():
            _put(self.people, person_id, state)
        return set(people)


@dataclass(slots=True)
class _Leaving:
    until: float
    state: State


class Board:
    """A socket whose state is `offline` is one of a person who does not want to be seen."""

    def __init__(self, now: float, times: Times | None = None) -> None:
        self._times = times or Times()
        self._person_of: dict[Hashable, int] = {}
        self._here: dict[int, dict[Hashable, State]] = {}
        self._leaving: dict[int, _Leaving] = {}  # the one whose time is over first stands first
        self._others: dict[str, _Other] = {}
        self._watchers: dict[int, set[Hashable]] = {}
        self._watched: dict[Hashable, frozenset[int]] = {}
        self._told: dict[int, State] = {}  # what watchers know; whoever is missing is offline
        self._touched: set[int] = set()  # whose state may be another by now
        self._announced: dict[int, State] = {}
        self._unannounced: set[int] = set()
        self._number = 0
        self._full_at = now
        self._asks = True

    # ── sockets of this process ──

    def enter(self, socket: Hashable, person_id: int, state: State) -> None:
        """A socket has come, or its state has changed."""
        self._person_of[socket] = person_id
        self._here.setdefault(person_id, {})[socket] = state
        self._leaving.pop(person_id, None)
        self._touch(person_id)

    def leave(self, socket: Hashable, now: float) -> int | None:
        """A socket has gone; returns whose last one in this process it was, if it was. It watches nobody any more."""
        self.watch(socket, ())
        person_id = self._person_of.pop(socket, None)
        if person_id is None:
            return None
        state = self._own(person_id)
        del self._here[person_id][socket]
        self._touch(person_id)
        if self._here[person_id]:
            return None
        del self._here[person_id]
        if state != OFFLINE:
            self._leaving[person_id] = _Leaving(now + self._times.grace, state)
        return person_id

    # ── other processes ──

    def hear(self, by: str, said: Mapping[str, Any], now: float) -> None:
        """Another process has announced its people; raises KeyError, TypeError or ValueError for what is none."""
        number, is_full, asks, people = int(said["number"]), bool(said["full"]), bool(said["asks"]), _listed(said)
        known = self._others.setdefault(by, _Other())
        if number <= known.number:
            return  # late, or twice
        if not is_full and number != known.number + 1:
            self._ask(now)
        known.number, known.heard_at = number, now
        self._touched |= known.replace(people) if is_full else known.update(people)
        if asks:
            self._full_at = min(self._full_at, now)

    def may_have_lost(self, now: float) -> None:
        """Announcements may have been lost, either way: say everything once more, and ask for everything."""
        self._asks = True
        self._full_at = min(self._full_at, now + self._times.again)

    def announcement(self, now: float) -> dict[str, Any] | None:
        """What the other processes are to hear now, if anything: plain values."""
        is_full = now >= self._full_at
        changed = {person_id: self._own(person_id) for person_id in self._unannounced}
        said = {person_id: state for person_id, state in changed.items() if state != self._state_announced(person_id)}
        self._unannounced.clear()
        for person_id, state in said.items():
            _put(self._announced, person_id, state)
        if not is_full and not said:
            return None
        asks, self._number = is_full and self._asks, self._number + 1
        if is_full:
            self._asks, self._full_at = False, now + self._times.repeat
        lists = _lists(self._announced if is_full else said)
        return {"number": self._number, "full": is_full, "asks": asks, **lists}

    # ── watchers ──

    def watch(self, watcher: Hashable, people: Iterable[int]) -> None:
        """Have a watcher told of these people, in place of those before. Ask for `news` first, for those before."""
        wanted, before = frozenset(people), self._watched.pop(watcher, frozenset())
        for person_id in before - wanted:
            self._watchers[person_id].discard(watcher)
            if not self._watchers[person_id]:
                del self._watchers[person_id]
        for person_id in wanted - before:
            self._watchers.setdefault(person_id, set()).add(watcher)
        if wanted:
            self._watched[watcher] = wanted

    def watchers(self, person_id: int) -> frozenset[Hashable]:
        return frozenset(self._watchers.get(person_id, ()))

    def state(self, person_id: int) -> State:
        """The best of what any process knows: online before away before offline."""
        others = (other.people.get(person_id, OFFLINE) for other in self._others.values())
        return max((self._own(person_id), *others), key=_RANK.__getitem__)

    def news(self) -> dict[int, State]:
        """Whose state is another than when this was last asked; only those whom somebody watches."""
        found: dict[int, State] = {}
        for person_id in self._touched:
            state = self.state(person_id)
            if state != self._told.get(person_id, OFFLINE):
                _put(self._told, person_id, state)
                if person_id in self._watchers:
                    found[person_id] = state
        self._touched.clear()
        return found

    # ── time ──

    def advance(self, now: float) -> None:
        """Have happen what was to happen by now: grace ends, and silent processes are forgotten."""
        while self._leaving and (first := next(iter(self._leaving.items())))[1].until <= now:
            del self._leaving[first[0]]
            self._touch(first[0])
        for name, other in list(self._others.items()):
            if other.heard_at + self._times.forget <= now:
                del self._others[name]
                self._touched.update(other.people)

    def due(self) -> float:
        """When there is something to do next, if nothing happens before."""
        grace = next((leaving.until for leaving in self._leaving.values()), NEVER)
        forgotten = min((other.heard_at for other in self._others.values()), default=NEVER) + self._times.forget
        return min(grace, forgotten, self._full_at)

    # ── ──

    def _own(self, person_id: int) -> State:
        """What this process alone knows."""
        sockets, leaving = self._here.get(person_id), self._leaving.get(person_id)
        if sockets:
            return max(sockets.values(), key=_RANK.__getitem__)
        return leaving.state if leaving is not None else OFFLINE

    def _state_announced(self, person_id: int) -> State:
        return self._announced.get(person_id, OFFLINE)

    def _touch(self, person_id: int) -> None:
        self._touched.add(person_id)
        self._unannounced.add(person_id)

    def _ask(self, now: float) -> None:
        self._asks, self._full_at = True, min(self._full_at, now)


def _put(states: dict[int, State], person_id: int, state: State) -> None:
    if state == OFFLINE:
        states.pop(person_id, None)
    else:
        states[person_id] = state


def _lists(people: Mapping[int, State]) -> dict[str, list[int]]:
    lists: dict[str, list[int]] = {state: [] for state in _RANK}
    for person_id, state in people.items():
        lists[state].append(person_id)
    return lists


def _listed(said: Mapping[str, Any]) -> dict[int, State]:
    return {int(person_id): state for state in _RANK for person_id in said[state]}
