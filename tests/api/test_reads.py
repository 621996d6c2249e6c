"""What hangs on messages and rooms, as it is read over HTTP: pins, reads, mentions, drafts, and the page of a date."""

import re
from datetime import timedelta

import pytest

from digi.chat.models import Message
from digi.execute import execute
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import counted

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def do(call, user, command, **fields):
    status, answer = call(user, f"/commands/{command}", fields)
    assert status == 200, answer
    return answer


@pytest.fixture
def room(lounge, alice, call):
    """The Lounge's id, as it goes over the wire."""
    return call(alice, "/rooms")[1]["rooms"][0]["id"]


def test_a_message_with_all_that_can_hang_on_it(alice, bob, room, call):
    first = do(call, alice, "message.add", room=room, body="@bob, look")["message"]
    assert first["mentions"] == ["bob"]
    do(call, bob, "message.react", message=first["id"], emoji="👍")
    do(call, bob, "message.pin", message=first["id"])
    (shown,) = call(bob, f"/rooms/{room}/messages")[1]["messages"]
    assert shown["reactions"] == [{"emoji": "👍", "people": ["bob"]}]
    assert shown["pinned"]["by"] == "bob"
    assert MOMENT.fullmatch(shown["pinned"]["at"])
    copy = do(call, bob, "message.forward", message=first["id"], room=room, key="a-key-of-mine")["message"]
    assert (copy["forwarded_from"], copy["body"], copy["key"]) == ("alice", "@bob, look", "a-key-of-mine")
    assert not {"mentions", "reactions", "pinned"} & copy.keys()


def test_a_room_as_one_keeps_it(alice, bob, room, call):
    do(call, alice, "message.add", room=room, body="@bob @everyone")
    do(call, bob, "room.star", room=room)
    entry = do(call, bob, "room.mute", room=room, minutes=None)["room"]
    assert (entry["starred"], entry["mentions"], entry["muted_until"][:4]) == (True, 1, "9999")
    assert call(bob, "/rooms")[1]["rooms"] == [entry]
    assert call(bob, f"/rooms/{room}")[1]["room"] == entry


def test_pins_come_newest_first_with_their_people(alice, bob, room, call):
    said = [do(call, alice, "message.add", room=room, body=body)["message"]["id"] for body in ("one", "two")]
    for message in reversed(said):
        do(call, bob, "message.pin", message=message)
    page = call(alice, f"/rooms/{room}/pins")[1]
    assert set(page) == {"messages", "more", "people"}
    assert [message["body"] for message in page["messages"]] == ["one", "two"]
    assert page["more"] is False
    assert {person["username"] for person in page["people"]} == {"alice", "bob"}


def test_reads_are_by_username(alice, bob, room, call):
    pos = do(call, alice, "message.add", room=room, body="Hi")["message"]["pos"]
    assert call(bob, f"/rooms/{room}/reads")[1] == {"reads": {"alice": pos, "bob": 0, "robbie": 0}}
    do(call, alice, "settings.edit", show_reads=False)
    assert call(bob, f"/rooms/{room}/reads")[1] == {"reads": {"bob": 0, "robbie": 0}}


def test_mentions_come_in_pages_from_the_last_message_one_has(alice, bob, room, call):
    for number in range(5):
        do(call, alice, "message.add", room=room, body=f"@bob {number}")
    first = call(bob, "/mentions?limit=3")[1]
    assert [message["body"] for message in first["messages"]] == ["@bob 4", "@bob 3", "@bob 2"]
    assert (first["more"], [person["username"] for person in first["people"]]) == (True, ["alice"])
    rest = call(bob, f"/mentions?limit=3&before={first['messages'][-1]['id']}")[1]
    assert [message["body"] for message in rest["messages"]] == ["@bob 1", "@bob 0"]
    assert rest["more"] is False
    for nothing in ("x", "x" * 32, room):
        status, answer = call(bob, f"/mentions?before={nothing}")
        assert (status, answer["code"], answer["field"]) == (404, "not_found", "before")


def test_drafts_are_those_with_a_text(alice, room, call):
    kept = do(call, alice, "draft.save", room=room, body="Dear all")["draft"]
    assert set(kept) == {"room", "body", "reply_to", "rev", "saved_at"}
    assert call(alice, "/drafts")[1] == {"drafts": [kept]}
    do(call, alice, "draft.save", room=room, body="")
    assert call(alice, "/drafts")[1] == {"drafts": []}


def test_settings_are_part_of_oneself(alice, call):
    me = do(call, alice, "settings.edit", theme="dark", sounds=True)["me"]
    assert me["settings"] == {"theme": "dark"}
    assert call(alice, "/me")[1] == me


# ── the page of a date ──


@pytest.fixture
def days(alice, lounge, say):
    """A message a day, ten of them; returns when the first was sent."""
    rows = [Message.objects.get(pk=say(alice, lounge, str(number)).id) for number in range(10)]
    start = rows[0].sent_at.replace(microsecond=0)
    for number, row in enumerate(rows):
        row.sent_at = start + timedelta(days=number)
        row.save(update_fields=["sent_at"])
    return start


def page_at(call, user, room, text):
    return [one["body"] for one in call(user, f"/rooms/{room}/messages?limit=2&at={text}")[1]["messages"]]


def test_the_page_of_a_date_is_around_the_first_message_of_it(bob, room, days, call):
    moment = days + timedelta(days=4, hours=-3)
    assert page_at(call, bob, room, f"{moment:%Y-%m-%dT%H:%M:%SZ}") == ["3", "4"]
    assert page_at(call, bob, room, f"{moment:%Y-%m-%dt%H:%M:%S.123456z}") == ["3", "4"]
    east = moment + timedelta(hours=2)
    assert page_at(call, bob, room, f"{east:%Y-%m-%dT%H:%M:%S}%2B02:00") == ["3", "4"]
    assert page_at(call, bob, room, "1970-01-01T00:00:00Z") == ["0", "1"]
    assert page_at(call, bob, room, "0001-01-01T00:00:00%2B14:00") == ["0", "1"]
    assert page_at(call, bob, room, "9999-12-31T23:59:59-14:00") == ["8", "9"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-02-30T12:00:00Z",
        "2026-01-31T25:00:00Z",
        "2026-01-31 12:00:00Z",
        "2026-01-31T12:00:00 02:00",
        "1700000000",
        "2026-01-31T12:00Z",
        "٢٠٢٦-01-31T12:00:00Z",
    ],
)
def test_what_is_no_moment_is_refused(text, bob, room, call):
    status, answer = call(bob, f"/rooms/{room}/messages?at={text}")
    assert (status, answer["code"], answer["field"]) == (422, "invalid", "at")


def test_a_date_and_a_position_are_not_given_at_once(bob, room, call):
    status, answer = call(bob, f"/rooms/{room}/messages?at=2026-01-31T12:00:00Z&before=3")
    assert (status, answer["code"]) == (422, "invalid")


def test_who_is_no_member_learns_nothing_of_a_date(charlie, room, call):
    assert call(charlie, f"/rooms/{room}/messages?at=2026-01-31T12:00:00Z")[0] == 404


def test_each_of_them_takes_few_queries(alice, bob, lounge, room, days, call):
    execute(as_actor(alice), c.AddMessage(room=lounge.pk, body="@bob"))
    limits = {
        f"/rooms/{room}/pins": 4,
        f"/rooms/{room}/reads": 3,
        "/mentions": 3,
        "/drafts": 2,
        f"/rooms/{room}/messages?at=2026-01-31T12:00:00Z": 7,
    }
    call(bob, "/me")  # makes the token
    for path, most in limits.items():
        with counted() as made:
            assert call(bob, path)[0] == 200
        assert made.number <= most, (path, made.statements)
