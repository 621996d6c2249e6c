"""Single-use links: invitations and new passwords."""

from datetime import timedelta

import pytest
from django.utils import timezone

from digi.accounts import links, signup
from digi.accounts.models import Link, User
from digi.errors import Conflict, Forbidden, NotFound
from tests.conftest import PASSWORD

pytestmark = pytest.mark.engine

INVITATION, RESET = Link.Purpose.INVITATION, Link.Purpose.RESET


def test_an_invitation_is_used_once(alice):
    token = links.invite(alice)
    assert links.find(INVITATION, token).made_by == alice
    links.use(INVITATION, token)
    for again in (links.find, links.use):
        with pytest.raises(NotFound):
            again(INVITATION, token)


def test_only_the_owner_makes_links_or_the_console(alice, bob):
    for make in (lambda: links.invite(bob), lambda: links.reset(alice, bob)):
        with pytest.raises(Forbidden):
            make()
    assert links.find(INVITATION, links.invite(None)).made_by is None


def test_the_database_keeps_no_token(alice, bob):
    token = links.reset(bob, alice)
    assert token not in repr(list(Link.objects.values()))


def test_a_link_serves_its_own_purpose_alone(alice, bob):
    for purpose, token in ((RESET, links.invite(alice)), (INVITATION, links.reset(bob, alice))):
        with pytest.raises(NotFound):
            links.find(purpose, token)


def test_a_new_reset_link_outdates_the_earlier(alice, bob, charlie):
    old, others = links.reset(bob, alice), links.reset(charlie, alice)
    new = links.reset(bob, alice)
    with pytest.raises(NotFound):
        links.find(RESET, old)
    assert links.find(RESET, new).person == bob
    assert links.find(RESET, others).person == charlie


@pytest.mark.parametrize(("purpose", "days"), [(INVITATION, 14), (RESET, 1)])
def test_links_grow_old(purpose, days, alice, bob):
    token = links.invite(alice) if purpose == INVITATION else links.reset(bob, alice)
    link = links.find(purpose, token)
    assert timedelta(days=days, minutes=-1) < link.expires_at - timezone.now() <= timedelta(days=days)
    Link.objects.update(expires_at=timezone.now())
    with pytest.raises(NotFound):
        links.use(purpose, token)


def test_a_server_by_invitation_takes_nobody_else(alice, settings):
    settings.DIGI_SIGNUP = "invitation"
    assert signup.needs_invitation()
    for token in (None, "", "not-a-token"):
        with pytest.raises(NotFound):
            register("bob", token)
    assert register("bob", links.invite(alice)).pk
    assert not User.objects.get(username="bob").is_owner


@pytest.mark.django_db
def test_whoever_started_the_server_needs_no_invitation(settings):
    settings.DIGI_SIGNUP = "invitation"
    assert register("alice", None).is_owner


def test_an_invitation_is_kept_where_signing_up_fails(alice):
    token = links.invite(alice)
    with pytest.raises(Conflict):
        register("alice", token)
    assert links.find(INVITATION, token).used_at is None


def register(username, invitation):
    user = User(username=username)
    user.set_password(PASSWORD)
    return signup.register(user, invitation)
