"""Accounts: who owns the server, who is found, and what deactivation ends."""

import pytest

from digi.accounts import people, queries, sessions
from digi.accounts.models import User
from digi.errors import Conflict, DigiError, Invalid, NotFound, Unauthenticated
from digi.execute import execute
from digi.live.changes import PERSON, stream
from digi.protocol import commands as c
from tests.conftest import PASSWORD, as_actor

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


# ── the owner ──


def test_the_first_account_owns_the_server_and_no_other():
    assert people.create("alice", PASSWORD).is_owner
    assert not people.create("bob", PASSWORD).is_owner


def test_a_bot_is_no_owner_even_if_it_comes_first():
    assert not people.create("robbie", None, is_bot=True).is_owner
    assert people.create("alice", PASSWORD).is_owner


def test_a_server_has_one_owner(alice):
    with pytest.raises(Conflict) as refused:
        people.create("bob", PASSWORD, is_owner=True)
    assert refused.value.field == "owner"
    assert not User.objects.filter(username="bob").exists()


# ── being found ──


def found(user, q):
    return [person.username for person in queries.people(as_actor(user), q)]


def test_people_are_found_by_any_part_of_their_names(alice, bob, charlie):
    execute(as_actor(bob), c.EditProfile(display_name="Robert Müller"))
    for q in ("bo", "OB", "ｂｏｂ", "müll", "Robert"):
        assert found(alice, q) == ["bob"]
    assert found(alice, "") == found(alice, "  ") == ["bob", "charlie"]


@pytest.mark.parametrize("q", ["%", "_", "'", "\\", "a\0b", "\0", "x" * 5000])
def test_a_search_is_taken_literally(q, alice, bob):
    assert found(alice, q) == []


def test_one_does_not_find_oneself(alice):
    assert found(alice, "alice") == []
    assert queries.person(as_actor(alice), "alice").username == "alice"


def test_at_most_twenty_are_found(alice):
    for number in range(25):
        people.create(f"person{number}", None)
    assert len(found(alice, "person")) == 20


@pytest.mark.parametrize("name", ["nobody", "", "bo\0b", "x" * 500])
def test_who_does_not_exist_is_not_found(name, alice, bob):
    with pytest.raises(NotFound):
        queries.person(as_actor(alice), name)


# ── leaving, and being shut out ──


def test_the_deactivated_are_found_no_more_and_can_do_nothing(alice, bob, lounge):
    actor, token = as_actor(bob), sessions.new_token(bob)
    people.deactivate(bob)
    assert found(alice, "bob") == []
    assert sessions.user_of_token(token) is None
    assert sessions.user_of_password("bob", PASSWORD) is None
    for command in (c.AddMessage(room=lounge.pk, body="Hi"), c.EditProfile(hue=1), c.OpenRoom(name="Garden")):
        with pytest.raises(Unauthenticated):
            execute(actor, command)
        with pytest.raises(Unauthenticated):
            execute(as_actor(bob), command)


def test_what_the_deactivated_wrote_stays(alice, bob, lounge, say):
    from digi.chat import queries as chat

    message = say(bob, lounge)
    people.deactivate(bob)
    assert message in chat.messages(as_actor(alice), lounge.pk).messages


def test_a_new_password_signs_out_everywhere_and_is_told(alice, heard):
    actor = as_actor(alice)
    people.set_password(alice, "another good password")
    with pytest.raises(Unauthenticated):
        execute(actor, c.EditProfile(hue=1))
    (change,) = heard
    assert (change.stream, change.kind) == (stream(PERSON, alice.pk), "me")
    assert sessions.user_of_password("alice", "another good password") == alice


@pytest.mark.parametrize("password", ["short", "password", "12345678", "alice123"])
def test_a_weak_password_is_refused(password):
    with pytest.raises(Invalid) as refused:
        people.create("alice", password)
    assert refused.value.field == "password"


def test_oneself_is_shown_with_ones_log(alice):
    me = queries.me(as_actor(alice))
    assert (me.username, me.owner, me.bot, me.head) == ("alice", True, False, 0)


def test_every_action_of_the_signed_out_is_refused_before_anything_is_looked_up(alice, bob, lounge):
    actor = as_actor(bob)
    sessions.revoke(bob.pk)
    for command in (c.JoinRoom(room=lounge.pk), c.MarkRead(room=lounge.pk, pos=1), c.BlockPerson(person="alice")):
        with pytest.raises(DigiError) as refused:
            execute(actor, command)
        assert refused.value.code == "unauthenticated"


def test_a_deactivated_person_is_nobodys_friend(alice, bob, heard):
    execute(as_actor(alice), c.RequestFriend(person="bob"))
    execute(as_actor(bob), c.AcceptFriend(person="alice"))
    people.deactivate(bob)
    assert queries.friends(as_actor(alice)) == []
    assert [change.shown.state for change in heard.changes() if change.kind == "friend"][-2:] == ["none", "none"]
