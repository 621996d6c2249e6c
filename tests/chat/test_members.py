"""Who is in a room, and in what role: inviting, leaving, removing, heirs."""

import pytest

from digi.accounts import people
from digi.chat import queries
from digi.chat.models import Member, Message
from digi.errors import Conflict, Forbidden, NotFound
from digi.execute import execute
from digi.live.changes import PERSON, ROOM, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import assert_contiguous, assert_person_whole, assert_whole

pytestmark = pytest.mark.engine


def do(user, command):
    return execute(as_actor(user), command)


def roles(room):
    return dict(Member.objects.filter(room=room, has_left=False).values_list("person__username", "role"))


def last_event(room):
    return Message.objects.filter(room=room).latest("pos").event


# ── inviting ──


def test_every_member_brings_others_in(alice, bob, charlie, lounge, heard):
    member = do(bob, c.InvitePerson(room=lounge.pk, person="charlie")).member
    assert (member.person, member.role, member.left) == ("charlie", "member", False)
    assert last_event(lounge) == {"name": "member.invited", "person": "charlie"}
    (gained,) = heard.changes(stream(PERSON, charlie.pk))
    assert (gained.kind, gained.hears) == ("entry", stream(ROOM, lounge.pk))
    assert [change.kind for change in heard.changes(stream(ROOM, lounge.pk))] == ["member", "message"]
    assert_contiguous(heard.changes())
    assert_person_whole(charlie)
    assert_whole(lounge.pk)


def test_inviting_a_member_changes_nothing(alice, lounge, heard):
    assert do(alice, c.InvitePerson(room=lounge.pk, person="bob")).member.role == "member"
    assert not heard


def test_a_block_stops_invitations_both_ways(alice, bob, charlie, lounge):
    do(charlie, c.BlockPerson(person="bob"))
    with pytest.raises(NotFound):
        do(bob, c.InvitePerson(room=lounge.pk, person="charlie"))
    do(charlie, c.UnblockPerson(person="bob"))
    do(bob, c.BlockPerson(person="charlie"))
    with pytest.raises(Forbidden):
        do(bob, c.InvitePerson(room=lounge.pk, person="charlie"))


def test_the_deactivated_are_not_invited(alice, charlie, lounge):
    people.deactivate(charlie)
    with pytest.raises(NotFound):
        do(alice, c.InvitePerson(room=lounge.pk, person="charlie"))


# ── leaving ──


def test_leaving_ends_what_one_sees(alice, bob, lounge, heard):
    do(bob, c.LeaveRoom(room=lounge.pk))
    with pytest.raises(NotFound):
        queries.messages(as_actor(bob), lounge.pk)
    assert lounge.pk not in {entry.id for entry in queries.inbox(as_actor(bob))}
    member, line = heard.changes(stream(ROOM, lounge.pk))
    assert (member.shown.left, member.leaver, line.shown.event.name) == (True, bob.pk, "member.left")
    (lost,) = heard.changes(stream(PERSON, bob.pk))
    assert (lost.kind, lost.stops) == ("left", stream(ROOM, lounge.pk))
    assert heard.index(member) < heard.index(line)
    assert_contiguous(heard.changes())


def test_leaving_a_public_room_writes_no_line(alice, bob):
    room = do(alice, c.OpenRoom(name="Garden")).room
    do(bob, c.OpenRoom(name="Garden"))
    do(bob, c.LeaveRoom(room=room.id))
    assert not Message.objects.filter(room=room.id).exists()


def test_who_comes_back_is_a_plain_member_and_sees_what_was_said_meanwhile(alice, bob, lounge, say):
    do(alice, c.ChangeRole(room=lounge.pk, person="bob", role="moderator"))
    do(bob, c.LeaveRoom(room=lounge.pk))
    missed = say(alice, lounge, "while bob was away")
    member = do(alice, c.InvitePerson(room=lounge.pk, person="bob")).member
    assert (member.role, member.left) == ("member", False)
    assert missed in queries.messages(as_actor(bob), lounge.pk).messages
    assert_whole(lounge.pk)
    assert_person_whole(bob)


def test_the_last_owners_room_goes_to_the_longest_serving_moderator(alice, bob, robbie, charlie, lounge):
    do(alice, c.InvitePerson(room=lounge.pk, person="charlie"))
    for name in ("charlie", "robbie"):
        do(alice, c.ChangeRole(room=lounge.pk, person=name, role="moderator"))
    do(alice, c.LeaveRoom(room=lounge.pk))
    assert roles(lounge) == {"bob": "member", "robbie": "owner", "charlie": "moderator"}
    assert_whole(lounge.pk)
    assert_person_whole(robbie)


def test_without_moderators_it_goes_to_the_longest_serving_member(alice, charlie, lounge, heard):
    do(alice, c.InvitePerson(room=lounge.pk, person="charlie"))
    heard.clear()
    do(alice, c.LeaveRoom(room=lounge.pk))
    assert roles(lounge) == {"bob": "owner", "robbie": "member", "charlie": "member"}
    kinds = [(change.kind, change.rev) for change in heard.changes(stream(ROOM, lounge.pk))]
    assert [kind for kind, _ in kinds] == ["member", "member", "message"]
    assert_contiguous(heard.changes())


def test_the_deactivated_inherit_nothing(alice, bob, lounge):
    people.deactivate(bob)
    do(alice, c.LeaveRoom(room=lounge.pk))
    assert roles(lounge)["robbie"] == "owner"


def test_a_room_with_another_owner_needs_no_heir(alice, bob, lounge):
    do(alice, c.ChangeRole(room=lounge.pk, person="robbie", role="owner"))
    do(alice, c.LeaveRoom(room=lounge.pk))
    assert roles(lounge) == {"bob": "member", "robbie": "owner"}


def test_the_last_to_leave_leaves_an_empty_room(alice):
    room = do(alice, c.OpenRoom(name="Garden")).room
    do(alice, c.LeaveRoom(room=room.id))
    assert roles(room.id) == {}
    assert do(alice, c.OpenRoom(name="Garden")).room.id == room.id


# ── removing ──


def test_a_moderator_removes_a_plain_member(alice, bob, robbie, lounge, heard):
    do(alice, c.ChangeRole(room=lounge.pk, person="bob", role="moderator"))
    heard.clear()
    member = do(bob, c.RemoveMember(room=lounge.pk, person="Robbie")).member
    assert (member.person, member.left) == ("robbie", True)
    assert last_event(lounge) == {"name": "member.removed", "person": "robbie"}
    assert [change.leaver for change in heard.changes(stream(ROOM, lounge.pk))] == [robbie.pk, None]
    assert_contiguous(heard.changes())
    assert_person_whole(robbie)


@pytest.mark.parametrize(("who", "whom"), [("bob", "robbie"), ("robbie", "alice"), ("bob", "bob"), ("alice", "alice")])
def test_nobody_removes_their_equals_or_betters(who, whom, request, alice, bob, robbie, lounge):
    for name in ("bob", "robbie"):
        do(alice, c.ChangeRole(room=lounge.pk, person=name, role="moderator"))
    with pytest.raises(Forbidden):
        do(request.getfixturevalue(who), c.RemoveMember(room=lounge.pk, person=whom))


def test_who_is_not_in_the_room_is_not_removed(alice, charlie, lounge):
    for name in ("charlie", "nobody"):
        with pytest.raises(NotFound) as refused:
            do(alice, c.RemoveMember(room=lounge.pk, person=name))
        assert refused.value.field == "person"


# ── roles ──


def test_an_owner_gives_roles_and_it_is_told(alice, bob, lounge, heard):
    member = do(alice, c.ChangeRole(room=lounge.pk, person="bob", role="moderator")).member
    assert member.role == "moderator"
    assert last_event(lounge) == {"name": "member.role", "person": "bob", "to": "moderator"}
    (entry,) = heard.changes(stream(PERSON, bob.pk))
    assert entry.shown.role == "moderator"
    assert_contiguous(heard.changes())
    assert_whole(lounge.pk)


def test_the_role_one_has_changes_nothing(alice, lounge, heard):
    do(alice, c.ChangeRole(room=lounge.pk, person="bob", role="member"))
    assert not heard


def test_a_room_keeps_an_owner(alice, bob, lounge):
    with pytest.raises(Conflict):
        do(alice, c.ChangeRole(room=lounge.pk, person="alice", role="member"))
    do(alice, c.ChangeRole(room=lounge.pk, person="bob", role="owner"))
    do(alice, c.ChangeRole(room=lounge.pk, person="alice", role="member"))
    assert roles(lounge)["bob"] == "owner"


def test_a_change_of_role_leaves_the_read_mark_where_it_is(alice, bob, lounge, say, heard):
    message = say(alice, lounge)
    do(bob, c.MarkRead(room=lounge.pk, pos=message.pos))
    do(alice, c.ChangeRole(room=lounge.pk, person="bob", role="moderator"))
    assert heard.changes(stream(PERSON, bob.pk))[-1].shown.read_pos == message.pos
    assert queries.entry(as_actor(bob), lounge.pk).read_pos == message.pos


def test_members_are_listed_by_role_and_name(alice, bob, charlie, lounge):
    do(alice, c.InvitePerson(room=lounge.pk, person="charlie"))
    do(alice, c.ChangeRole(room=lounge.pk, person="robbie", role="moderator"))
    found = queries.members(as_actor(bob), lounge.pk)
    assert [member.person for member in found] == ["alice", "robbie", "bob", "charlie"]
