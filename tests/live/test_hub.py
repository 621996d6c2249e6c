"""Who hears what, and when: joins, removals, holes, memory, lost hints. Sockets and logs are fakes."""

import asyncio
import time

import pytest

from digi.live import hub as hubs
from digi.live.audiences import lines_changed
from digi.live.changes import Change, Signal
from digi.live.hub import Hub
from digi.live.prepared import wire_of
from digi.protocol import codec
from tests.live.fakes import ALICE, BOB, ME, ROOM, Listener, Logs, Plain, Wire, change


def listening(hub: Hub, logs: Logs, person_id: int = ALICE, **options) -> Listener:
    """A socket in the room, begun as the doors begin."""
    socket = Listener(person_id, **options)
    hub.subscribe(socket, [ROOM])
    hub.begin(socket, {ROOM: logs.head(ROOM)})
    return socket


def at_home(hub: Hub, logs: Logs) -> Listener:
    """bob's socket, which hears his own log."""
    socket = Listener(BOB)
    hub.subscribe(socket, [ME])
    hub.begin(socket, {ME: logs.head(ME)})
    return socket


def say(hub: Hub, logs: Logs, *changes: Change) -> None:
    """Commit changes, and lose no hint."""
    logs.write(*changes)
    hub.receive(changes)


def entry(rev: int, head: int) -> Change:
    return change(rev, "entry:42", log=ME, kind="entry", hears=ROOM, head=head)


def left(rev: int) -> Change:
    return change(rev, "entry:42", log=ME, kind="left", stops=ROOM)


def departure(rev: int) -> Change:
    return change(rev, f"member:{BOB}", kind="member", leaver=BOB)


async def until(holds, within: float = 20.0) -> None:
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.005)


# ── delivery ──


async def test_everybody_in_a_room_hears_a_change_and_nobody_else(hub: Hub, logs: Logs) -> None:
    alice, bob, outsider = listening(hub, logs), listening(hub, logs, BOB), at_home(hub, logs)
    say(hub, logs, change(1))
    assert alice.revs() == bob.revs() == [1]
    assert outsider.frames == []


async def test_a_change_is_rendered_once_for_each_dialect(hub: Hub, logs: Logs) -> None:
    digi, simple = Plain(), Plain()
    for dialect in (digi, digi, digi, simple, simple):
        listening(hub, logs, dialect=dialect)
    say(hub, logs, change(1))
    assert (digi.rendered, simple.rendered) == (1, 1)


async def test_the_same_bytes_are_written_to_every_line_whose_reader_keeps_up(hub: Hub, logs: Logs) -> None:
    dialect = Plain()
    fast, other, slow, closing, without = (listening(hub, logs, dialect=dialect) for _ in range(5))
    fast.line, other.line, slow.line, closing.line = Wire(), Wire(), Wire(is_kept_up_with=False), Wire(closes=True)
    say(hub, logs, change(1))
    [wire] = fast.line.written
    assert wire == wire_of(codec.encode(without.frames[0]))
    assert other.line.written[0] is wire
    assert slow.revs() == without.revs() == [1]
    assert (slow.line.written, closing.line.written) == ([], [])
    assert fast.frames == closing.frames == []


async def test_who_falls_behind_or_keeps_up_again_is_told_otherwise_from_then_on(hub: Hub, logs: Logs) -> None:
    alice = listening(hub, logs)
    alice.line = Wire()
    say(hub, logs, change(1))
    alice.line.is_kept_up_with = False
    lines_changed()
    say(hub, logs, change(2, "message:2"))
    assert (len(alice.line.written), alice.revs()) == (1, [2])
    alice.line.is_kept_up_with = True
    lines_changed()
    say(hub, logs, change(3, "message:3"))
    assert (len(alice.line.written), alice.revs()) == (2, [2])


async def test_who_comes_or_goes_between_two_changes_hears_one_of_them(hub: Hub, logs: Logs) -> None:
    alice, bob = listening(hub, logs), listening(hub, logs, BOB)
    lines = alice.line, bob.line, newest = Wire(), Wire(), Wire()
    say(hub, logs, change(1))
    hub.forget(bob)
    late = listening(hub, logs)
    late.line = newest
    say(hub, logs, change(2, "message:2"))
    assert [len(line.written) for line in lines] == [2, 1, 1]


async def test_what_is_said_together_is_written_at_once_and_in_order(hub: Hub, logs: Logs) -> None:
    fast, without = listening(hub, logs), listening(hub, logs)
    fast.line = Wire()
    say(hub, logs, change(1), change(2, "message:2"))
    assert without.revs() == [1, 2]
    assert fast.line.written == [b"".join(wire_of(codec.encode(frame)) for frame in without.frames)]


async def test_who_began_in_the_middle_of_what_is_told_together_hears_only_the_rest(hub: Hub, logs: Logs) -> None:
    early, late = listening(hub, logs), Listener()
    first, second = change(1), change(2, "message:2")
    logs.write(first)
    hub.subscribe(late, [ROOM])
    hub.begin(late, {ROOM: 1})
    logs.write(second)
    hub.receive([first, second])
    await until(lambda: early.revs() == [1, 2])
    assert late.revs() == [2]


async def test_what_moves_somebody_is_told_in_its_place_among_what_is_said(hub: Hub, logs: Logs) -> None:
    alice, bob = listening(hub, logs), listening(hub, logs, BOB)
    say(hub, logs, change(1), departure(2), change(3, "message:3"))
    assert alice.revs() == [1, 2, 3]
    assert bob.revs() == [1]


async def test_what_lets_one_hear_a_log_comes_before_what_is_said_in_it(hub: Hub, logs: Logs) -> None:
    bob = at_home(hub, logs)
    listening(hub, logs)
    say(hub, logs, entry(1, head=0), change(1))
    assert [frame["log"] for frame in bob.frames] == [ME, ROOM]


async def test_lines_of_two_dialects_are_written_each_its_own(hub: Hub, logs: Logs) -> None:
    one, two = Plain(), Shouting()
    sockets = [listening(hub, logs, dialect=dialect) for dialect in (one, two, one, two)]
    for socket in sockets:
        socket.line = Wire()
    say(hub, logs, change(1))
    first, second, third, fourth = (socket.line.written for socket in sockets if socket.line is not None)
    assert first == third != second == fourth
    assert second[0][2:] == first[0][2:].upper()


class Shouting(Plain):
    def change(self, change: Change, after: int) -> str | None:
        text = super().change(change, after)
        return None if text is None else text.upper()


async def test_a_change_published_by_a_thread_is_heard(hub: Hub, logs: Logs) -> None:
    alice = listening(hub, logs)
    await asyncio.to_thread(hub.publish, [change(1)])
    await until(lambda: alice.revs() == [1])


async def test_a_change_that_cannot_be_rendered_does_not_keep_back_the_next(hub: Hub, logs: Logs) -> None:
    class Broken(Plain):
        def change(self, change: Change, after: int) -> str | None:
            if change.rev == 1:
                raise ValueError("a bug")
            return super().change(change, after)

    alice = listening(hub, logs, dialect=Broken())
    say(hub, logs, change(1), change(2))
    assert alice.revs() == [2]


async def test_a_socket_that_has_gone_is_forgotten_in_every_way(hub: Hub, logs: Logs) -> None:
    alice = listening(hub, logs)
    hub.forget(alice)
    say(hub, logs, change(1))
    assert alice.frames == []
    assert not hub._streams
    assert not hub._audiences
    assert not hub._heard


# ── beginning ──


async def test_what_is_said_between_subscribing_and_reading_is_heard_once(hub: Hub, logs: Logs) -> None:
    socket = Listener()
    hub.subscribe(socket, [ROOM])
    say(hub, logs, change(1))
    hub.begin(socket, {ROOM: 0})  # read before that was committed
    say(hub, logs, change(2))
    assert socket.revs() == [1, 2]


async def test_what_the_reading_already_had_is_not_heard_again(hub: Hub, logs: Logs) -> None:
    socket = Listener()
    hub.subscribe(socket, [ROOM])
    logs.write(change(1), change(2))
    hub.begin(socket, {ROOM: 2})
    hub.receive([change(1), change(2)])
    say(hub, logs, change(3))
    assert socket.revs() == [3]


async def test_a_hint_that_overtook_another_is_not_taken_for_the_beginning(hub: Hub, logs: Logs) -> None:
    socket = Listener()
    hub.subscribe(socket, [ROOM])
    logs.write(change(1), change(2))
    hub.receive([change(2)])
    hub.begin(socket, {ROOM: 0})
    hub.receive([change(1)])
    assert socket.revs() == [1, 2]


async def test_a_newcomer_does_not_hear_again_what_a_late_hub_tells_the_others(hub: Hub, logs: Logs) -> None:
    alice = listening(hub, logs)
    logs.write(change(1), change(2))  # hints are lost
    bob = listening(hub, logs, BOB)
    await until(lambda: alice.revs() == [1, 2])
    say(hub, logs, change(3))
    assert alice.revs() == [1, 2, 3]
    assert bob.revs() == [3]


# ── holes ──


async def test_two_threads_that_hand_over_in_the_wrong_order_cost_no_reading(hub: Hub, logs: Logs) -> None:
    alice = listening(hub, logs)
    logs.write(change(1), change(2))
    hub.receive([change(2)])
    hub.receive([change(1)])
    await asyncio.sleep(2 * hubs.GRACE_SECONDS)
    assert alice.revs() == [1, 2]
    assert logs.reads == []


async def test_a_hole_is_read_once_however_many_sockets_hear_the_room(hub: Hub, logs: Logs) -> None:
    sockets = [listening(hub, logs) for _ in range(20)]
    logs.write(*(change(rev) for rev in range(1, 6)))
    for rev in (3, 4, 5):
        hub.receive([change(rev)])
    await until(lambda: all(socket.revs() == [1, 2, 3, 4, 5] for socket in sockets))
    assert logs.reads == [ROOM]


async def test_a_hole_longer_than_a_page_is_read_to_its_end(hub: Hub, logs: Logs) -> None:
    alice = listening(hub, logs)
    logs.write(*(change(rev) for rev in range(1, 452)))
    hub.receive([change(451)])
    await until(lambda: alice.revs() == list(range(1, 452)))
    assert len(logs.reads) == 3


@pytest.mark.usefixtures("quick")
async def test_a_hole_is_filled_once_the_database_is_back(hub: Hub, logs: Logs) -> None:
    alice = listening(hub, logs)
    logs.write(change(1), change(2))
    logs.is_down = True
    hub.receive([change(2)])
    await until(lambda: logs.looks > 2)
    assert alice.frames == []
    logs.is_down = False
    await until(lambda: alice.revs() == [1, 2])


@pytest.mark.usefixtures("quick")
async def test_lost_hints_are_found_without_any_other_hint(hub: Hub, logs: Logs) -> None:
    alice = listening(hub, logs)
    logs.write(change(1), change(2))
    await until(lambda: alice.revs() == [1, 2])


async def test_trouble_with_the_layer_makes_the_hub_look_at_once(hub: Hub, logs: Logs) -> None:
    alice = listening(hub, logs)
    logs.write(change(1))
    await asyncio.sleep(0)
    hub.suspect()
    await until(lambda: alice.revs() == [1], within=0.5)


async def test_endless_trouble_does_not_become_endless_reading(hub: Hub, logs: Logs) -> None:
    listening(hub, logs)
    for _ in range(100):
        hub.suspect()
        await asyncio.sleep(0.001)
    assert logs.looks <= 2


async def test_the_heads_of_many_rooms_are_compared_in_few_readings(hub: Hub, logs: Logs) -> None:
    socket = Listener()
    rooms = {f"room.{number}": 0 for number in range(1, 801)}
    hub.subscribe(socket, rooms)
    hub.begin(socket, rooms)
    await hub.compare()
    assert logs.looks == 2


# ── coming and going ──


async def test_who_is_let_in_hears_what_follows(hub: Hub, logs: Logs) -> None:
    bob = at_home(hub, logs)
    say(hub, logs, change(1), entry(1, head=1), change(2))
    assert bob.revs(ME) == [1]
    assert bob.revs() == [2]


async def test_who_is_let_in_late_hears_what_was_said_meanwhile(hub: Hub, logs: Logs) -> None:
    listening(hub, logs)
    bob = at_home(hub, logs)
    say(hub, logs, change(1), change(2))
    hub.receive([change(3)])
    say(hub, logs, entry(1, head=1))
    assert [frame["rev"] for frame in bob.frames] == [1, 2, 3], "the room first, then what was said in it"


async def test_who_is_let_in_first_hears_what_was_said_before_anybody_listened(hub: Hub, logs: Logs) -> None:
    bob = at_home(hub, logs)
    say(hub, logs, change(1), change(2))  # for nobody here
    say(hub, logs, entry(1, head=1))
    await until(lambda: bob.revs() == [2])


async def test_who_cannot_be_told_what_they_missed_is_sent_round_again(hub: Hub, logs: Logs) -> None:
    listening(hub, logs)
    bob = at_home(hub, logs)
    say(hub, logs, *(change(rev) for rev in range(1, 300)))
    say(hub, logs, entry(1, head=5))
    assert bob.restarts == 1
    say(hub, logs, change(300))
    assert bob.revs() == []


async def test_the_removed_hear_neither_their_removal_nor_anything_after(hub: Hub, logs: Logs) -> None:
    alice, bob = listening(hub, logs), listening(hub, logs, BOB)
    say(hub, logs, change(1), departure(2), change(3))
    assert alice.revs() == [1, 2, 3]
    assert bob.revs() == [1]
    assert bob.lost == [ROOM]


async def test_a_lost_removal_keeps_back_all_that_was_said_after_it(hub: Hub, logs: Logs) -> None:
    alice, bob = listening(hub, logs), listening(hub, logs, BOB)
    logs.write(departure(1), change(2))
    hub.receive([change(2)])
    await until(lambda: alice.revs() == [1, 2])
    assert bob.revs() == []


async def test_ones_own_log_ends_hearing_a_room_too(hub: Hub, logs: Logs) -> None:
    bob = at_home(hub, logs)
    say(hub, logs, entry(1, head=0), change(1), left(2), change(2))
    assert bob.revs() == [1]
    assert bob.lost == [ROOM]


async def test_who_comes_back_is_not_put_out_by_an_old_departure(hub: Hub, logs: Logs) -> None:
    listening(hub, logs)
    bob = at_home(hub, logs)
    say(hub, logs, entry(1, head=0))
    logs.write(departure(1), change(2, f"member:{BOB}"))
    hub.receive([left(2), entry(3, head=2)])  # his own log is ahead of the room's
    hub.receive([departure(1), change(2, f"member:{BOB}")])
    say(hub, logs, change(3))
    assert bob.revs() == [3]


async def test_an_old_way_in_does_not_let_in_who_has_left_since(hub: Hub, logs: Logs) -> None:
    listening(hub, logs)
    bob = at_home(hub, logs)
    say(hub, logs, change(1), departure(2), change(3))
    say(hub, logs, entry(1, head=1))  # told late; the end of it is still on its way
    say(hub, logs, change(4))
    assert bob.revs() == []


async def test_old_news_of_a_log_changes_nothing_for_who_began_after_it(hub: Hub, logs: Logs) -> None:
    other = at_home(hub, logs)
    logs.write(entry(1, head=0), left(2), entry(3, head=2))
    bob = Listener(BOB)
    hub.subscribe(bob, [ME, ROOM])
    hub.begin(bob, {ME: 3, ROOM: 2})
    hub.receive([entry(1, head=0), left(2), entry(3, head=2)])
    assert other.revs(ME) == [1, 2, 3]
    assert bob.frames == []
    assert bob.lost == []
    assert hub.hears(bob, ROOM)


async def test_a_socket_that_does_not_follow_gains_no_rooms(hub: Hub, logs: Logs) -> None:
    bob = at_home(hub, logs)
    bob.follows = False
    say(hub, logs, entry(1, head=0), change(1))
    assert bob.revs() == []


async def test_a_change_of_rights_has_every_socket_of_that_person_look_again(hub: Hub, logs: Logs) -> None:
    one, other, alice = at_home(hub, logs), at_home(hub, logs), listening(hub, logs)
    say(hub, logs, change(1, "me:", log=ME, kind="me"))
    assert (one.rechecks, other.rechecks, alice.rechecks) == (1, 1, 0)


# ── signals ──


async def test_a_signal_goes_to_all_but_the_one_it_is_not_for(hub: Hub, logs: Logs) -> None:
    alice, bob = listening(hub, logs), listening(hub, logs, BOB)
    hub.receive([Signal(ROOM, {"read": {"bob": 3}}, unheard_by=frozenset({BOB}))])
    assert alice.frames == [{"log": ROOM, "read": {"bob": 3}}]
    assert bob.frames == []


async def test_a_signal_may_be_for_none_of_several(hub: Hub, logs: Logs) -> None:
    alice, bob = listening(hub, logs), listening(hub, logs, BOB)
    hub.receive([Signal(ROOM, {"typing": "charlie"}, unheard_by=frozenset({ALICE, BOB, 3}))])
    assert alice.frames == bob.frames == []


async def test_to_look_again_is_told_to_sockets_and_not_to_clients(hub: Hub, logs: Logs) -> None:
    """However far this hub has come: they look into the database."""
    alice, bob = listening(hub, logs), at_home(hub, logs)
    hub.receive([Signal(ME, {}, rewatch=True, after=7)])
    assert (alice.rewatches, bob.rewatches) == (0, 1)
    assert alice.frames == bob.frames == []


async def test_a_signal_does_not_overtake_a_removal(hub: Hub, logs: Logs) -> None:
    alice, bob = listening(hub, logs), listening(hub, logs, BOB)
    logs.write(departure(1))
    hub.receive([Signal(ROOM, {"read": {"alice": 3}}, after=1)])
    assert alice.frames == bob.frames == []


# ── memory ──


async def test_memory_answers_for_a_socket_only_from_where_it_began(hub: Hub, logs: Logs) -> None:
    alice = listening(hub, logs)
    say(hub, logs, change(1))
    logs.write(change(2))  # the hint is lost
    bob = listening(hub, logs, BOB)
    remembered = hub.since(alice, ROOM, 0)
    assert remembered is not None
    assert [one.rev for one in remembered[0]] == [1]
    assert remembered[1] == 1
    assert hub.since(bob, ROOM, 0) is None, "its client knows that there is a 2"
    assert hub.since(Listener(), ROOM, 0) is None, "a room that one does not hear is not remembered to one"
