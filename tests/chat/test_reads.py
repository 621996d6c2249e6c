"""Who has read how far: told in small rooms, of those who let it be known."""

import pytest

from digi.accounts.models import User
from digi.chat import queries
from digi.chat.models import Member
from digi.errors import NotFound
from digi.execute import execute
from digi.live.changes import Signal
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import counted

pytestmark = pytest.mark.engine


def reads(user, room):
    return queries.reads(as_actor(user), room.pk)


def read(user, room, pos):
    execute(as_actor(user), c.MarkRead(room=room.pk, pos=pos))


def hide(user):
    execute(as_actor(user), c.EditSettings(show_reads=False))


def fill(room, number):
    """Have so many people in a room."""
    have = Member.objects.filter(room=room).count()
    names = [f"person-{index}" for index in range(have, number)]
    fields = {"head": 1, "hue": 1, "joined_at": room.created_at}
    users = User.objects.bulk_create(User(username=name, skeleton=name, display_name=name, **fields) for name in names)
    rows = {"room": room, "joined_at": room.created_at, "added_rev": 1, "rev": 1, "entry_rev": 1}
    Member.objects.bulk_create(Member(person=user, **rows) for user in users)


@pytest.fixture
def said(alice, lounge, say):
    return [say(alice, lounge, str(number)) for number in range(3)][-1]


def test_each_members_mark_is_told(alice, bob, lounge, said):
    read(bob, lounge, said.pos - 1)
    expected = {"alice": said.pos, "bob": said.pos - 1, "robbie": 0}
    assert reads(alice, lounge) == reads(bob, lounge) == expected


def test_who_does_not_want_it_known_sees_their_own_alone(alice, bob, lounge, said, heard):
    hide(bob)
    heard.clear()
    read(bob, lounge, said.pos)
    assert reads(alice, lounge) == {"alice": said.pos, "robbie": 0}
    assert reads(bob, lounge) == {"alice": said.pos, "bob": said.pos, "robbie": 0}
    assert not [item for item in heard if isinstance(item, Signal)]
    assert len(heard.changes()) == 1, "one's own devices learn of it all the same"


def test_who_has_left_is_not_among_them(alice, bob, lounge, said):
    execute(as_actor(bob), c.LeaveRoom(room=lounge.pk))
    assert set(reads(alice, lounge)) == {"alice", "robbie"}


def test_in_a_room_of_more_than_fifty_nobody_is_told(alice, bob, lounge, said, heard):
    fill(lounge, 50)
    assert len(reads(alice, lounge)) == 50
    read(bob, lounge, said.pos - 1)
    assert [item for item in heard if isinstance(item, Signal)]
    fill(lounge, 51)
    heard.clear()
    assert reads(alice, lounge) == {}
    read(bob, lounge, said.pos)
    assert not [item for item in heard if isinstance(item, Signal)]


def test_a_stranger_reads_nothing(charlie, lounge, said):
    with pytest.raises(NotFound):
        reads(charlie, lounge)


def test_it_takes_two_queries_and_none_more_when_a_room_is_opened(alice, bob, lounge, said):
    actor = as_actor(bob)
    with counted() as made:
        queries.reads(actor, lounge.pk)
    assert made.number <= 2, made.statements
    with counted() as made:
        opened = queries.opened(actor, lounge.pk)
    assert made.number <= 5, made.statements
    with counted() as made:
        queries.opened(actor, lounge.pk)
    assert made.number <= 4, made.statements  # what was shown lately is not read again
    assert opened.reads == reads(bob, lounge)
    assert [member.person for member in opened.members] == ["alice", "bob", "robbie"]


def test_a_room_is_opened_around_a_pos(alice, lounge, say):
    for number in range(80):
        say(alice, lounge, str(number))
    actor = as_actor(alice)
    with counted() as made:
        page = queries.opened(actor, lounge.pk, 30).page
    assert made.number <= 6, made.statements
    assert page.messages[0].pos < 30 < page.messages[-1].pos
    assert page.more
