"""Making rooms, entering them, and changing what they are called."""

import pytest

from digi.chat import queries
from digi.chat.models import Member, Message, Room
from digi.errors import Conflict, Forbidden, Invalid, NotFound
from digi.execute import execute
from digi.live.changes import PERSON, ROOM, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import assert_contiguous, assert_person_whole, assert_whole

pytestmark = pytest.mark.engine

WIDE = "\ufdfa"
"""One character that folds to eighteen."""


def do(user, command):
    return execute(as_actor(user), command)


def events_of(room):
    return [line.event for line in Message.objects.filter(room=room, kind="system").order_by("pos")]


# ── making ──


def test_whoever_makes_a_group_owns_it(alice, bob, heard):
    entry = do(alice, c.CreateRoom(kind="group", name="Attic", people=["bob"])).room
    assert (entry.kind, entry.name, entry.role, entry.archived) == ("group", "Attic", "owner", False)
    roles = {member.person: member.role for member in queries.members(as_actor(bob), entry.id)}
    assert roles == {"alice": "owner", "bob": "member"}
    assert_contiguous(heard.changes())
    assert_whole(entry.id)


def test_everybody_in_a_new_room_gains_it_in_their_log(alice, bob, heard):
    entry = do(alice, c.CreateRoom(kind="group", name="Attic", people=["bob"])).room
    for user in (alice, bob):
        (gained,) = heard.changes(stream(PERSON, user.pk))
        assert (gained.kind, gained.shown.id, gained.hears) == ("entry", entry.id, stream(ROOM, entry.id))
        assert_person_whole(user)


def test_a_group_without_a_name_is_called_after_its_people(alice, bob, charlie):
    entry = do(alice, c.CreateRoom(kind="group", people=["bob", "charlie", "bob"])).room
    assert entry.name == "alice, bob, charlie"


def test_a_public_room_needs_a_name(alice):
    with pytest.raises(Invalid) as refused:
        do(alice, c.CreateRoom(kind="public"))
    assert refused.value.field == "name"


@pytest.mark.parametrize("name", ["Square", "SQUARE", "ｓｑｕａｒｅ", "  square "])
def test_two_public_rooms_never_share_a_name(name, alice, bob):
    do(alice, c.CreateRoom(kind="public", name="Square"))
    with pytest.raises(Conflict) as refused:
        do(bob, c.CreateRoom(kind="public", name=name))
    assert refused.value.field == "name"


def test_groups_may_share_a_name(alice):
    one, two = (do(alice, c.CreateRoom(kind="group", name="Attic")).room for _ in range(2))
    assert one.id != two.id


def test_nobody_is_brought_into_a_room_by_whom_they_have_blocked(alice, bob):
    do(bob, c.BlockPerson(person="alice"))
    with pytest.raises(NotFound):
        do(alice, c.CreateRoom(kind="group", people=["bob"]))


def test_nobody_brings_whom_they_have_blocked(alice, bob):
    do(alice, c.BlockPerson(person="bob"))
    with pytest.raises(Forbidden):
        do(alice, c.CreateRoom(kind="group", people=["bob"]))


def test_a_room_is_made_with_others_only(alice):
    with pytest.raises(Invalid):
        do(alice, c.CreateRoom(kind="group", people=["alice"]))


def test_a_name_that_is_too_long_once_it_is_folded_is_refused(alice, lounge):
    """Eighty characters may fold to many more than the column holds."""
    for command in (c.OpenRoom(name=WIDE * 20), c.CreateRoom(kind="public", name=WIDE * 20)):
        with pytest.raises(Invalid) as refused:
            do(alice, command)
        assert refused.value.field == "name"
    assert do(alice, c.RenameRoom(room=lounge.pk, name=WIDE * 20)).room.name == WIDE * 20


# ── opening and entering ──


def test_opening_an_unknown_name_makes_the_room(bob):
    entry = do(bob, c.OpenRoom(name="Garden")).room
    assert (entry.kind, entry.name, entry.role) == ("public", "Garden", "owner")


def test_opening_a_known_name_enters_the_room_without_a_line(alice, bob):
    made = do(alice, c.OpenRoom(name="Garden")).room
    entry = do(bob, c.OpenRoom(name="gARDEN")).room
    assert (entry.id, entry.name, entry.role) == (made.id, "Garden", "member")
    assert not events_of(made.id)
    assert_whole(made.id)


def test_opening_a_room_one_is_in_changes_nothing(alice, heard):
    made = do(alice, c.OpenRoom(name="Garden")).room
    heard.clear()
    assert do(alice, c.OpenRoom(name="Garden")).room == made
    assert not heard


def test_opening_finds_no_group_and_no_direct_room(alice, lounge):
    assert do(alice, c.OpenRoom(name="Lounge")).room.id != lounge.pk


def test_whoever_enters_sees_the_whole_history_and_nothing_unread(alice, bob, say):
    room = do(alice, c.OpenRoom(name="Garden")).room
    say(alice, Room.objects.get(pk=room.id), "before bob came")
    entry = do(bob, c.JoinRoom(room=room.id)).room
    assert entry.unread == 0
    assert [message.body for message in queries.messages(as_actor(bob), room.id).messages] == ["before bob came"]


def test_nobody_new_enters_an_archived_room(alice, bob):
    room = do(alice, c.OpenRoom(name="Garden")).room
    do(alice, c.ArchiveRoom(room=room.id))
    for command in (c.OpenRoom(name="Garden"), c.JoinRoom(room=room.id)):
        with pytest.raises(Forbidden):
            do(bob, command)
    assert do(alice, c.OpenRoom(name="Garden")).room.archived


def test_a_group_is_not_entered_without_an_invitation(charlie, lounge):
    with pytest.raises(NotFound):
        do(charlie, c.JoinRoom(room=lounge.pk))


# ── what it is called, and whether it is in use ──


def test_renaming_and_the_topic_are_told_and_written_down(alice, lounge, heard):
    do(alice, c.RenameRoom(room=lounge.pk, name="Salon"))
    entry = do(alice, c.SetTopic(room=lounge.pk, topic="Tea")).room
    assert (entry.name, entry.topic) == ("Salon", "Tea")
    assert [change.kind for change in heard.changes(stream(ROOM, lounge.pk))] == ["room", "message", "room", "message"]
    assert events_of(lounge) == [{"name": "room.renamed", "to": "Salon"}, {"name": "room.topic", "to": "Tea"}]
    assert_contiguous(heard.changes())
    assert_whole(lounge.pk)


def test_the_same_name_again_changes_nothing(alice, lounge, heard):
    do(alice, c.RenameRoom(room=lounge.pk, name="Lounge"))
    do(alice, c.SetTopic(room=lounge.pk, topic=""))
    do(alice, c.ArchiveRoom(room=lounge.pk, archived=False))
    assert not heard


def test_a_public_room_takes_no_name_that_is_taken(alice):
    do(alice, c.OpenRoom(name="Garden"))
    room = do(alice, c.OpenRoom(name="Square")).room
    with pytest.raises(Conflict):
        do(alice, c.RenameRoom(room=room.id, name="GARDEN"))
    assert do(alice, c.RenameRoom(room=room.id, name="square")).room.name == "square"


def test_a_renamed_public_room_is_found_by_its_new_name_alone(alice):
    room = do(alice, c.OpenRoom(name="Garden")).room
    do(alice, c.RenameRoom(room=room.id, name="Yard"))
    assert (queries.room_id_of("yard"), queries.room_id_of("Garden")) == (room.id, None)


def test_what_one_does_to_a_room_is_not_unread_for_oneself(alice, bob, lounge):
    entry = do(alice, c.RenameRoom(room=lounge.pk, name="Salon")).room
    assert entry.unread == 0
    assert queries.entry(as_actor(bob), lounge.pk).unread == 1


def test_an_archived_room_is_read_not_written_until_it_is_in_use_again(alice, bob, lounge, say):
    do(alice, c.ArchiveRoom(room=lounge.pk))
    refused = [
        c.AddMessage(room=lounge.pk, body="Hi"),
        c.RenameRoom(room=lounge.pk, name="Salon"),
        c.SetTopic(room=lounge.pk, topic="Tea"),
        c.InvitePerson(room=lounge.pk, person="charlie"),
        c.ChangeRole(room=lounge.pk, person="bob", role="moderator"),
    ]
    from digi.accounts import people

    people.create("charlie", None)
    for command in refused:
        with pytest.raises(Forbidden):
            do(alice, command)
    assert queries.messages(as_actor(bob), lounge.pk).messages
    do(bob, c.LeaveRoom(room=lounge.pk))
    do(alice, c.ArchiveRoom(room=lounge.pk, archived=False))
    say(alice, lounge, "again")
    assert_whole(lounge.pk)


def test_no_fault_is_found_in_what_was_made(alice, bob, lounge, direct, say):
    from digi.chat import integrity

    say(bob, direct)
    do(bob, c.LeaveRoom(room=lounge.pk))
    assert not list(integrity.faults())
    Member.objects.filter(room=lounge).update(rev=10**6)
    assert list(integrity.faults())
