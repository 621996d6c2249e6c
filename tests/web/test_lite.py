import re

import pytest

from digi.execute import execute
from digi.kit import sealed
from digi.protocol import commands as c
from digi.protocol.ids import ROOM
from tests.conftest import as_actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(lounge):
    return f"/lite/{sealed.seal(ROOM, lounge.pk)}/"


def form_of(client, path):
    """The hidden fields of the form that says something, as a browser would send them."""
    html = client.get(path).content.decode()
    form = html[html.index('<form id="say"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_the_list_leads_to_every_room_and_tells_what_is_unread(alice, bob, lounge, say, as_, read, page):
    say(alice, lounge, "Hello")
    listed = read(as_(bob).get("/lite/"))
    assert page in {link["href"] for link in listed.all("a")}
    assert "1 unread" in listed.text


def test_somebody_without_a_room_is_told_how_to_begin(charlie, as_, read):
    assert "Enter a room by its name" in read(as_(charlie).get("/lite/")).text


def test_entering_a_room_by_its_name_stays_on_the_plain_pages(charlie, as_):
    answer = as_(charlie).post("/enter/", {"name": "square", "lite": "1"})
    assert answer.url.startswith("/lite/")


def test_what_the_form_sends_is_said(bob, as_, read, page):
    client = as_(bob)
    answer = client.post(page, {**form_of(client, page), "body": "First\r\nSecond\r\n"})
    assert answer.url == f"{page}#end"
    assert "First Second" in read(client.get(page)).text


def test_a_form_that_is_sent_twice_says_it_once(bob, as_, page, lounge):
    client = as_(bob)
    fields = {**form_of(client, page), "body": "Once"}
    client.post(page, fields)
    client.post(page, fields)
    assert client.get(page).content.decode().count("Once") == 1


def test_a_refused_text_stays_in_the_form_with_the_reason(bob, as_, page):
    client = as_(bob)
    answer = client.post(page, {**form_of(client, page), "body": "x" * 8001})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'role="alert"' in html
    assert "x" * 8001 in html


def test_one_answers_a_message(alice, bob, lounge, say, as_, read, page):
    question = say(alice, lounge, "Who comes?")
    client = as_(bob)
    fields = form_of(client, f"{page}?reply={question.pos}")
    assert fields["reply_pos"] == str(question.pos)
    client.post(page, {**fields, "body": "Me"})
    message = newest(client, page)
    assert message["reply_to"] is not None


def newest(client, page):
    token = page.split("/")[2]
    return client.get(f"/api/v1/rooms/{token}/messages").json()["messages"][-1]


def test_one_edits_what_one_said(bob, lounge, say, as_, read, page):
    said = say(bob, lounge, "Helo")
    client = as_(bob)
    assert "Helo" in client.get(f"{page}{said.pos}/edit/").content.decode()
    answer = client.post(f"{page}{said.pos}/edit/", {"body": "Hello"})
    assert answer.url == f"{page}?around={said.pos}#m{said.pos}"
    assert "Hello" in read(client.get(page)).text


def test_one_cannot_edit_what_others_said(alice, bob, lounge, say, as_, page):
    said = say(alice, lounge, "Mine")
    answer = as_(bob).post(f"{page}{said.pos}/edit/", {"body": "Yours"})
    assert "Only its author may edit a message." in answer.content.decode()
    assert "Yours" in answer.content.decode()


def test_one_deletes_after_being_asked(bob, lounge, say, as_, read, page):
    said = say(bob, lounge, "Oops")
    client = as_(bob)
    assert "Oops" in client.get(f"{page}{said.pos}/delete/").content.decode()
    client.post(f"{page}{said.pos}/delete/")
    shown = read(client.get(page)).text
    assert "Oops" not in shown
    assert "Message deleted" in shown


def test_looking_marks_nothing_as_read_and_a_button_does(alice, bob, lounge, say, as_, read, page):
    say(alice, lounge, "Hello")
    client = as_(bob)
    client.get(page)
    assert "1 unread" in read(client.get("/lite/")).text
    client.post(f"{page}read/")
    assert "unread" not in read(client.get("/lite/")).text


def test_long_conversations_come_in_pages(alice, lounge, say, as_, read, page):
    for number in range(1, 41):
        say(alice, lounge, f"Line {number}.")
    client = as_(alice)
    newest = client.get(page).content.decode()
    assert "Line 40." in newest
    assert "Line 10." not in newest
    older = re.search(r'href="\?before=(\d+)"', newest)
    assert older
    assert "Line 10." in client.get(f"{page}?before={older[1]}").content.decode()


def test_an_archived_room_can_be_read_and_has_no_form(alice, lounge, say, as_, page):
    say(alice, lounge, "Farewell")
    execute(as_actor(alice), c.ArchiveRoom(room=lounge.pk))
    html = as_(alice).get(page).content.decode()
    assert "Farewell" in html
    assert "<textarea" not in html


@pytest.mark.parametrize("way", ["", "read/", "1/edit/", "1/delete/"])
def test_an_outsider_cannot_tell_that_the_room_exists(charlie, alice, lounge, say, as_, page, way):
    say(alice, lounge, "Secret")
    client = as_(charlie)
    missing = f"/lite/{sealed.seal(ROOM, 999)}/{way}"
    for path in (f"{page}{way}", missing):
        assert client.post(path, {"body": "Hi"}).status_code == 404


def test_nothing_in_a_text_becomes_markup(alice, lounge, say, as_, page):
    say(alice, lounge, "<script>alert(1)</script> <img src=x onerror=alert(1)>")
    html = as_(alice).get(page).content.decode()
    assert "<script>alert" not in html
    assert "<img" not in html
