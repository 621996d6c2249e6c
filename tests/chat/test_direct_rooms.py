"""Direct rooms: one for each pair, between people who may meet, read-only behind a block."""

import pytest

from digi.chat import queries
from digi.errors import Forbidden, Invalid, NotFound
from digi.execute import execute
from digi.live.changes import ROOM, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import assert_person_whole, assert_whole, counted

pytestmark = pytest.mark.engine


def do(user, command):
    return execute(as_actor(user), command)


def meet(user, *others, **fields):
    return do(user, c.CreateRoom(kind="direct", people=list(others), **fields)).room


def befriend(one, other):
    do(one, c.RequestFriend(person=other.username))
    do(other, c.AcceptFriend(person=one.username))


def test_the_same_pair_always_gets_the_same_room(alice, bob, direct, heard):
    assert meet(bob, "alice").id == meet(alice, "bob").id == meet(alice, "BOB").id == direct.pk
    assert not heard.changes(stream(ROOM, direct.pk))[3:], "the room and two members, once"


def test_it_has_two_plain_members_and_no_name(alice, bob, direct):
    entry = queries.entry(as_actor(alice), direct.pk)
    assert (entry.name, entry.people, entry.role) == (None, ["alice", "bob"], "member")
    assert [profile.username for profile in entry.profiles or ()] == ["alice", "bob"]
    assert {member.role for member in queries.members(as_actor(bob), direct.pk)} == {"member"}
    assert_whole(direct.pk)


@pytest.mark.parametrize("people", [[], ["bob", "charlie"], ["alice"]])
def test_it_is_between_exactly_two(people, alice, bob, charlie):
    with pytest.raises(Invalid) as refused:
        meet(alice, *people)
    assert refused.value.field == "people"


def test_it_takes_no_name(alice, bob):
    with pytest.raises(Invalid) as refused:
        meet(alice, "bob", name="Us")
    assert refused.value.field == "name"


def test_strangers_become_friends_first(alice, charlie):
    with pytest.raises(Forbidden):
        meet(alice, "charlie")
    befriend(alice, charlie)
    assert meet(alice, "charlie").kind == "direct"


def test_an_open_request_is_no_friendship(alice, charlie):
    do(alice, c.RequestFriend(person="charlie"))
    with pytest.raises(Forbidden):
        meet(charlie, "alice")


def test_people_of_one_room_may_meet_where_the_server_allows(bob, robbie, lounge, settings):
    settings.DIGI_DIRECT = "friends"
    with pytest.raises(Forbidden):
        meet(bob, "robbie")
    settings.DIGI_DIRECT = "members"
    assert meet(bob, "robbie").people == sorted(["bob", "robbie"], key=["bob", "robbie"].index)


def test_a_room_that_one_has_left_is_no_room_in_common(bob, robbie, lounge):
    do(bob, c.LeaveRoom(room=lounge.pk))
    with pytest.raises(Forbidden):
        meet(bob, "robbie")


def test_another_direct_room_is_no_room_in_common(alice, bob, charlie, direct):
    befriend(bob, charlie)
    meet(bob, "charlie")
    with pytest.raises(Forbidden):
        meet(alice, "charlie")


def test_ending_the_friendship_keeps_the_room(alice, bob, direct, say):
    do(bob, c.RemoveFriend(person="alice"))
    assert say(alice, direct).room == direct.pk
    assert meet(bob, "alice").id == direct.pk


@pytest.mark.parametrize("blocker", ["alice", "bob"])
def test_a_block_makes_it_read_only_for_both(blocker, request, alice, bob, direct, say):
    message, other = say(alice, direct), {"alice": "bob", "bob": "alice"}[blocker]
    do(request.getfixturevalue(blocker), c.BlockPerson(person=other))
    for user in (alice, bob):
        assert queries.messages(as_actor(user), direct.pk).messages == [message]
        for command in (
            c.AddMessage(room=direct.pk, body="Hi"),
            c.EditMessage(message=message.id, body="Hi"),
            c.DeleteMessage(message=message.id),
        ):
            with pytest.raises(Forbidden):
                do(user, command)
    do(request.getfixturevalue(blocker), c.UnblockPerson(person=other))
    assert say(bob, direct).pos == message.pos + 1
    assert_whole(direct.pk)


def test_with_blocks_both_ways_both_have_to_be_lifted(alice, bob, direct, say):
    for user, other in ((alice, "bob"), (bob, "alice")):
        do(user, c.BlockPerson(person=other))
    do(alice, c.UnblockPerson(person="bob"))
    with pytest.raises(Forbidden):
        say(alice, direct)
    do(bob, c.UnblockPerson(person="alice"))
    say(alice, direct)


def test_a_block_leaves_common_rooms_as_they_are(alice, bob, lounge, say):
    do(alice, c.BlockPerson(person="bob"))
    assert say(bob, lounge).room == say(alice, lounge).room


def test_no_direct_room_begins_behind_a_block(alice, bob, lounge):
    do(bob, c.BlockPerson(person="alice"))
    with pytest.raises(NotFound):
        meet(alice, "bob")
    with pytest.raises(Forbidden):
        meet(bob, "alice")


def test_a_direct_room_is_not_left_filled_renamed_or_archived(alice, charlie, direct):
    for command in (
        c.LeaveRoom(room=direct.pk),
        c.InvitePerson(room=direct.pk, person="charlie"),
        c.RemoveMember(room=direct.pk, person="bob"),
        c.ChangeRole(room=direct.pk, person="bob", role="owner"),
        c.RenameRoom(room=direct.pk, name="Us"),
        c.SetTopic(room=direct.pk, topic="Us"),
        c.ArchiveRoom(room=direct.pk),
    ):
        with pytest.raises(Forbidden):
            do(alice, command)


def test_it_is_told_to_both(alice, bob, heard):
    befriend(alice, bob)
    heard.clear()
    entry = meet(alice, "bob")
    gained = [change for change in heard.changes() if change.kind == "entry"]
    assert [change.shown.people for change in gained] == [["alice", "bob"]] * 2
    assert {change.shown.id for change in gained} == {entry.id}
    for user in (alice, bob):
        assert_person_whole(user)


def test_opening_one_takes_nine_queries(alice, bob, direct, say):
    say(alice, direct)
    actor = as_actor(bob)
    with counted() as queries_made:
        queries.entry(actor, direct.pk)
        queries.messages(actor, direct.pk)
    assert queries_made.number <= 9, queries_made.statements
