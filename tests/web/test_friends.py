import pytest

from digi.accounts import actors, queries

pytestmark = pytest.mark.django_db


def standing(one, other) -> str:
    found = [friend.state for friend in queries.friends(actors.of(one)) if friend.person == other.username]
    return found[0] if found else "none"


def act(browser, act, person, **more):
    return browser.post("/friends/", {"act": act, "person": person, **more})


def test_two_become_friends_and_part_with_plain_forms(alice, bob, as_):
    act(as_(alice), "request", "bob")
    assert (standing(alice, bob), standing(bob, alice)) == ("outgoing", "incoming")
    act(as_(bob), "accept", "alice")
    assert standing(alice, bob) == "friend"
    act(as_(alice), "remove", "bob")
    assert standing(bob, alice) == "none"


def test_a_request_is_declined_or_withdrawn(alice, bob, as_):
    act(as_(alice), "request", "bob")
    act(as_(bob), "decline", "alice")
    assert standing(alice, bob) == "none"
    act(as_(alice), "request", "bob")
    act(as_(alice), "withdraw", "bob")
    assert standing(bob, alice) == "none"


def test_blocking_ends_a_friendship_and_can_be_lifted(alice, bob, as_, read):
    act(as_(alice), "request", "bob")
    act(as_(bob), "accept", "alice")
    act(as_(alice), "block", "bob")
    assert standing(alice, bob) == "none"
    assert "Blocked" in read(as_(alice).get("/friends/")).text
    act(as_(alice), "unblock", "bob")
    assert queries.blocks(actors.of(alice)) == []


def test_every_list_offers_what_can_be_done_there(alice, bob, charlie, as_, read):
    act(as_(bob), "request", "alice")
    act(as_(alice), "request", "charlie")
    page = read(as_(alice).get("/friends/?q=b"))
    acts = {(button.get("name"), button.get("value")) for button in page.all("button") if button.get("name")}
    assert acts == {("act", act) for act in ("accept", "decline", "block", "withdraw")}


def test_people_are_found_by_a_part_of_their_name(alice, bob, charlie, as_, read):
    page = read(as_(alice).get("/friends/?q=CHAR"))
    assert "@charlie" in page.text
    assert "@bob" not in page.text
    assert "Nobody here has" in read(as_(alice).get("/friends/?q=zz")).text


def test_a_refusal_is_said_on_the_next_page(alice, bob, as_, read):
    browser = as_(alice)
    assert act(browser, "accept", "bob").status_code == 302
    assert "There is no request from this person." in read(browser.get("/friends/")).text


def test_friends_talk_in_their_own_room(alice, bob, as_):
    act(as_(alice), "request", "bob")
    act(as_(bob), "accept", "alice")
    opened = as_(alice).post("/friends/", {"act": "talk", "person": "bob"}, follow=True)
    assert opened.context["paint"].room.title == "bob"


@pytest.mark.parametrize(
    "fields", [{"act": "erase", "person": "bob"}, {"act": "block"}, {"act": "block", "person": "b\0"}, {}]
)
def test_a_form_that_is_not_ours_changes_nothing(alice, bob, as_, fields):
    assert as_(alice).post("/friends/", fields).status_code == 422


def test_a_search_survives_its_own_answer(alice, bob, as_):
    assert act(as_(alice), "request", "bob", q="bo").url == "/friends/?q=bo"


def test_strangers_sign_in_first(client, alice):
    assert client.get("/friends/").url == "/accounts/login/?next=/friends/"
    assert client.post("/friends/", {"act": "block", "person": "alice"}).status_code == 302
