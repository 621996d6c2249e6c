import pytest
from django.test import Client

from digi.accounts import links, people
from digi.accounts.models import Link, User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def sign_up(client, username, password=PASSWORD, **more):
    return client.post("/accounts/signup/", {"username": username, "password1": password, **more})


def test_the_first_account_owns_the_server_and_the_second_does_not():
    sign_up(Client(), "Alice")
    sign_up(Client(), "bob")
    assert [(user.username, user.display_name, user.is_owner) for user in User.objects.order_by("pk")] == [
        ("alice", "Alice", True),
        ("bob", "bob", False),
    ]


@pytest.mark.parametrize(
    ("username", "said"),
    [
        ("a", "2 to 32 characters"),
        ("has space", "letters, digits, dots, dashes and underscores"),
        ("admin", "kept for the server"),
        ("ALICE", "taken"),
        ("аlice", "taken"),  # a Cyrillic а
    ],
)
def test_a_username_that_cannot_be_given_is_explained(client, alice, username, said):
    answer = sign_up(client, username)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert User.objects.count() == 1


@pytest.mark.parametrize("password", ["short", "password1", "fernanda1"])
def test_a_weak_password_is_refused(client, password):
    sign_up(client, "fernanda", password)
    assert not User.objects.exists()


def test_a_name_taken_in_the_same_moment_is_told_in_the_form(client, alice, monkeypatch):
    monkeypatch.setattr("digi.accounts.signup.check_username", lambda name: name)
    answer = sign_up(client, "alice")
    assert "taken" in answer.content.decode()


def test_wrong_name_and_wrong_password_are_answered_alike(alice, read):
    wrong_name = Client().post("/accounts/login/", {"login": "nobody", "password": PASSWORD})
    wrong_password = Client().post("/accounts/login/", {"login": "alice", "password": "wrong"})
    assert read(wrong_name).text == read(wrong_password).text
    assert "do not belong together" in read(wrong_name).text


def test_guessing_is_slowed_down(alice, read):
    for _ in range(5):
        Client().post("/accounts/login/", {"login": "alice", "password": "wrong"})
    answer = Client().post("/accounts/login/", {"login": "alice", "password": PASSWORD})
    assert "Too many wrong tries" in read(answer).text


def test_many_sign_ups_from_one_place_are_slowed_down_on_a_page_of_ours(client, read):
    answers = [sign_up(client, "x") for _ in range(21)]
    assert answers[-1].status_code == 429
    assert "Wait a minute" in read(answers[-1]).text


def test_one_signs_out_by_a_button_and_not_by_a_link(alice, as_):
    browser = as_(alice)
    assert browser.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in browser.session
    assert browser.post("/accounts/logout/").url == "/"
    assert "_auth_user_id" not in browser.session


def test_signing_out_and_a_new_password_outdate_what_sockets_know(alice, as_):
    as_(alice).post("/accounts/logout/")
    alice.refresh_from_db()
    assert alice.auth_epoch == 1
    new = {"oldpassword": PASSWORD, "password1": "another long password"}
    browser = as_(alice)
    answer = browser.post("/accounts/password/change/", new, follow=True)
    alice.refresh_from_db()
    assert alice.auth_epoch == 2
    assert alice.check_password("another long password")
    assert "Your password is changed" in answer.content.decode()
    assert browser.get("/profile/").status_code == 200  # and this browser stays signed in


def test_a_new_password_ends_other_sessions(alice, as_):
    here, elsewhere = as_(alice), as_(alice)
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "another long password"})
    assert elsewhere.get("/profile/").status_code == 302


def test_the_old_password_is_asked_for(alice, as_):
    answer = as_(alice).post("/accounts/password/change/", {"oldpassword": "wrong", "password1": "another long one"})
    assert b"current password" in answer.content
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_a_deactivated_account_cannot_sign_in(client, alice, bob):
    people.deactivate(bob)
    client.post("/accounts/login/", {"login": "bob", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


class TestByInvitation:
    @pytest.fixture(autouse=True)
    def _by_invitation(self, settings):
        settings.DIGI_SIGNUP = "invitation"

    def test_whoever_starts_the_server_needs_none(self, client):
        sign_up(client, "alice")
        assert User.objects.get().is_owner

    def test_without_one_the_form_is_closed(self, client, alice):
        assert b"by invitation" in client.get("/accounts/signup/").content
        sign_up(client, "mallory")
        assert User.objects.count() == 1

    def test_an_invitation_opens_the_form_and_is_used_up_with_it(self, client, alice):
        token = links.invite(alice)
        opened = client.get(f"/join/{token}/")
        assert opened.url == "/accounts/signup/"
        sign_up(client, "bob")
        assert User.objects.filter(username="bob").exists()
        assert Link.objects.get().used_at
        again = Client().get(f"/join/{token}/")
        assert again.status_code == 404
        assert b"Ask for a new one" in again.content

    def test_an_invitation_used_meanwhile_makes_no_account(self, client, alice):
        token = links.invite(alice)
        client.get(f"/join/{token}/")
        links.use(Link.Purpose.INVITATION, token)
        sign_up(client, "late")
        assert not User.objects.filter(username="late").exists()

    def test_a_failed_sign_up_keeps_the_invitation(self, client, alice):
        token = links.invite(alice)
        client.get(f"/join/{token}/")
        sign_up(client, "alice")
        assert Link.objects.get().used_at is None
        sign_up(client, "bob")
        assert User.objects.filter(username="bob").exists()

    def test_a_token_of_another_kind_or_nonsense_opens_nothing(self, client, alice, bob):
        for token in (links.reset(bob, alice), "x", "é" * 40):
            assert client.get(f"/join/{token}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["email/", "password/reset/", "password/set/", "confirm-email/", "login/code/", "3rdparty/"]
)
def test_what_digi_does_not_have_is_not_there(client, path):
    assert client.get(f"/accounts/{path}").status_code == 404
