"""Many writers at once: no gap, nothing twice, nothing missed, nobody heard after they are gone."""

import threading
import time
from functools import partial

import pytest

from digi.accounts import people
from digi.accounts.actors import of
from digi.chat.models import Draft, Member, Message, Room
from digi.errors import Conflict, DigiError, Forbidden, NotFound
from digi.execute import execute
from digi.live import sources
from digi.live.changes import ROOM, stream
from digi.protocol import commands as c
from tests.conftest import PASSWORD, as_actor
from tests.logs import assert_person_whole, assert_whole, of_room
from tests.racing import in_a_process, output_of, together

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def writers(transactional_db):
    """Eight members of one group; returns their actors and the room."""
    users = [people.create(f"writer{number}", None) for number in range(8)]
    names = [user.username for user in users[1:]]
    entry = do(as_actor(users[0]), c.CreateRoom(kind="group", name="Lounge", people=names)).room
    return [as_actor(user) for user in users], Room.objects.get(pk=entry.id)


def do(actor, command):
    return execute(actor, command)


def room_of(actor, command):
    return do(actor, command).room.id


def add(actor, room, body="Hello", **fields):
    return do(actor, c.AddMessage(room=room.pk, body=body, **fields)).message


def test_eight_writers_leave_no_gap_and_nothing_twice(writers, heard):
    actors, room = writers
    heard.clear()

    def write(actor):
        return [add(actor, room, str(number)) for number in range(25)]

    found = together([partial(write, actor) for actor in actors])
    assert not [outcome for outcome in found if isinstance(outcome, DigiError)]
    room.refresh_from_db()
    assert room.last_pos == 200
    assert_whole(room.pk)
    for messages in found:
        assert [message.pos for message in messages] == sorted(message.pos for message in messages)
    revs = [change.rev for change in heard.changes(stream(ROOM, room.pk))]
    assert sorted(revs) == list(range(room.head - 199, room.head + 1)), "each told once"


def test_whoever_reads_on_from_a_cursor_misses_nothing(writers):
    """A reader who polls while others write comes to hold every object as it is in the end."""
    actors, room = writers
    replica, is_done = of_room(room), threading.Event()

    def write(actor):
        for number in range(15):
            message = add(actor, room, str(number))
            if number % 3 == 1:
                do(actor, c.EditMessage(message=message.id, body="edited"))
            if number % 3 == 2:
                do(actor, c.DeleteMessage(message=message.id))

    def follow():
        while not is_done.is_set():
            replica.catch_up(limit=7)
            is_done.wait(0.01)  # or the reader would keep the writers from the processor

    def write_all():
        try:
            return together([partial(write, actor) for actor in actors[:6]])
        finally:
            is_done.set()

    assert together([write_all, follow])[0] == [None] * 6
    replica.catch_up(limit=7)
    fresh = of_room(room)
    fresh.catch_up(limit=200)
    assert replica.objects == fresh.objects
    assert len(fresh.shown("message")) == 90
    assert_whole(room.pk)


def test_all_kinds_of_changes_at_once_keep_the_logs_whole(writers):
    actors, room = writers
    talking = [partial(talk, actor, room) for actor in actors[1:4]]
    moving = [partial(come_and_go, actor, actors[0], room) for actor in actors[4:6]]
    assert together([*talking, *moving, partial(arrange, actors[0], actors[1], room)]) == [None] * 6
    assert_whole(room.pk)
    for actor in actors:
        assert_person_whole(Member.objects.get(room=room, person=actor.person_id).person)


def talk(actor, room):
    for number in range(12):
        message = add(actor, room, str(number))
        do(actor, c.EditMessage(message=message.id, body="edited"))
        do(actor, c.MarkRead(room=room.pk, pos=message.pos))
        if number % 2:
            do(actor, c.DeleteMessage(message=message.id))


def come_and_go(actor, owner, room):
    for _ in range(6):
        do(actor, c.LeaveRoom(room=room.pk))
        do(owner, c.InvitePerson(room=room.pk, person=actor.username))


def arrange(owner, other, room):
    for number in range(8):
        do(owner, c.RenameRoom(room=room.pk, name=f"Lounge {number}"))
        do(owner, c.ChangeRole(room=room.pk, person=other.username, role="member" if number % 2 else "moderator"))


def test_everybody_who_reacts_at_the_same_moment_is_named(writers):
    actors, room = writers
    message = add(actors[0], room)
    react = c.ReactToMessage(message=message.id, emoji="👍")
    assert not [outcome for outcome in together([partial(do, actor, react) for actor in actors]) if outcome is None]
    (reaction,) = Message.objects.get(pk=message.id).reactions
    assert sorted(reaction["people"]) == sorted(actor.username for actor in actors)
    assert_whole(room.pk)


def test_what_one_keeps_of_a_room_outlives_what_others_do_to_ones_role(writers):
    actors, room = writers
    owner, other = actors[0], actors[1]

    def star():
        for number in range(12):
            do(other, c.StarRoom(room=room.pk, starred=number % 2 == 1))
            do(other, c.SaveDraft(room=room.pk, body=str(number)))

    assert together([star, partial(arrange, owner, other, room)]) == [None, None]
    member = Member.objects.get(room=room, person=other.person_id)
    assert member.is_starred
    assert_person_whole(member.person)
    assert_whole(room.pk)


def test_nobody_keeps_a_draft_in_a_room_they_are_removed_from(writers):
    actors, room = writers
    owner, other = actors[0], actors[1]

    def begin():
        for number in range(20):
            do(other, c.SaveDraft(room=room.pk, body=str(number)))

    together([begin, lambda: do(owner, c.RemoveMember(room=room.pk, person=other.username))])
    assert not Draft.objects.filter(person=other.person_id).exclude(body="").exists()
    assert_person_whole(Member.objects.get(room=room, person=other.person_id).person)


def test_one_key_from_eight_threads_adds_one_message(writers):
    actors, room = writers
    found = together([lambda: add(actors[0], room, key="one-and-the-same")] * 8)
    assert len({message.id for message in found}) == 1
    assert Message.objects.filter(room=room, kind="text").count() == 1
    assert_whole(room.pk)


def test_one_key_in_two_rooms_at_once_is_used_in_one(writers):
    actors, room = writers
    other = Room.objects.get(pk=do(actors[0], c.CreateRoom(kind="group", name="Attic")).room.id)
    works = [partial(add, actors[0], place, key="one-and-the-same") for place in (room, other) * 4]
    found = together(works)
    rooms = {message.room for message in found if not isinstance(message, DigiError)}
    assert len(rooms) == 1
    assert all(isinstance(error, Conflict) for error in found if isinstance(error, DigiError))
    for place in (room, other):
        assert_whole(place.pk)


def test_both_begin_a_direct_room_at_once_and_get_the_same(writers):
    actors, _ = writers
    one, two = actors[:2]
    makes = [(one, c.CreateRoom(kind="direct", people=[two.username]))]
    makes += [(two, c.CreateRoom(kind="direct", people=[one.username]))]
    works = [partial(room_of, actor, command) for actor, command in makes * 4]
    assert len(set(together(works))) == 1
    assert Room.objects.filter(kind="direct").count() == 1


def test_eight_open_one_new_name_at_once_and_meet(writers):
    actors, _ = writers
    works = [partial(room_of, actor, c.OpenRoom(name="Garden")) for actor in actors]
    found = together(works)
    assert len(set(found)) == 1, found
    assert Member.objects.filter(room=found[0], has_left=False).count() == 8
    assert Member.objects.filter(room=found[0], role="owner").count() == 1
    assert_whole(found[0])


def test_one_person_opens_one_new_name_from_many_tabs(writers):
    actors, _ = writers
    found = together([partial(room_of, actors[0], c.OpenRoom(name="Garden"))] * 8)
    assert len(set(found)) == 1, found


def test_of_two_who_make_a_public_room_of_one_name_one_is_told_it_is_taken(writers):
    actors, _ = writers
    make = c.CreateRoom(kind="public", name="Garden")
    found = together([partial(room_of, actor, make) for actor in actors[:4]])
    assert sum(isinstance(outcome, int) for outcome in found) == 1
    assert {outcome.code for outcome in found if isinstance(outcome, DigiError)} == {"conflict"}


def test_nothing_of_the_removed_comes_after_their_removal(writers):
    actors, room = writers
    owner, removed = actors[0], actors[1]

    def talk():
        try:
            for number in range(200):
                add(removed, room, str(number))
        except NotFound:
            return "removed"
        return "never"

    def remove():
        while not Message.objects.filter(room=room, author=removed.person_id).count() > 5:
            pass
        do(owner, c.RemoveMember(room=room.pk, person=removed.username))

    assert together([talk, remove])[0] == "removed"
    gone = Member.objects.get(room=room, person=removed.person_id)
    assert gone.has_left
    assert not Message.objects.filter(room=room, author=removed.person_id, rev__gt=gone.rev).exists()
    assert_whole(room.pk)


def test_nothing_of_the_blocked_comes_after_the_block(writers):
    actors, _ = writers
    one, two = actors[:2]
    direct = Room.objects.get(pk=do(one, c.CreateRoom(kind="direct", people=[two.username])).room.id)

    def talk():
        sent = 0
        try:
            for number in range(200):
                add(two, direct, str(number))
                sent += 1
        except Forbidden:
            return sent
        return "never"

    def block():
        while not Message.objects.filter(room=direct).count() > 5:
            pass
        do(one, c.BlockPerson(person=two.username))
        return Message.objects.filter(room=direct).count()

    sent, at_the_block = together([talk, block])
    assert sent == at_the_block == Message.objects.filter(room=direct).count()


def test_two_who_ask_each_other_at_once_are_friends(writers):
    actors, _ = writers
    one, two = actors[:2]
    together([
        lambda: do(one, c.RequestFriend(person=two.username)),
        lambda: do(two, c.RequestFriend(person=one.username)),
    ])  # fmt: skip
    from digi.accounts import queries

    assert queries.are_friends(one.person_id, two.person_id)


def test_marks_of_many_devices_end_at_the_furthest(writers):
    actors, room = writers
    for number in range(20):
        add(actors[0], room, str(number))
    reader = actors[1]
    works = [partial(do, reader, c.MarkRead(room=room.pk, pos=pos)) for pos in (3, 20, 7, 12, 19, 1, 15, 8)]
    works.append(partial(do, actors[0], c.ChangeRole(room=room.pk, person=reader.username, role="moderator")))
    together(works)
    member = Member.objects.get(room=room, person=reader.person_id)
    assert (member.read_pos, member.role) == (20, "moderator")
    assert_person_whole(member.person)


# ── several processes ──

WRITE = """
from digi.accounts.actors import of
from digi.accounts.models import User
from digi.execute import execute
from digi.protocol import commands as c
actor, room = of(User.objects.get(username=sys.argv[1])), int(sys.argv[2])
for number in range(int(sys.argv[3])):
    message = execute(actor, c.AddMessage(room=room, body=f"{actor.username} {number}")).message
    execute(actor, c.AddMessage(room=room, body="once", key="shared-by-processes" + sys.argv[1]))
    if number % 3 == 0:
        execute(actor, c.EditMessage(message=message.id, body="edited"))
print("done")
"""


def test_two_processes_write_to_one_room(writers):
    _actors, room = writers
    replica = of_room(room)
    processes = [in_a_process(WRITE, f"writer{number % 2}", room.pk, 15) for number in range(2)]
    while any(process.poll() is None for process in processes):
        replica.catch_up(limit=5)
        time.sleep(0.01)
    assert [output_of(process).strip() for process in processes] == ["done", "done"]
    replica.catch_up(limit=5)
    fresh = of_room(room)
    fresh.catch_up(200)
    assert replica.objects == fresh.objects
    room.refresh_from_db()
    assert room.last_pos == 32
    assert sources.heads("room", [room.pk]) == {room.pk: room.head}
    assert_whole(room.pk)


# ── first come ──


def test_of_two_first_accounts_one_owns_the_server(transactional_db):
    found = together([partial(people.create, f"person{number}", PASSWORD) for number in range(4)])
    assert not [outcome for outcome in found if isinstance(outcome, DigiError)]
    assert sum(user.is_owner for user in found) == 1


def test_one_name_is_given_once(transactional_db):
    found = together([partial(people.create, name, PASSWORD) for name in ("alice", "Alice", "a1ice", "ａlice")])
    assert sum(not isinstance(outcome, DigiError) for outcome in found) == 1
    assert {outcome.code for outcome in found if isinstance(outcome, DigiError)} == {"conflict"}


def test_a_link_is_used_once_even_by_two_at_once(transactional_db):
    from digi.accounts import links
    from digi.accounts.models import Link

    token = links.invite(people.create("alice", None))
    found = together([partial(links.use, Link.Purpose.INVITATION, token)] * 4)
    assert sum(not isinstance(outcome, DigiError) for outcome in found) == 1


def test_an_actor_is_as_good_as_their_last_look_up(writers):
    """A revocation that comes while somebody writes ends it; nothing is written by who was signed out."""
    from digi.accounts import sessions

    actors, room = writers
    talker = actors[1]

    def talk():
        try:
            for number in range(200):
                add(talker, room, str(number))
        except DigiError as error:
            return error.code
        return "never"

    def revoke():
        while not Message.objects.filter(room=room, author=talker.person_id).count() > 5:
            pass
        sessions.revoke(talker.person_id)
        return Message.objects.filter(room=room, author=talker.person_id).count()

    code, at_the_end = together([talk, revoke])
    assert code == "unauthenticated"
    assert Message.objects.filter(room=room, author=talker.person_id).count() <= at_the_end + 1
    assert of(Member.objects.get(room=room, person=talker.person_id).person) != talker
