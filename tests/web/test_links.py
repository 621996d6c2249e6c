import re

import pytest

from digi.accounts import links
from digi.accounts.models import Link
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "an entirely new password"


def shown_link(answer) -> str:
    found = re.search(r'value="http://testserver(/[^"]+)"', answer.content.decode())
    assert found
    return found[1]


def test_the_owner_invites_with_a_link_that_is_shown_once(alice, as_, client, settings):
    settings.DIGI_SIGNUP = "invitation"
    browser = as_(alice)
    link = shown_link(browser.post("/invite/"))
    assert link not in browser.get("/invite/").content.decode()
    assert client.get(link).url == "/accounts/signup/"


def test_the_owner_alone_makes_links(alice, bob, as_):
    assert as_(bob).get("/invite/").status_code == 403
    assert as_(bob).post("/invite/").status_code == 403
    assert as_(bob).post("/people/", {"username": "alice"}).status_code == 403
    assert not Link.objects.exists()


def test_a_forgotten_password_is_replaced_by_a_link_from_the_owner(alice, bob, as_, client, read):
    link = shown_link(as_(alice).post("/people/", {"username": "Bob"}))
    opened = client.get(link)
    assert opened.url == "/reset/"  # the token is out of the address
    assert "A new password for bob" in read(client.get("/reset/")).text
    done = client.post("/reset/", {"password": NEW})
    assert done.url == "/accounts/login/"
    assert "Your new password is set" in client.get(done.url).content.decode()
    assert client.post("/accounts/login/", {"login": "bob", "password": NEW}).url == "/"


def test_a_link_works_once_and_for_who_it_was_made(alice, bob, as_, client):
    token = links.reset(bob, alice)
    client.get(f"/reset/{token}/")
    client.post("/reset/", {"password": NEW, "username": "alice"})
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    for browser in (client, as_(alice)):
        browser.get(f"/reset/{token}/")
        assert browser.post("/reset/", {"password": "yet another password"}).status_code == 404


def test_a_weak_password_does_not_use_the_link_up(alice, bob, client):
    client.get(f"/reset/{links.reset(bob, alice)}/")
    assert client.post("/reset/", {"password": "bob"}).status_code == 422
    assert client.post("/reset/", {"password": NEW}).status_code == 302


def test_a_newer_link_makes_the_earlier_useless(alice, bob, client):
    first, _ = links.reset(bob, alice), links.reset(bob, alice)
    client.get(f"/reset/{first}/")
    assert client.get("/reset/").status_code == 404


def test_without_a_link_there_is_no_form(client, alice):
    assert client.get("/reset/").status_code == 404
    assert client.post("/reset/", {"password": NEW}).status_code == 404
    assert client.get("/reset/nonsense/", follow=True).status_code == 404


def test_nobody_of_that_name(alice, as_):
    answer = as_(alice).post("/people/", {"username": "nobody"})
    assert b"There is nobody called nobody." in answer.content


def test_whoever_is_here_already_keeps_the_invitation_for_others(alice, bob, as_):
    token = links.invite(alice)
    assert as_(bob).get(f"/join/{token}/").url == "/profile/"
    assert links.find(Link.Purpose.INVITATION, token).used_at is None
