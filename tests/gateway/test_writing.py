"""Messages that come together are written together, in order, and fail alone."""

import asyncio
import threading

import pytest

from digi.accounts import actors, limits
from digi.accounts.models import User
from digi.chat.models import Message, Room
from digi.errors import DigiError, NotFound, TooFast, Unavailable
from digi.execute import TOGETHER, execute_many
from digi.gateway import writing
from digi.kit import threads
from digi.live import hubs
from digi.protocol.commands import AddMessage, MarkRead
from digi.protocol.objects import Result
from tests.conftest import as_actor


class Writer:
    """Stands in for `execute_many`: notes what comes together, and goes on when it is let."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.batches: list[list[str]] = []
        self.may_go_on = threading.Event()
        monkeypatch.setattr(writing, "execute_many", self)

    def __call__(self, asks):
        self.batches.append([command.body for _, command in asks])
        assert self.may_go_on.wait(20)
        return [NotFound() if command.body == "bad" else Result() for _, command in asks]


@pytest.fixture
async def lanes(pool: None):
    yield
    await hubs.close()


def begin(actor, room: Room, *bodies: str) -> "list[asyncio.Future[Result]]":
    return [
        asyncio.ensure_future(writing.lanes().execute(actor, AddMessage(room=room.pk, body=body))) for body in bodies
    ]


def said(result: Result) -> str:
    assert result.message is not None
    return result.message.body


async def until(holds) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - what it waits for is no event
            await asyncio.sleep(0.005)


async def test_what_comes_while_one_is_written_is_written_by_the_next(lanes, alice, lounge, monkeypatch) -> None:
    writer = Writer(monkeypatch)
    actor = actors.of(alice)
    first = begin(actor, lounge, "1")
    await until(lambda: writer.batches)
    others = begin(actor, lounge, "2", "bad", "4")
    await asyncio.sleep(0.05)
    assert writer.batches == [["1"]], "and one alone waits for nobody"
    writer.may_go_on.set()
    outcomes = await asyncio.gather(*first, *others, return_exceptions=True)
    assert writer.batches == [["1"], ["2", "bad", "4"]]
    assert [type(outcome) for outcome in outcomes] == [Result, Result, NotFound, Result]


async def test_no_more_than_so_many_are_written_together(lanes, alice, lounge, monkeypatch) -> None:
    writer = Writer(monkeypatch)
    asked = begin(actors.of(alice), lounge, *map(str, range(writing.MOST_TOGETHER + 50)))
    writer.may_go_on.set()
    await asyncio.gather(*asked)
    assert [len(batch) for batch in writer.batches] == [writing.MOST_TOGETHER, 50]
    assert [body for batch in writer.batches for body in batch] == list(map(str, range(writing.MOST_TOGETHER + 50)))


async def test_one_transaction_writes_several_rooms(lanes, alice, lounge, direct, monkeypatch) -> None:
    writer = Writer(monkeypatch)
    asked = [*begin(actors.of(alice), lounge, "1"), *begin(actors.of(alice), direct, "2")]
    writer.may_go_on.set()
    await asyncio.gather(*asked)
    assert writer.batches == [["1", "2"]]


async def test_marks_go_together_and_hold_up_no_message(lanes, alice, bob, lounge, monkeypatch) -> None:
    batches: list[list[type]] = []

    def noted(asks):
        batches.append([type(command) for _, command in asks])
        return execute_many(asks)

    monkeypatch.setattr(writing, "execute_many", noted)
    people = [actors.of(alice), actors.of(bob)]
    marks = [asyncio.ensure_future(writing.lanes().execute(one, MarkRead(room=lounge.pk, pos=1))) for one in people]
    await asyncio.gather(*marks, *begin(people[0], lounge, "1", "2"))
    assert sorted(batches, key=len) == [[MarkRead, MarkRead], [AddMessage, AddMessage]]


async def test_one_who_has_gone_does_not_hold_up_the_others(lanes, alice, lounge, monkeypatch) -> None:
    writer = Writer(monkeypatch)
    gone, stays = begin(actors.of(alice), lounge, "1", "2")
    await until(lambda: writer.batches)
    gone.cancel()
    writer.may_go_on.set()
    await stays
    again = begin(actors.of(alice), lounge, "3")
    await asyncio.gather(*again)
    assert writer.batches[-1] == ["3"]


async def test_a_bug_fails_what_was_written_together_and_nothing_after(lanes, alice, lounge, monkeypatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(writing, "execute_many", lambda _: 1 / 0)
        outcomes = await asyncio.gather(*begin(actors.of(alice), lounge, "1", "2"), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ZeroDivisionError] * 2
    await asyncio.gather(*begin(actors.of(alice), lounge, "3"))


async def test_many_people_in_many_rooms_are_written_in_order(
    lanes, alice: User, bob: User, lounge: Room, direct: Room
) -> None:
    asked = [
        one
        for number in range(40)
        for user, room in ((alice, lounge), (bob, lounge), (bob, direct))
        for one in begin(actors.of(user), room, str(number))
    ]
    results = await asyncio.gather(*asked)
    positions = [result.message.pos for result in results[::3] if result.message]
    assert positions == sorted(positions)
    assert await threads.run(Message.objects.filter(room=direct, kind="text").count) == 40


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_together_each_fails_alone_as_when_asked_for_singly(alice, bob, charlie, lounge, monkeypatch) -> None:
    asks = [(as_actor(user), AddMessage(room=lounge.pk, body=user.username)) for user in (alice, charlie, bob)]
    outcomes = execute_many(asks)
    assert [type(outcome) for outcome in outcomes] == [Result, NotFound, Result]


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_one_that_breaks_the_transaction_breaks_it_for_itself_alone(alice, bob, lounge, monkeypatch) -> None:
    add_many = TOGETHER[AddMessage]

    def breaks(asks):
        if any(command.body == "bad" for _, command in asks):
            raise ZeroDivisionError
        return add_many(asks)

    monkeypatch.setitem(TOGETHER, AddMessage, breaks)
    asks = [(as_actor(alice), AddMessage(room=lounge.pk, body=body)) for body in ("1", "bad", "3")]
    outcomes = execute_many(asks)
    assert [type(outcome) for outcome in outcomes] == [Result, ZeroDivisionError, Result]
    assert list(Message.objects.filter(room=lounge, kind="text").values_list("body", flat=True)) == ["1", "3"]


def test_a_database_that_is_away_is_not_asked_for_each_of_many(alice, lounge, monkeypatch) -> None:
    calls: list[int] = []

    def is_away(asks):
        calls.append(len(asks))
        raise Unavailable

    monkeypatch.setitem(TOGETHER, AddMessage, is_away)
    asks = [(as_actor(alice), AddMessage(room=lounge.pk, body=str(number))) for number in range(50)]
    assert {type(outcome) for outcome in execute_many(asks)} == {Unavailable}
    assert calls == [50]


def test_who_is_too_fast_fails_alone(alice, bob, lounge, settings) -> None:
    settings.DIGI_RATE = 0.1
    limits.pace.forget()
    asks = [(as_actor(user), AddMessage(room=lounge.pk, body="Hello")) for user in (alice, alice, bob)]
    outcomes = execute_many(asks)
    assert [isinstance(outcome, DigiError) and type(outcome) for outcome in outcomes] == [False, TooFast, False]


async def test_a_result_is_told_with_what_its_writing_published(lanes, alice, lounge, monkeypatch) -> None:
    """In the turn of the loop in which the others hear it."""
    heard: list[str] = []
    hub = hubs.hub()
    monkeypatch.setattr(hub, "receive", lambda published: heard.append("change"))
    told = lambda result: heard.append(said(result))  # noqa: E731
    ask = asyncio.ensure_future(writing.lanes().execute(actors.of(alice), AddMessage(room=lounge.pk, body="1"), told))
    while not heard:  # noqa: ASYNC110 - turn by turn
        await asyncio.sleep(0)
    assert heard == ["change", "1"]
    assert said(await ask) == "1"


async def test_who_is_told_badly_hinders_nobody(lanes, alice, lounge) -> None:
    def badly(result: Result) -> None:
        raise RuntimeError("a bug")

    actor, told = actors.of(alice), list[Result]()
    first = asyncio.ensure_future(writing.lanes().execute(actor, AddMessage(room=lounge.pk, body="1"), badly))
    second = asyncio.ensure_future(writing.lanes().execute(actor, AddMessage(room=lounge.pk, body="2"), told.append))
    assert [said(result) for result in await asyncio.gather(first, second)] == ["1", "2"]
    assert [said(result) for result in told] == ["2"]
