import pytest
from django.test import Client

from digi.web.views.sessions import device_name
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Safari/604.1"


def sign_in(username: str, agent: str) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": username, "password": PASSWORD})
    return client


def test_every_device_is_listed_with_this_one_first(alice, read):
    here = sign_in("alice", FIREFOX)
    sign_in("alice", SAFARI)
    here.get("/profile/")
    text = read(here.get("/accounts/sessions/")).text
    assert text.index("Firefox on Linux this one") < text.index("Safari on iOS")


def test_one_device_is_signed_out_and_its_sockets_told(alice, read):
    here, phone = sign_in("alice", FIREFOX), sign_in("alice", SAFARI)
    [button] = [
        button
        for button in read(here.get("/accounts/sessions/")).all("button", name="device")
        if button["value"] != "others"
    ]
    here.post("/accounts/sessions/", {"device": button["value"]})
    assert phone.get("/profile/").status_code == 302
    assert here.get("/profile/").status_code == 200
    alice.refresh_from_db()
    assert alice.auth_epoch == 1


def test_all_others_are_signed_out_at_once(alice):
    here, phone, tablet = sign_in("alice", FIREFOX), sign_in("alice", SAFARI), sign_in("alice", SAFARI)
    here.post("/accounts/sessions/", {"device": "others"})
    assert [client.get("/profile/").status_code for client in (here, phone, tablet)] == [200, 302, 302]


def test_nobody_ends_the_session_of_another(alice, bob, read):
    sign_in("bob", SAFARI)
    alices, bobs = sign_in("alice", FIREFOX), sign_in("bob", FIREFOX)
    for button in read(bobs.get("/accounts/sessions/")).all("button", name="device"):
        alices.post("/accounts/sessions/", {"device": button["value"]})
    assert bobs.get("/profile/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [(FIREFOX, "Firefox on Linux"), (SAFARI, "Safari on iOS"), ("curl/8", "A browser"), ("", "A browser")],
)
def test_a_device_is_called_what_its_browser_says(agent, name):
    assert device_name(agent) == name
