"""Tokens, passwords and sessions: who somebody is, found with few queries, and ended at once."""

import pytest
from django.contrib.auth import login
from django.http import HttpRequest
from django.test import Client

from digi.accounts import sessions
from digi.accounts.models import Token
from tests.conftest import PASSWORD
from tests.logs import counted

pytestmark = pytest.mark.engine


def session_of(user):
    client = Client()
    client.force_login(user)
    return client.session.session_key


def test_a_token_is_its_persons(alice, robbie):
    token = sessions.new_token(robbie)
    assert sessions.user_of_token(token) == robbie
    assert token.startswith("digi_")


def test_the_database_keeps_no_token(alice):
    token = sessions.new_token(alice)
    assert token not in repr(list(Token.objects.values()))


@pytest.mark.parametrize("token", ["", "digi_", "digi_x", "x", "\0", "digi_\0"])
def test_nothing_else_is(token, alice):
    sessions.new_token(alice)
    assert sessions.user_of_token(token) is None


def test_all_of_a_persons_tokens_end_together(alice, bob):
    ours, theirs = [sessions.new_token(alice) for _ in range(2)], sessions.new_token(bob)
    sessions.revoke_tokens(alice)
    assert [sessions.user_of_token(token) for token in ours] == [None, None]
    assert sessions.user_of_token(theirs) == bob


def test_a_session_is_its_persons_until_it_ends(alice):
    key = session_of(alice)
    assert sessions.user_of_session(key) == alice
    sessions.end(alice.pk, [key])
    assert sessions.user_of_session(key) is None


def test_a_new_password_ends_every_session(alice):
    key = session_of(alice)
    alice.refresh_from_db()
    alice.set_password("another good password")
    alice.save()
    assert sessions.user_of_session(key) is None


@pytest.mark.parametrize("key", ["", "x", "\0", "x" * 500])
def test_no_other_key_is_a_session(key, alice):
    assert sessions.user_of_session(key) is None


def test_ending_a_session_is_a_change_of_ones_log(alice, heard):
    before = alice.auth_epoch
    sessions.end(alice.pk, [session_of(alice)])
    alice.refresh_from_db()
    assert alice.auth_epoch == before + 1
    (change,) = heard
    assert (change.kind, change.rev) == ("me", alice.head)


def test_the_look_up_of_a_handshake_takes_two_queries(alice):
    key, token = session_of(alice), sessions.new_token(alice)
    with counted() as by_session:
        assert sessions.user_of_session(key) == alice
    with counted() as by_token:
        assert sessions.user_of_token(token) == alice
    assert (by_session.number, by_token.number) == (2, 1)


def test_a_password_is_checked_for_the_active_alone(alice, bob):
    assert sessions.user_of_password(" ALICE ", PASSWORD) == alice
    assert sessions.user_of_password("alice", "wrong") is None
    assert sessions.user_of_password("nobody", PASSWORD) is None
    bob.is_active = False
    bob.save()
    assert sessions.user_of_password("bob", PASSWORD) is None


def test_a_bot_has_no_password(alice, robbie):
    for password in ("", "!", robbie.password):
        assert sessions.user_of_password("robbie", password) is None


def test_signing_in_by_a_form_gives_a_session_that_sockets_know(alice):
    request = HttpRequest()
    request.session = Client().session
    login(request, alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session.save()
    assert sessions.user_of_session(request.session.session_key or "") == alice
