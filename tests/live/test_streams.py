"""Delivery is contiguous, whatever happens to hints; memory holds the newest state of each object and no other."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from digi.live.changes import Change
from digi.live.streams import REMEMBERED, Stream
from tests.live.fakes import ROOM, change


def begun(head: int = 0) -> Stream:
    stream = Stream(ROOM)
    stream.start(head)
    return stream


def revs(changes: list[Change] | None) -> list[int]:
    assert changes is not None
    return [one.rev for one in changes]


def test_changes_in_order_go_out_at_once() -> None:
    stream = begun()
    assert [revs(stream.offer(change(rev))) for rev in (1, 2, 3)] == [[1], [2], [3]]


def test_a_change_waits_for_the_one_before_it() -> None:
    stream = begun()
    assert stream.offer(change(2)) == []
    assert stream.has_hole
    assert revs(stream.offer(change(1))) == [1, 2]
    assert not stream.has_hole


def test_a_change_that_comes_twice_goes_out_once() -> None:
    stream = begun()
    stream.offer(change(1))
    assert stream.offer(change(1)) == []
    assert not stream.has_hole


def test_nothing_goes_out_before_it_is_known_where_the_stream_stands() -> None:
    stream = Stream(ROOM)
    assert stream.offer(change(7)) == []
    assert not stream.has_hole
    assert stream.start(5) == []
    assert stream.head == 5, "6 was passed over"
    assert revs(stream.offer(change(6))) == [6, 7]


def test_what_the_reading_covers_is_not_told_again() -> None:
    stream = Stream(ROOM)
    stream.offer(change(6))
    stream.offer(change(7))
    assert revs(stream.start(6)) == [7]


def test_a_stream_starts_once() -> None:
    stream = begun(5)
    assert stream.start(9) == []
    assert stream.head == 5


def test_a_repair_fills_the_hole_and_lets_out_what_waited() -> None:
    stream = begun()
    stream.offer(change(4))
    assert revs(stream.repair([change(1), change(3)], upto=3)) == [1, 3, 4]


def test_what_arrived_during_a_repair_does_not_go_out_twice() -> None:
    stream = begun()
    for rev in (1, 2):
        stream.offer(change(rev))
    assert revs(stream.repair([change(1), change(2), change(3)], upto=3)) == [3]


def test_a_superseded_change_that_waited_is_dropped_by_the_repair() -> None:
    stream = begun()
    stream.offer(change(2, "message:1", "secret"))
    assert revs(stream.repair([change(3, "message:1", "deleted")], upto=3)) == [3]
    assert stream.offer(change(2, "message:1", "secret")) == []


def test_memory_has_each_object_once_as_it_is_now() -> None:
    stream = begun()
    stream.offer(change(1, "message:1", "typo"))
    stream.offer(change(2, "message:2", "other"))
    stream.offer(change(3, "message:1", "right"))
    assert revs(stream.since(0)) == [2, 3]
    assert revs(stream.since(2)) == [3]


def test_a_deleted_text_is_not_remembered() -> None:
    stream = begun()
    stream.offer(change(1, "message:1", "secret"))
    stream.offer(change(2, "message:1", " "))
    assert "secret" not in repr(stream.__dict__)


def test_memory_that_does_not_reach_back_says_so() -> None:
    assert Stream(ROOM).since(0) is None
    stream = begun(5)
    stream.offer(change(6))
    assert stream.since(4) is None
    assert revs(stream.since(5)) == [6]


def test_memory_is_bounded_and_knows_what_it_forgot() -> None:
    stream = begun()
    for rev in range(1, REMEMBERED + 11):
        stream.offer(change(rev))
    assert stream.since(9) is None
    assert revs(stream.since(10)) == list(range(11, REMEMBERED + 11))


def test_what_one_has_caught_up_on_is_remembered_for_the_next() -> None:
    stream = begun(9)
    stream.offer(change(10))
    assert stream.since(4) is None
    stream.recall([change(6), change(8)], after=4, upto=9)
    assert revs(stream.since(4)) == [6, 8, 10]
    assert revs(stream.since(7)) == [8, 10]
    assert stream.since(3) is None


def test_what_was_read_does_not_bring_back_what_has_changed_since() -> None:
    stream = begun(9)
    stream.offer(change(10, "message:1", "deleted"))
    stream.recall([change(6, "message:1", "as it was"), change(8)], after=4, upto=9)
    assert revs(stream.since(4)) == [8, 10]


def test_what_was_read_too_long_ago_is_not_remembered() -> None:
    stream = begun(9)
    for rev in range(10, 12 + REMEMBERED):
        stream.offer(change(rev))
    stream.recall([change(6), change(8)], after=4, upto=9)
    assert stream.since(4) is None


def test_of_a_long_absence_the_newest_is_remembered() -> None:
    stream = begun(1000)
    stream.recall([change(rev) for rev in range(1, 1001)], after=0, upto=1000)
    assert stream.since(0) is None
    assert revs(stream.since(1000 - REMEMBERED)) == list(range(1001 - REMEMBERED, 1001))


def test_a_page_that_does_not_reach_what_is_remembered_is_of_no_use() -> None:
    stream = begun(9)
    stream.recall([change(5), change(6)], after=4, upto=6)
    assert stream.since(4) is None
    assert revs(stream.since(9)) == []


@dataclass(frozen=True)
class Hint:
    rev: int


@dataclass(frozen=True)
class Read:
    upto: int


@st.composite
def histories(draw: st.DrawFn) -> tuple[int, list[int], list[Hint | Read]]:
    """Where the reader begins, which object each rev changes, and what happens to the hints."""
    objects = draw(st.lists(st.integers(1, 5), min_size=1, max_size=25))
    revs = st.integers(1, len(objects))
    happenings = st.lists(st.one_of(revs.map(Hint), revs.map(Read)), max_size=60)
    return draw(st.integers(0, len(objects))), objects, draw(happenings)


@settings(max_examples=300, deadline=None)
@given(histories())
def test_any_order_loss_and_doubling_ends_in_the_newest_of_everything(history) -> None:
    began, objects, happenings = history
    log = {rev: change(rev, f"message:{one}", f"{one} at {rev}") for rev, one in enumerate(objects, 1)}
    stream, out = begun(began), list[Change]()

    def read(upto: int) -> list[Change]:
        """What a database that has come to `upto` would answer."""
        assert stream.head is not None
        newest = {log[rev].ident: log[rev] for rev in range(1, upto + 1)}
        return sorted((one for one in newest.values() if one.rev > stream.head), key=lambda one: one.rev)

    for happening in [*happenings, Read(len(objects))]:
        told = (
            stream.offer(log[happening.rev])
            if isinstance(happening, Hint)
            else stream.repair(read(happening.upto), happening.upto)
        )
        out += told
        seen = [one.rev for one in out]
        assert seen == sorted(set(seen)), "each rev once, and in order"
        remembered = stream.since(began)
        assert remembered is not None
        assert len({one.ident for one in remembered}) == len(remembered)
        assert {one.ident: one.rev for one in out} == {one.ident: one.rev for one in remembered}

    truth = {one.ident: one.rev for one in log.values() if one.rev > began}
    assert {one.ident: one.rev for one in out} == truth
    assert stream.head == len(objects)
    assert not stream.has_hole
