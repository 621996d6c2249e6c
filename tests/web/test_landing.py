import pytest
from django.test import Client

from digi.accounts.models import User
from digi.errors import TooFast, Unauthenticated
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_stranger_finds_one_field_and_the_two_doors(client, read):
    page = read(client.get("/"))
    assert page.all("input", name="name")[0]["id"] == page.all("label")[0]["for"]
    assert {link["href"] for link in page.all("a")} >= {"/accounts/login/", "/accounts/signup/"}


def test_where_one_is_invited_there_is_no_door_to_sign_up(client, alice, read, settings):
    settings.DIGI_SIGNUP = "invitation"
    page = read(client.get("/"))
    assert "/accounts/signup/" not in {link["href"] for link in page.all("a")}
    assert "Ask the owner" in page.text


def test_signing_up_leads_back_to_the_room_that_was_asked_for(client):
    asked = client.post("/enter/", {"name": "Chess Club"})
    assert asked.url == "/accounts/signup/?next=%2Fenter%2F"
    form = client.get(asked.url)
    assert b'name="next" value="/enter/"' in form.content
    signed_up = client.post(
        "/accounts/signup/", {"username": "dora", "password1": PASSWORD, "next": "/enter/"}, follow=True
    )
    assert signed_up.context["paint"].room.title == "Chess Club"
    assert User.objects.get(username="dora").is_owner


def test_signing_in_leads_back_to_the_room_that_was_asked_for(client, alice):
    client.post("/enter/", {"name": "lounge"})
    signed_in = client.post(
        "/accounts/login/", {"login": "Alice", "password": PASSWORD, "next": "/enter/"}, follow=True
    )
    assert signed_in.context["paint"].room.title == "lounge"


def test_where_one_is_invited_a_stranger_is_led_to_sign_in(client, alice, settings):
    settings.DIGI_SIGNUP = "invitation"
    assert client.post("/enter/", {"name": "lounge"}).url == "/accounts/login/?next=%2Fenter%2F"


def test_whoever_is_signed_in_enters_at_once(alice, as_):
    answer = as_(alice).post("/enter/", {"name": "#lounge"}, follow=True)
    assert answer.context["paint"].room.title == "lounge"


def test_following_a_link_to_enter_changes_nothing(alice, as_):
    browser = as_(alice)
    assert browser.get("/enter/?name=lounge").url == "/"
    assert browser.get("/").context["paint"].sections == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Type the name of a room."),
        ("a/b", "A room&#x27;s name may not contain a slash, or be only dots."),
        ("x" * 81, "at most 80 characters"),
        ("a\u202eb", "may not contain invisible or control characters"),
    ],
)
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_a_wrong_name_is_explained_beside_the_field(alice, as_, name, said, is_signed_in):
    browser = as_(alice) if is_signed_in else Client()
    answer = browser.post("/enter/", {"name": name})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_foreign_address_is_not_followed_after_signing_in(client, alice):
    answer = client.post("/accounts/login/", {"login": "alice", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer.url == "/"


def test_a_refusal_to_enter_is_a_page_that_says_why(alice, as_, monkeypatch):
    def refuse(actor, command):
        raise TooFast(retry_after=5)

    monkeypatch.setattr("digi.web.views.landing.execute", refuse)
    answer = as_(alice).post("/enter/", {"name": "lounge"})
    assert answer.status_code == 429
    assert b"Too many at once" in answer.content


def test_whoever_is_signed_out_meanwhile_signs_in_again(alice, as_, monkeypatch):
    def refuse(actor, command):
        raise Unauthenticated()

    monkeypatch.setattr("digi.web.views.landing.execute", refuse)
    assert as_(alice).post("/enter/", {"name": "lounge"}).url == "/accounts/login/?next=/enter/"
