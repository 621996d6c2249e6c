"""Who is here, in one process and between several, without a clock or a wire: both are made by hand."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digi.presence.board import Board, State, Times

ALICE, BOB = 1, 2
BEST: list[State] = ["offline", "away", "online"]


@pytest.fixture
def board() -> Board:
    return Board(0.0)


def to(other: Board, board: Board, now: float, by: str = "another") -> None:
    """Have `other` hear what `board` announces now, if anything."""
    said = board.announcement(now)
    if said is not None:
        other.hear(by, json.loads(json.dumps(said)), now)


def exchange(one: Board, other: Board, now: float) -> None:
    """Have both say what they have to say, and answer."""
    for _ in range(2):
        to(one, other, now)
        to(other, one, now)


# ── one process ──


def test_nobody_is_here_before_they_come(board: Board) -> None:
    assert board.state(ALICE) == "offline"
    assert board.news() == {}


def test_who_has_a_socket_is_here(board: Board) -> None:
    board.enter("socket", ALICE, "online")
    assert board.state(ALICE) == "online"


def test_the_best_of_ones_sockets_counts(board: Board) -> None:
    board.enter("desk", ALICE, "away")
    assert board.state(ALICE) == "away"
    board.enter("pocket", ALICE, "online")
    assert board.state(ALICE) == "online"
    board.enter("pocket", ALICE, "away")
    assert board.state(ALICE) == "away"


def test_a_page_that_is_loaded_anew_does_not_flicker(board: Board) -> None:
    board.watch("bob", [ALICE])
    board.enter("before", ALICE, "online")
    assert board.news() == {ALICE: "online"}
    board.leave("before", 10.0)
    board.advance(11.9)
    board.enter("after", ALICE, "online")
    board.advance(20.0)
    assert board.news() == {}


def test_who_does_not_come_back_is_gone_after_the_grace(board: Board) -> None:
    board.watch("bob", [ALICE])
    board.enter("socket", ALICE, "away")
    board.news()
    assert board.leave("socket", 10.0) == ALICE
    assert board.state(ALICE) == "away"
    board.announcement(10.0)
    assert board.due() == 12.0
    board.advance(12.0)
    assert board.news() == {ALICE: "offline"}


def test_only_the_last_socket_to_leave_is_a_persons_leaving(board: Board) -> None:
    for socket in ("desk", "pocket"):
        board.enter(socket, ALICE, "online")
    assert board.leave("desk", 1.0) is None
    assert board.leave("pocket", 2.0) == ALICE
    assert board.leave("pocket", 3.0) is None
    assert board.leave("never here", 3.0) is None


def test_who_does_not_want_to_be_seen_is_not_here_and_still_leaves(board: Board) -> None:
    board.watch("bob", [ALICE])
    board.enter("socket", ALICE, "offline")
    assert board.news() == {}
    assert board.leave("socket", 1.0) == ALICE
    assert board.state(ALICE) == "offline"


def test_who_begins_to_hide_is_gone_without_grace(board: Board) -> None:
    board.enter("before", ALICE, "online")
    board.leave("before", 1.0)
    board.enter("after", ALICE, "offline")
    assert board.state(ALICE) == "offline"


# ── watchers ──


def test_those_who_watch_are_told_and_nobody_else(board: Board) -> None:
    board.watch("bob", [ALICE])
    board.watch("charlie", [BOB])
    board.enter("socket", ALICE, "online")
    assert board.news() == {ALICE: "online"}
    assert board.watchers(ALICE) == {"bob"}


def test_what_is_no_change_is_no_news(board: Board) -> None:
    board.watch("bob", [ALICE])
    board.enter("socket", ALICE, "online")
    board.news()
    board.enter("another", ALICE, "away")
    board.enter("socket", ALICE, "away")
    board.enter("socket", ALICE, "online")
    assert board.news() == {}


def test_whom_nobody_watches_is_no_news_even_later(board: Board) -> None:
    board.enter("socket", ALICE, "online")
    assert board.news() == {}
    board.watch("bob", [ALICE])
    assert board.news() == {}, "who begins to watch looks for themselves"
    board.enter("socket", ALICE, "away")
    assert board.news() == {ALICE: "away"}


def test_watching_others_ends_watching_those_before(board: Board) -> None:
    board.watch("bob", [ALICE, BOB])
    board.watch("bob", [BOB])
    assert board.watchers(ALICE) == frozenset()
    board.leave("bob", 0.0)
    assert board.watchers(BOB) == frozenset()


# ── between processes ──


def test_the_best_of_all_processes_counts(board: Board) -> None:
    other = Board(0.0)
    board.enter("desk", ALICE, "away")
    other.enter("pocket", ALICE, "online")
    to(board, other, 0.0)
    assert board.state(ALICE) == "online"
    other.enter("pocket", ALICE, "offline")
    to(board, other, 1.0)
    assert board.state(ALICE) == "away"


def test_the_first_announcement_says_everything_and_asks_for_everything(board: Board) -> None:
    board.enter("socket", ALICE, "online")
    said = board.announcement(0.0)
    assert said == {"number": 1, "full": True, "asks": True, "online": [ALICE], "away": [], "offline": []}


def test_differences_are_announced_at_once_and_everything_every_20_seconds(board: Board) -> None:
    board.enter("desk", ALICE, "online")
    board.announcement(0.0)
    assert board.announcement(1.0) is None
    board.enter("pocket", BOB, "away")
    assert board.announcement(1.0) == {
        "number": 2, "full": False, "asks": False, "online": [], "away": [BOB], "offline": [],
    }  # fmt: skip
    assert board.due() == 20.0
    again = board.announcement(20.0)
    assert again is not None
    assert (again["full"], again["asks"], again["online"], again["away"]) == (True, False, [ALICE], [BOB])


def test_what_has_passed_before_it_was_announced_is_not(board: Board) -> None:
    board.announcement(0.0)
    board.enter("socket", ALICE, "online")
    board.enter("socket", ALICE, "offline")
    assert board.announcement(1.0) is None


def test_who_is_asked_says_everything(board: Board) -> None:
    other = Board(0.0)
    board.enter("socket", ALICE, "online")
    board.announcement(0.0)
    to(board, other, 1.0)  # its first
    to(other, board, 1.0)
    assert other.state(ALICE) == "online"


def test_a_lost_announcement_is_noticed_with_the_next(board: Board) -> None:
    other = Board(0.0)
    exchange(board, other, 0.0)
    other.enter("pocket", ALICE, "online")
    other.announcement(1.0)  # and nobody hears it
    other.enter("desk", BOB, "online")
    to(board, other, 2.0)
    assert (board.state(ALICE), board.state(BOB)) == ("offline", "online")
    exchange(board, other, 2.0)
    assert board.state(ALICE) == "online"


def test_announcements_that_come_late_or_twice_change_nothing(board: Board) -> None:
    other = Board(0.0)
    first = other.announcement(0.0)
    other.enter("socket", ALICE, "online")
    second = other.announcement(1.0)
    assert first is not None
    assert second is not None
    for said in (first, second, second, first):
        board.hear("another", said, 1.0)
    assert board.state(ALICE) == "online"


def test_a_process_that_is_silent_for_a_minute_is_forgotten_with_its_people(board: Board) -> None:
    other = Board(0.0)
    board.watch("bob", [ALICE])
    other.enter("socket", ALICE, "online")
    to(board, other, 5.0)
    board.news()
    board.advance(64.9)
    assert board.news() == {}
    board.announcement(64.9)
    assert board.due() == 65.0
    board.advance(65.0)
    assert board.news() == {ALICE: "offline"}


def test_a_process_that_was_forgotten_too_soon_is_asked_again(board: Board) -> None:
    other = Board(0.0)
    other.enter("socket", ALICE, "online")
    to(board, other, 0.0)
    board.advance(60.0)
    board.announcement(60.0)
    other._full_at = 100.0  # as if its repetitions had got lost
    other.enter("another", BOB, "online")
    to(board, other, 61.0)
    exchange(board, other, 61.0)
    assert board.state(ALICE) == "online"


def test_after_a_loss_everything_is_said_and_asked_for_but_not_at_once(board: Board) -> None:
    board.announcement(0.0)
    board.may_have_lost(1.0)
    assert board.announcement(1.0) is None, "a layer that is down would fail again and again"
    assert board.due() == 3.0
    said = board.announcement(3.0)
    assert said is not None
    assert (said["full"], said["asks"]) == (True, True)


@pytest.mark.parametrize(
    "said",
    [{}, {"number": "x"}, {"number": 1, "full": True, "asks": False, "online": ["alice"], "away": [], "offline": []}],
)
def test_what_is_no_announcement_changes_nothing(board: Board, said: Any) -> None:
    board.enter("socket", ALICE, "online")
    with pytest.raises((KeyError, ValueError)):
        board.hear("another", said, 0.0)
    assert board.state(ALICE) == "online"


# ── whatever happens ──

TIMES = Times(grace=2, repeat=20, again=2, forget=60)
PROCESSES, PEOPLE, SOCKETS = 3, 3, 3


@dataclass
class World:
    """Some processes, what is on its way between them, and who truly sits where."""

    now: float = 0.0
    born: int = 0
    boards: dict[str, Board] = field(default_factory=dict)
    sits: dict[str, dict[tuple[str, int], tuple[int, State]]] = field(default_factory=dict)
    seen: dict[str, dict[int, State]] = field(default_factory=dict)
    wire: list[tuple[str, str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for _ in range(PROCESSES):
            self.start()

    def start(self) -> None:
        name, self.born = f"process {self.born}", self.born + 1
        board = self.boards[name] = Board(self.now, TIMES)
        self.sits[name], self.seen[name] = {}, {}
        board.watch("watcher", range(PEOPLE))
        self.seen[name] = {person: board.state(person) for person in range(PEOPLE)}

    def name(self, which: int) -> str:
        return list(self.boards)[which % PROCESSES]

    # what may happen

    def enter(self, which: int, what: int) -> None:
        name, person, state = self.name(which), what % PEOPLE, BEST[what // PEOPLE % 3]
        socket = (name, what % (PEOPLE * SOCKETS))
        self.boards[name].enter(socket, person, state)
        self.sits[name][socket] = (person, state)

    def leave(self, which: int, what: int) -> None:
        name = self.name(which)
        if self.sits[name]:
            socket = list(self.sits[name])[what % len(self.sits[name])]
            self.boards[name].leave(socket, self.now)
            del self.sits[name][socket]

    def speak(self, which: int, what: int) -> None:
        name = self.name(which)
        said = self.boards[name].announcement(self.now)
        if said is not None:
            self.wire += [(name, other, said) for other in self.boards if other != name]

    def arrive(self, which: int, what: int) -> None:
        """Any of what is on its way, in any order; now and then twice."""
        if self.wire:
            at = what % len(self.wire)
            by, to, said = self.wire[at] if which == 0 else self.wire.pop(at)
            if to in self.boards:
                self.boards[to].hear(by, said, self.now)

    def lose(self, which: int, what: int) -> None:
        if self.wire:
            by, _, _ = self.wire.pop(what % len(self.wire))
            if by in self.boards and which == 0:
                self.boards[by].may_have_lost(self.now)

    def crash(self, which: int, what: int) -> None:
        name = self.name(which)
        del self.boards[name], self.sits[name], self.seen[name]
        self.start()

    def wait(self, which: int, what: int) -> None:
        self.now += (0.1, 1, 5, 30)[what % 4]
        self.look()

    # what follows

    def look(self) -> None:
        for name, board in self.boards.items():
            board.advance(self.now)
            self.seen[name] |= board.news()

    def calm_down(self) -> None:
        """No more faults, for as long as a silent process may be remembered and everything is said once more."""
        for _ in range(int(TIMES.forget + TIMES.repeat) + 2):
            self.now += 1
            self.look()
            for which in range(PROCESSES):
                self.speak(which, 0)
            while self.wire:
                self.arrive(1, 0)
        self.look()

    def truth(self) -> dict[int, State]:
        sitting = [one for sockets in self.sits.values() for one in sockets.values()]
        return {
            person: max([state for who, state in sitting if who == person], key=BEST.index, default="offline")
            for person in range(PEOPLE)
        }


WHAT: dict[str, Callable[[World, int, int], None]] = {
    name: getattr(World, name) for name in ("enter", "leave", "speak", "arrive", "lose", "crash", "wait")
}
STEPS = st.lists(st.tuples(st.sampled_from(list(WHAT)), st.integers(0, 2), st.integers(0, 100)), max_size=60)


@settings(max_examples=200, deadline=None)
@given(STEPS)
def test_whatever_was_lost_doubled_or_overtaken_all_see_the_truth_in_the_end(steps: list[tuple[str, int, int]]) -> None:
    world = World()
    for what, which, number in steps:
        WHAT[what](world, which, number)
        world.look()
        for name, board in world.boards.items():
            assert world.seen[name] == {person: board.state(person) for person in range(PEOPLE)}
    world.calm_down()
    for name in world.boards:
        assert world.seen[name] == world.truth(), name


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_nothing_is_kept_of_those_who_have_gone(steps: list[tuple[str, int, int]]) -> None:
    world = World()
    for what, which, number in steps:
        WHAT[what](world, which, number)
    for name, board in world.boards.items():
        for socket in list(world.sits[name]):
            board.leave(socket, world.now)
        world.sits[name].clear()
    world.calm_down()
    for board in world.boards.values():
        kept = (board._person_of, board._here, board._leaving, board._told, board._announced, board._touched)
        assert not any(kept)
        assert set(board._others) <= set(world.boards)
