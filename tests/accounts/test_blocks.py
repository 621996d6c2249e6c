"""Blocks: they end a friendship, and hide the blocker from the blocked."""

import pytest

from digi.accounts import queries
from digi.accounts.models import Block
from digi.errors import Invalid, NotFound
from digi.execute import execute
from digi.live.changes import PERSON, Signal, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import assert_contiguous, assert_person_whole, of_person

pytestmark = pytest.mark.engine


def do(user, command):
    return execute(as_actor(user), command)


def block(user, name):
    return do(user, c.BlockPerson(person=name)).block


def looks_again(heard):
    """The streams on which people are asked to look again whom they may see."""
    return sorted(item.stream for item in heard if isinstance(item, Signal) and item.rewatch)


def test_a_block_is_told_to_the_blocker_alone(alice, bob, heard):
    shown = block(alice, "bob")
    assert (shown.person, shown.active) == ("bob", True)
    (change,) = heard.changes()
    assert (change.stream, change.kind, change.shown) == (stream(PERSON, alice.pk), "block", shown)
    assert_person_whole(alice)


@pytest.mark.parametrize("requested_by", ["alice", "bob"])
@pytest.mark.parametrize("is_accepted", [False, True])
def test_a_block_ends_a_friendship_or_request(requested_by, is_accepted, request, alice, bob, heard):
    one = request.getfixturevalue(requested_by)
    two = bob if one == alice else alice
    do(one, c.RequestFriend(person=two.username))
    if is_accepted:
        do(two, c.AcceptFriend(person=one.username))
    heard.clear()
    block(alice, "bob")
    assert queries.friends(as_actor(alice)) == queries.friends(as_actor(bob)) == []
    assert [change.shown.state for change in heard.changes() if change.kind == "friend"] == ["none", "none"]
    assert not [change for change in heard.changes(stream(PERSON, bob.pk)) if change.kind == "block"]
    assert_contiguous(heard.changes())
    for user in (alice, bob):
        assert_person_whole(user)


def test_both_look_again_whom_they_may_see(alice, bob, heard):
    both = [stream(PERSON, alice.pk), stream(PERSON, bob.pk)]
    block(alice, "bob")
    assert looks_again(heard) == both
    assert all(not item.content for item in heard if isinstance(item, Signal)), "and hear nothing of why"
    heard.clear()
    do(alice, c.UnblockPerson(person="bob"))
    assert looks_again(heard) == both


def test_so_they_do_when_a_friendship_ends_and_not_when_a_request_does(alice, bob, heard):
    do(alice, c.RequestFriend(person="bob"))
    do(bob, c.DeclineFriend(person="alice"))
    do(alice, c.RequestFriend(person="bob"))
    do(bob, c.AcceptFriend(person="alice"))
    assert not looks_again(heard)
    do(bob, c.RemoveFriend(person="alice"))
    assert looks_again(heard) == [stream(PERSON, alice.pk), stream(PERSON, bob.pk)]


def test_blocking_twice_is_blocking_once(alice, bob, heard):
    first = block(alice, "bob")
    heard.clear()
    assert block(alice, "bob") == first
    assert not heard
    assert Block.objects.count() == 1


def test_lifting_a_block_brings_no_friendship_back(alice, bob):
    do(alice, c.RequestFriend(person="bob"))
    do(bob, c.AcceptFriend(person="alice"))
    block(alice, "bob")
    assert not do(alice, c.UnblockPerson(person="bob")).block.active
    assert queries.friends(as_actor(alice)) == []
    assert queries.blocks(as_actor(alice)) == []
    assert queries.person(as_actor(bob), "alice").username == "alice"


def test_lifting_what_is_not_there_changes_nothing(alice, bob, heard):
    assert not do(alice, c.UnblockPerson(person="bob")).block.active
    assert not heard


def test_the_blocker_is_nowhere_to_be_found_for_the_blocked(alice, bob):
    block(bob, "alice")
    assert queries.people(as_actor(alice), "bob") == []
    with pytest.raises(NotFound):
        queries.person(as_actor(alice), "bob")
    assert queries.person(as_actor(bob), "alice").username == "alice"


def test_one_may_block_back(alice, bob):
    block(bob, "alice")
    assert block(alice, "bob").active
    do(bob, c.UnblockPerson(person="alice"))
    assert queries.are_blocked(alice.pk, bob.pk)


def test_nobody_blocks_themselves_or_nobody(alice):
    with pytest.raises(Invalid):
        block(alice, "alice")
    with pytest.raises(NotFound):
        block(alice, "nobody")


def test_blocks_are_found_by_catching_up(alice, bob, charlie, heard):
    live, late = of_person(alice), of_person(alice)
    block(alice, "bob")
    block(alice, "charlie")
    do(alice, c.UnblockPerson(person="bob"))
    live.hear(heard.changes())
    late.catch_up(1)
    assert live.objects == late.objects
    assert [one["person"] for one in late.shown("block") if one["active"]] == ["charlie"]
    assert [one.person for one in queries.blocks(as_actor(alice))] == ["charlie"]
