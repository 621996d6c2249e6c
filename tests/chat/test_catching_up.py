"""Catching up: whoever follows the logs, live or in pages, holds what the database holds."""

import contextlib
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digi.accounts import limits
from digi.chat import queries
from digi.chat.models import Message, Room
from digi.errors import DigiError
from digi.execute import execute
from digi.live import sources
from digi.live.changes import ROOM, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import Replica, assert_contiguous, assert_person_whole, assert_whole, of_person, of_room

pytestmark = pytest.mark.engine


def by(key, items):
    return {item[key]: item for item in items}


def assert_current(replica: Replica, room: Room, reader) -> None:
    """What the replica holds of the room is what the queries show."""
    actor = as_actor(reader)
    page = queries.messages(actor, room.pk, limit=200)
    assert by("id", replica.shown("message")) == by("id", [message.json_value() for message in page.messages])
    members = [member.json_value() for member in queries.members(actor, room.pk)]
    assert by("person", [one for one in replica.shown("member") if not one["left"]]) == by("person", members)
    entry = queries.entry(actor, room.pk).json_value()
    (shown,) = replica.shown("room")
    assert shown == {name: entry[name] for name in shown}


def assert_inbox_current(replica: Replica, user) -> None:
    entries = by("id", replica.shown("entry"))
    for found in queries.inbox(as_actor(user)):
        held, shown = entries.pop(found.json_value()["id"]), found.json_value()
        # The rest of an entry is told by the room's log.
        for name in ("id", "kind", "role", "entry_rev", "people", "starred", "muted_until"):
            assert held.get(name) == shown.get(name)
    assert not entries
    drafts = [draft.json_value() for draft in queries.drafts(as_actor(user))]
    assert by("room", [one for one in replica.shown("draft") if one["body"]]) == by("room", drafts)
    assert not set(by("id", replica.shown("left"))) & {entry.id for entry in queries.inbox(as_actor(user))}


@pytest.fixture
def busy(alice, bob, robbie, charlie, lounge, direct, say):
    """A lounge in which much has happened; returns it as it is now."""
    first = say(bob, lounge, "first")
    others = [say(alice, lounge, str(number)) for number in range(7)]
    execute(as_actor(bob), c.EditMessage(message=first.id, body="edited"))
    execute(as_actor(alice), c.DeleteMessage(message=others[3].id))
    execute(as_actor(alice), c.InvitePerson(room=lounge.pk, person="charlie"))
    execute(as_actor(alice), c.RemoveMember(room=lounge.pk, person="charlie"))
    execute(as_actor(alice), c.RenameRoom(room=lounge.pk, name="Salon"))
    execute(as_actor(bob), c.MarkRead(room=lounge.pk, pos=3))
    say(bob, direct)
    lounge.refresh_from_db()
    return lounge


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_pages_of_changes_add_up_to_the_state(limit, bob, busy):
    replica = of_room(busy)
    replica.catch_up(limit)
    assert replica.cursor == busy.head
    assert_current(replica, busy, bob)


@pytest.mark.parametrize("limit", [1, 200])
def test_pages_of_ones_own_log_add_up_to_the_inbox(limit, alice, bob, charlie, busy):
    for user in (alice, bob, charlie):
        replica = of_person(user)
        replica.catch_up(limit)
        assert_inbox_current(replica, user)


def test_each_object_comes_once_as_it_is_now(busy):
    found = sources.page(stream(ROOM, busy.pk), 0).changes
    assert len({change.ident for change in found}) == len(found)
    assert "first" not in repr(found)


def test_from_any_cursor_only_the_newer_comes(bob, busy):
    everything = sources.page(stream(ROOM, busy.pk), 0).changes
    for after in range(busy.head + 1):
        found = queries.changes(as_actor(bob), busy.pk, after)
        assert found.changes == [change for change in everything if change.rev > after]
        assert (found.upto, found.head, found.has_more) == (busy.head, busy.head, False)


def test_a_cursor_from_the_future_is_answered_with_nothing(bob, busy):
    found = queries.changes(as_actor(bob), busy.pk, busy.head + 5)
    assert (found.changes, found.upto, found.has_more) == ([], busy.head + 5, False)


def test_live_and_catching_up_come_to_the_same(alice, bob, charlie, lounge, say, heard):
    late, live = of_room(lounge), of_room(lounge)
    live.catch_up()
    heard.clear()
    message = say(alice, lounge)
    execute(as_actor(alice), c.InvitePerson(room=lounge.pk, person="charlie"))
    execute(as_actor(alice), c.EditMessage(message=message.id, body="edited"))
    execute(as_actor(alice), c.ChangeRole(room=lounge.pk, person="bob", role="moderator"))
    execute(as_actor(alice), c.LeaveRoom(room=lounge.pk))
    execute(as_actor(bob), c.SetTopic(room=lounge.pk, topic="Tea"))
    shuffled = heard.changes()
    random.shuffle(shuffled)
    live.hear(shuffled)
    live.hear(shuffled)
    late.catch_up(2)
    assert live.objects == late.objects
    assert_current(live, lounge, bob)


# ── whatever happens ──

PEOPLE = ("alice", "bob", "robbie", "charlie")
STEP = st.tuples(
    st.sampled_from(
        [
            "add",
            "add",
            "retry",
            "reply",
            "edit",
            "delete",
            "invite",
            "leave",
            "remove",
            "role",
            "rename",
            "archive",
            "read",
            "react",
            "unreact",
            "pin",
            "unpin",
            "forward",
            "call",
            "star",
            "draft",
        ]
    ),
    st.sampled_from(PEOPLE),
    st.sampled_from(PEOPLE),
    st.integers(1, 12),
)


def command_of(what: str, who: str, whom: str, number: int, room: Room) -> c.Command:
    at = list(Message.objects.filter(room=room).order_by("pos").values_list("pk", flat=True)[: number + 1])[-1]
    key, room_id = f"key-of-{who}-{number}", room.pk
    return {
        "add": lambda: c.AddMessage(room=room_id, body=f"{who} {number}"),
        "retry": lambda: c.AddMessage(room=room_id, body=f"{who} {number % 2}", key=key),
        "reply": lambda: c.AddMessage(room=room_id, body="so it is", reply_to=at),
        "edit": lambda: c.EditMessage(message=at, body=f"edited {number}"),
        "delete": lambda: c.DeleteMessage(message=at),
        "invite": lambda: c.InvitePerson(room=room_id, person=whom),
        "leave": lambda: c.LeaveRoom(room=room_id),
        "remove": lambda: c.RemoveMember(room=room_id, person=whom),
        "role": lambda: c.ChangeRole(room=room_id, person=whom, role=("owner", "moderator", "member")[number % 3]),
        "rename": lambda: c.RenameRoom(room=room_id, name=f"Lounge {number}"),
        "archive": lambda: c.ArchiveRoom(room=room_id, archived=number % 3 == 0),
        "read": lambda: c.MarkRead(room=room_id, pos=number),
        "react": lambda: c.ReactToMessage(message=at, emoji="👍🎉"[number % 2]),
        "unreact": lambda: c.ReactToMessage(message=at, emoji="👍🎉"[number % 2], on=False),
        "pin": lambda: c.PinMessage(message=at),
        "unpin": lambda: c.PinMessage(message=at, pinned=False),
        "forward": lambda: c.ForwardMessage(message=at, room=room_id, key=f"forward-of-{who}-{number}"),
        "call": lambda: c.AddMessage(room=room_id, body=f"@{whom}, @everyone"),
        "star": lambda: c.StarRoom(room=room_id, starred=number % 2 == 0),
        "draft": lambda: c.SaveDraft(room=room_id, body="a" * (number % 3)),
    }[what]()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=5, max_size=30), limit=st.integers(1, 7))
def test_whatever_happens_the_logs_stay_whole_and_replicas_current(cast, steps, limit):
    users, room, heard = cast()
    live, late = of_room(room), of_room(room)
    inboxes = {name: of_person(user) for name, user in users.items()}
    for number, (what, who, whom, which) in enumerate(steps):
        with contextlib.suppress(DigiError):
            execute(as_actor(users[who]), command_of(what, who, whom, which, room))
        if number % limit == 0:
            late.catch_up(limit)
    live.hear(heard.changes())
    late.catch_up(limit)
    assert_contiguous(heard.changes())
    assert_whole(room.pk)
    assert live.objects == late.objects
    for name, user in users.items():
        assert_person_whole(user)
        inboxes[name].catch_up(limit)
        assert_inbox_current(inboxes[name], user)
    reader = room.members.filter(has_left=False).first()
    if reader is not None:
        assert_current(late, room, reader.person)


@pytest.fixture
def cast(alice, bob, robbie, charlie, heard):
    """Each call makes another room, with nothing heard but what belongs to it."""
    users = {"alice": alice, "bob": bob, "robbie": robbie, "charlie": charlie}
    made = iter(range(1000))

    def begin():
        heard.clear()
        command = c.CreateRoom(kind="group", name=f"Lounge of {next(made)}", people=["bob", "robbie"])
        entry = execute(as_actor(alice), command).room
        assert entry is not None
        room = Room.objects.get(pk=entry.id)
        execute(as_actor(alice), c.AddMessage(room=room.pk, body="Welcome"))
        limits.pace.forget()
        return users, room, heard

    return begin
