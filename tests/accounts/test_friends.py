"""Requests and friendships: what each command makes of how two people stand."""

import pytest

from digi.accounts import people, queries
from digi.errors import Conflict, DigiError, Forbidden, Invalid, NotFound
from digi.execute import execute
from digi.live.changes import PERSON, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import Replica, assert_contiguous, assert_person_whole, counted, of_person

pytestmark = pytest.mark.engine

COMMANDS = {
    "request": c.RequestFriend,
    "accept": c.AcceptFriend,
    "decline": c.DeclineFriend,
    "withdraw": c.WithdrawFriend,
    "remove": c.RemoveFriend,
}


def do(user, command):
    return execute(as_actor(user), command)


def standing(user, other):
    found = {friend.person: friend.state for friend in queries.friends(as_actor(user))}
    return found.get(other.username, "none")


def bring_to(state, alice, bob):
    """How alice stands with bob: none, outgoing, incoming or friend."""
    if state in {"outgoing", "friend"}:
        do(alice, c.RequestFriend(person="bob"))
    if state == "incoming":
        do(bob, c.RequestFriend(person="alice"))
    if state == "friend":
        do(bob, c.AcceptFriend(person="alice"))


@pytest.mark.parametrize(
    ("before", "command", "after"),
    [
        ("none", "request", "outgoing"),
        ("none", "accept", NotFound),
        ("none", "decline", "none"),
        ("none", "withdraw", "none"),
        ("none", "remove", "none"),
        ("outgoing", "request", "outgoing"),
        ("outgoing", "accept", NotFound),
        ("outgoing", "decline", Conflict),
        ("outgoing", "withdraw", "none"),
        ("outgoing", "remove", Conflict),
        ("incoming", "request", "friend"),
        ("incoming", "accept", "friend"),
        ("incoming", "decline", "none"),
        ("incoming", "withdraw", Conflict),
        ("incoming", "remove", Conflict),
        ("friend", "request", "friend"),
        ("friend", "accept", "friend"),
        ("friend", "decline", Conflict),
        ("friend", "withdraw", Conflict),
        ("friend", "remove", "none"),
    ],
)
def test_each_command_from_each_state(before, command, after, alice, bob, heard):
    bring_to(before, alice, bob)
    heard.clear()
    if not isinstance(after, str):
        with pytest.raises(after):
            do(alice, COMMANDS[command](person="bob"))
        after = before
    else:
        assert do(alice, COMMANDS[command](person="bob")).friend.state == after
    assert standing(alice, bob) == after
    assert standing(bob, alice) == {"outgoing": "incoming", "incoming": "outgoing"}.get(after, after)
    assert bool(heard) == (before != after), "what changes is told, and nothing else"
    assert {change.stream for change in heard} == (
        {stream(PERSON, user.pk) for user in (alice, bob)} if before != after else set()
    )
    assert_contiguous(heard.changes())
    for user in (alice, bob):
        assert_person_whole(user)


def test_each_of_the_two_hears_it_as_they_see_it(alice, bob, heard):
    do(alice, c.RequestFriend(person="bob"))
    seen = {change.stream: change.shown for change in heard.changes()}
    to_alice, to_bob = seen[stream(PERSON, alice.pk)], seen[stream(PERSON, bob.pk)]
    assert (to_alice.person, to_alice.state) == ("bob", "outgoing")
    assert (to_bob.person, to_bob.state) == ("alice", "incoming")


def test_a_name_is_found_however_it_is_written(alice, bob):
    assert do(alice, c.RequestFriend(person=" ＢＯＢ ")).person.username == "bob"


def test_nobody_befriends_themselves(alice):
    with pytest.raises(Invalid):
        do(alice, c.RequestFriend(person="Alice"))


@pytest.mark.parametrize("command", COMMANDS)
def test_whoever_blocks_one_is_nowhere_to_be_found(command, alice, bob):
    do(bob, c.BlockPerson(person="alice"))
    details = set()
    for name in ("bob", "nobody"):
        with pytest.raises(NotFound) as refused:
            do(alice, COMMANDS[command](person=name))
        details.add(refused.value.detail)
    assert len(details) == 1


def test_one_lifts_ones_block_before_asking(alice, bob):
    do(alice, c.BlockPerson(person="bob"))
    with pytest.raises(Forbidden):
        do(alice, c.RequestFriend(person="bob"))
    do(alice, c.UnblockPerson(person="bob"))
    assert do(alice, c.RequestFriend(person="bob")).friend.state == "outgoing"


def test_the_deactivated_are_asked_nothing(alice, bob):
    people.deactivate(bob)
    with pytest.raises(NotFound):
        do(alice, c.RequestFriend(person="bob"))


def test_following_ones_log_shows_ones_friends(alice, bob, charlie, heard):
    def refresh(replica: Replica) -> dict[str, str]:
        return {one["person"]: one["state"] for one in replica.shown("friend") if one["state"] != "none"}

    live, late = of_person(alice), of_person(alice)
    do(alice, c.RequestFriend(person="bob"))
    do(charlie, c.RequestFriend(person="alice"))
    do(alice, c.AcceptFriend(person="charlie"))
    do(bob, c.DeclineFriend(person="alice"))
    live.hear(heard.changes())
    late.catch_up(1)
    assert (
        refresh(live) == refresh(late) == {friend.person: friend.state for friend in queries.friends(as_actor(alice))}
    )
    assert live.objects == late.objects


def test_friends_are_listed_by_name_with_one_query(alice, bob, charlie):
    for name in ("charlie", "bob"):
        do(alice, c.RequestFriend(person=name))
    actor = as_actor(alice)
    with counted() as made:
        found = queries.friends(actor)
    assert [friend.person for friend in found] == ["bob", "charlie"]
    assert made.number == 1


def test_a_refusal_writes_nothing(alice, bob):
    with pytest.raises(DigiError):
        do(alice, c.AcceptFriend(person="bob"))
    alice.refresh_from_db()
    assert alice.head == 0
