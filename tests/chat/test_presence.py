"""Whose presence one may see: of friends and of people in one's rooms, where nothing speaks against it."""

import pytest
from django.utils import timezone

from digi.accounts import people
from digi.accounts import queries as accounts
from digi.accounts.models import User
from digi.chat import queries
from digi.execute import execute
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import counted

pytestmark = pytest.mark.engine

EVERYBODY = ("alice", "bob", "charlie", "robbie", "nobody")


def seen(user):
    return set(queries.visible_presence(as_actor(user), EVERYBODY).values())


def befriend(one, other):
    execute(as_actor(one), c.RequestFriend(person=other.username))
    execute(as_actor(other), c.AcceptFriend(person=one.username))


def choose(user, **settings):
    User.objects.filter(pk=user.pk).update(settings=settings)


def test_one_sees_whom_one_shares_a_room_with_but_not_oneself(alice, bob, charlie, lounge):
    assert seen(alice) == {"bob", "robbie"}
    assert seen(charlie) == set()


def test_they_are_named_by_who_they_are(alice, bob, lounge):
    assert queries.visible_presence(as_actor(alice), ["BOB", " bob "]) == {bob.pk: "bob"}
    assert queries.visible_presence(as_actor(alice), []) == {}


def test_one_sees_ones_friends_and_not_who_has_only_asked(alice, charlie):
    execute(as_actor(charlie), c.RequestFriend(person="alice"))
    assert seen(alice) == seen(charlie) == set()
    execute(as_actor(alice), c.AcceptFriend(person="charlie"))
    assert seen(alice) == {"charlie"}
    assert seen(charlie) == {"alice"}


def test_a_direct_room_is_a_room_one_shares(alice, bob, direct):
    execute(as_actor(alice), c.RemoveFriend(person="bob"))
    assert seen(alice) == {"bob"}


def test_who_has_left_is_no_longer_seen_and_sees_nobody(alice, bob, lounge):
    execute(as_actor(bob), c.LeaveRoom(room=lounge.pk))
    assert seen(alice) == {"robbie"}
    assert seen(bob) == set()


def test_a_block_hides_both_from_each_other(alice, bob, lounge):
    execute(as_actor(bob), c.BlockPerson(person="alice"))
    assert seen(alice) == {"robbie"}
    assert seen(bob) == {"robbie"}
    assert accounts.blocked_with(alice.pk) == {bob.pk}
    assert accounts.blocked_with(bob.pk) == {alice.pk}
    execute(as_actor(bob), c.UnblockPerson(person="alice"))
    assert seen(alice) == {"bob", "robbie"}
    assert accounts.blocked_with(alice.pk) == frozenset()


def test_who_does_not_want_to_be_seen_is_not(alice, bob, lounge):
    choose(bob, show_online=False)
    assert seen(alice) == {"robbie"}
    assert seen(bob) == {"alice", "robbie"}


def test_who_was_deactivated_is_not_seen(alice, bob, lounge):
    people.deactivate(bob)
    assert seen(alice) == {"robbie"}


@pytest.mark.parametrize("number", [1, 200])
def test_it_takes_two_queries_however_many_are_asked_for(number, alice, bob, lounge):
    actor = as_actor(alice)
    with counted() as made:
        found = queries.visible_presence(actor, ["bob", *(f"person-{index}" for index in range(1, number))])
    assert list(found.values()) == ["bob"]
    assert made.number == 2, made.statements


# ── when somebody was last here ──


def test_when_somebody_was_here_is_told_to_the_second(alice, bob):
    before = timezone.now()
    people.seen(bob.pk)
    ((person_id, moment),) = accounts.seen_at([alice.pk, bob.pk]).items()
    assert person_id == bob.pk
    assert before <= moment <= timezone.now()


def test_who_does_not_want_it_known_was_never_here(bob):
    people.seen(bob.pk)
    choose(bob, show_last_seen=False)
    assert accounts.seen_at([bob.pk]) == {}


def test_noting_it_moves_no_log(bob):
    before = as_actor(bob), bob.head
    people.seen(bob.pk)
    assert (as_actor(bob), bob.head) == before
