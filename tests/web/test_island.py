import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from digi.chat import queries
from digi.chat.models import Message
from digi.execute import execute
from digi.kit import sealed
from digi.protocol import commands as c
from digi.protocol.ids import ROOM
from tests.conftest import as_actor

pytestmark = pytest.mark.django_db

HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(1)">\u2028&'


def boot_of(answer) -> dict:
    [text] = re.findall(r'<script type="application/json" id="boot">(.*?)</script>', answer.content.decode(), re.DOTALL)
    assert not set("<>&\u2028\u2029") & set(text)
    return json.loads(text)


def path_of(room) -> str:
    return f"/r/{sealed.seal(ROOM, room.pk)}/"


def test_the_page_holds_what_the_island_begins_with(alice, bob, lounge, say, as_):
    message = say(bob, lounge, "Hello")
    boot = boot_of(as_(alice).get(path_of(lounge)))
    assert boot["me"]["username"] == "alice"
    assert [entry["name"] for entry in boot["entries"]] == ["Lounge"]
    assert boot["room"] == boot["entries"][0]["id"]
    assert boot["page"]["messages"][-1] == message.json_value()
    assert {member["person"] for member in boot["members"]} == {"alice", "bob", "robbie"}
    assert {person["username"] for person in boot["page"]["people"]} >= {"bob"}
    assert boot["limits"]["body"] == 8000
    assert boot["urls"]["logout"] == "/accounts/logout/"
    assert boot["version"] == 1


def test_without_a_room_there_is_the_list_alone(alice, lounge, as_):
    boot = boot_of(as_(alice).get("/"))
    assert (boot["room"], boot["page"], boot["members"]) == (None, None, None)


def test_the_first_paint_says_the_same_without_a_script(alice, bob, lounge, say, as_, read):
    say(bob, lounge, "See https://example.org.")
    page = read(as_(alice).get(path_of(lounge)))
    assert "See https://example.org ." in page.text
    [link] = [link for link in page.all("a") if link.get("href") == "https://example.org"]
    assert link["rel"] == "noopener noreferrer nofollow"
    assert page.all("div", role="log")
    assert [row["aria-current"] for row in page.all("a") if "row" in row.get("class", "")] == ["page"]


def test_nothing_that_was_typed_becomes_markup(alice, bob, lounge, say, as_, read):
    execute(as_actor(bob), c.EditProfile(display_name=HOSTILE[:50].replace("\u2028", "")))
    execute(as_actor(alice), c.RenameRoom(room=lounge.pk, name="<img src=x onerror=alert(1)>"))
    execute(as_actor(alice), c.SetTopic(room=lounge.pk, topic="<b onclick=x>"))
    say(bob, lounge, HOSTILE)
    for path in (path_of(lounge), "/", "/friends/?q=b"):
        answer = as_(alice).get(path)
        page = read(answer)
        assert not page.all("img") + page.all("b", onclick="x")
        assert b"alert(1)</script>" not in answer.content
    assert boot_of(as_(alice).get(path_of(lounge)))["page"]["messages"][-1]["body"] == HOSTILE


def test_the_newest_fifty_are_shown_and_more_is_told(alice, lounge, say, as_, read):
    for number in range(55):
        say(alice, lounge, f"number {number}")
    answer = as_(alice).get(path_of(lounge))
    text = read(answer).text
    assert boot_of(answer)["page"]["more"]
    assert "number 54" in text
    assert "number 3 " not in text
    assert "beginning of the conversation" not in text


def lines_of(answer) -> list[tuple[str, str]]:
    return [
        (line.kind, line.words or (line.message.body + ("" if line.is_first else "+")) if line.message else line.words)
        for line in answer.context["paint"].lines
        if line.kind != "system"
    ]


def test_runs_days_and_the_mark_of_what_is_new_are_as_the_island_draws_them(alice, bob, lounge, say, as_):
    start = datetime(2026, 3, 28, 22, 50, tzinfo=UTC)
    minutes = {"one": 0, "two": 4, "three": 10, "four": 11, "five": 75, "six": 76}
    for body, minute in minutes.items():
        message = say(bob if body == "four" else alice, lounge, body)
        Message.objects.filter(pk=message.id).update(sent_at=start + timedelta(minutes=minute))
    execute(as_actor(bob), c.MarkRead(room=lounge.pk, pos=message.pos - 1))
    shown = lines_of(as_(bob).get(path_of(lounge)))
    assert [line for line in shown if line[0] != "day"] == [
        ("message", "one"),
        ("message", "two+"),
        ("message", "three"),
        ("message", "four"),
        ("message", "five"),
        ("new", ""),
        ("message", "six"),
    ]
    assert [words for kind, words in shown if kind == "day"][-2:] == ["Saturday 28 March", "Sunday 29 March"]


@pytest.mark.parametrize(
    ("zone", "languages", "wanted"),
    [
        ("Europe%2FOslo", "nb", "00:30"),
        ("America/New_York", "en-US,en;q=0.9", "06:30 PM"),
        ("", "", "22:30"),
        ("../../etc/passwd", "", "22:30"),
        ("Nowhere/Town", "", "22:30"),
        ("\0", "", "22:30"),
    ],
)
def test_moments_are_written_as_the_readers_browser_would(alice, lounge, say, as_, zone, languages, wanted):
    message = say(alice, lounge)
    Message.objects.filter(pk=message.id).update(sent_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    browser = as_(alice)
    browser.cookies["zone"] = zone.replace("\0", "%00")
    answer = browser.get(path_of(lounge), headers={"accept-language": languages})
    assert answer.context["paint"].lines[-1].when == wanted


def test_edited_and_deleted_messages_are_shown_as_such(alice, lounge, say, as_, read):
    edited, deleted = say(alice, lounge, "before"), say(alice, lounge, "secret")
    execute(as_actor(alice), c.EditMessage(message=edited.id, body="after"))
    execute(as_actor(alice), c.DeleteMessage(message=deleted.id))
    answer = as_(alice).get(path_of(lounge))
    text = read(answer).text
    assert "after" in text
    assert "edited" in text
    assert "Message deleted" in text
    assert b"secret" not in answer.content
    assert b"before" not in answer.content


def test_what_happened_in_the_room_is_a_sentence(alice, lounge, as_, read):
    execute(as_actor(alice), c.ChangeRole(room=lounge.pk, person="bob", role="moderator"))
    execute(as_actor(alice), c.SetTopic(room=lounge.pk, topic="Chess"))
    text = read(as_(alice).get(path_of(lounge))).text
    assert "You made \u2068bob\u2069 a moderator" in text  # isolated: a name's direction is its own
    assert "You set the topic: \u2068Chess\u2069" in text


def test_a_stranger_cannot_tell_whether_the_room_exists(lounge, charlie, as_):
    browser = as_(charlie)
    real, made_up = browser.get(path_of(lounge)), browser.get(f"/r/{sealed.seal(ROOM, 4_000_000)}/")
    assert (real.status_code, real.content) == (made_up.status_code, made_up.content)
    assert real.status_code == 404
    assert browser.get("/r/Lounge/").status_code == 404  # a group has no name that leads to it


def test_a_link_to_a_public_room_asks_before_one_enters(alice, bob, as_, read):
    execute(as_actor(alice), c.OpenRoom(name="Chess Club"))
    browser = as_(bob)
    offered = browser.get("/r/chess club/")
    assert offered.status_code == 200
    assert "Enter # chess club ?" in read(offered).text
    assert browser.get("/").context["paint"].sections == []
    entered = browser.post("/enter/", {"name": "chess club"}, follow=True)
    assert entered.context["paint"].room.title == "Chess Club"
    assert browser.get("/r/CHESS CLUB/").context["paint"].room.title == "Chess Club"


def test_a_link_to_a_room_that_is_not_there_offers_to_make_it(alice, as_, read):
    answer = as_(alice).get("/r/new-room/")
    assert answer.status_code == 404
    assert "Make this room" in read(answer).text


@pytest.mark.parametrize("name", ["%00", "%2e%2e", "a%E2%80%AEb", "%20", "x" * 81])
def test_what_cannot_be_a_room_is_a_page_that_is_not_there(alice, as_, name):
    answer = as_(alice).get(f"/r/{name}/")
    assert answer.status_code == 404
    assert b"Make this room" not in answer.content


def test_strangers_sign_in_first_and_come_back(lounge, alice):
    path = path_of(lounge)
    assert Client().get(path).headers["Location"] == f"/accounts/login/?next={path}"


def test_the_page_takes_few_queries_however_many_rooms(alice, lounge, say, as_, django_assert_max_num_queries):
    for number in range(5):
        execute(as_actor(alice), c.OpenRoom(name=f"room {number}"))
    say(alice, lounge)
    browser = as_(alice)
    browser.get("/")
    with django_assert_max_num_queries(18):
        browser.get(path_of(lounge))


def test_details_stay_as_they_were_left(alice, lounge, as_, read):
    browser = as_(alice)
    assert read(browser.get(path_of(lounge))).all("aside")
    browser.cookies["details"] = "0"
    assert not read(browser.get(path_of(lounge))).all("aside")


def test_the_page_of_a_room_costs_ten_queries_however_many_rooms(
    alice, lounge, direct, say, as_, django_assert_max_num_queries
):
    client = as_(alice)
    client.get(path_of(lounge))  # makes the installation's own row
    for number in range(12):
        execute(as_actor(alice), c.OpenRoom(name=f"room {number}"))
    with django_assert_max_num_queries(10):
        assert client.get(path_of(lounge)).status_code == 200


def test_what_changes_while_the_page_is_read_is_newer_than_its_head(alice, bob, lounge, say, as_, monkeypatch):
    """An edit between the reading of heads and of content is fetched again, never taken for known."""
    message, read = say(bob, lounge, "First"), queries.opened

    def opened_late(*asked):
        execute(as_actor(bob), c.EditMessage(message=message.id, body="Second"))
        return read(*asked)

    monkeypatch.setattr(queries, "opened", opened_late)
    boot = boot_of(as_(alice).get(path_of(lounge)))
    assert boot["page"]["messages"][-1]["body"] == "Second"
    assert boot["entries"][0]["head"] < boot["page"]["messages"][-1]["rev"]


def test_a_permanent_link_shows_its_message_with_what_stands_around_it(alice, bob, lounge, say, as_, read):
    messages = [say(alice, lounge, f"number {number}") for number in range(120)]
    wanted = messages[20]
    answer = as_(alice).get(f"{path_of(lounge)}{wanted.pos}/")
    boot = boot_of(answer)
    assert boot["at"] == wanted.pos
    assert wanted.id in {line.message.id for line in answer.context["paint"].lines if line.message}
    assert "number 119" not in " ".join(message["body"] for message in boot["page"]["messages"])
    [shown] = [line for line in read(answer).all("div", role="article") if "shown" in line["class"]]
    assert "autofocus" in shown


@pytest.mark.parametrize(("pos", "nearest"), [(0, 1), (10**18, 3), (2, 2)])
def test_a_permanent_link_to_nothing_leads_to_the_nearest_message(alice, bob, as_, pos, nearest):
    room = execute(as_actor(alice), c.CreateRoom(kind="group", people=["bob"])).room
    assert room is not None
    for number in range(3):
        execute(as_actor(alice), c.AddMessage(room=room.id, body=f"number {number}"))
    assert boot_of(as_(bob).get(f"/r/{sealed.seal(ROOM, room.id)}/{pos}/"))["at"] == nearest


def test_a_stranger_finds_nothing_by_a_permanent_link(lounge, charlie, say, alice, as_):
    message = say(alice, lounge)
    assert as_(charlie).get(f"{path_of(lounge)}{message.pos}/").status_code == 404


def test_a_quote_is_painted_wherever_the_quoted_message_stands(alice, bob, lounge, say, as_, read):
    first = say(bob, lounge, "Long ago")
    for number in range(60):
        say(alice, lounge, f"number {number}")
    execute(as_actor(alice), c.AddMessage(room=lounge.pk, body="Yes", reply_to=first.id))
    answer = as_(alice).get(path_of(lounge))
    assert answer.context["paint"].lines[-1].quote.words == "Long ago"
    assert [message["id"] for message in boot_of(answer)["quoted"]] == [first.json_value()["id"]]
    assert {"bob"} <= {person["username"] for person in boot_of(answer)["people"]}


def test_what_stands_at_a_message_is_painted_with_it(alice, bob, lounge, say, as_, read):
    message = say(bob, lounge, "Lunch, @alice?")
    execute(as_actor(alice), c.ReactToMessage(message=message.id, emoji="👍"))
    execute(as_actor(bob), c.PinMessage(message=message.id))
    page = read(as_(alice).get(path_of(lounge)))
    [chip] = [button for button in page.all("button") if "react" in button.get("class", "").split()]
    assert chip["aria-pressed"] == "true"
    assert chip["aria-label"] == "You reacted with 👍"
    assert [line for line in page.all("div", role="article") if "mentions" in line["class"].split()]
    assert "Pinned by bob" in page.text


def test_somebody_blocked_is_folded_away_in_shared_rooms_alone(alice, bob, lounge, direct, say, as_, read):
    for room in (lounge, direct):
        say(bob, room, "You cannot not hear me")
    execute(as_actor(alice), c.BlockPerson(person="bob"))
    assert "From somebody you blocked." in read(as_(alice).get(path_of(lounge))).text
    assert "From somebody you blocked." not in read(as_(alice).get(path_of(direct))).text


def test_the_page_tells_what_was_begun_and_how_far_others_have_read(alice, bob, lounge, say, as_):
    message = say(alice, lounge)
    execute(as_actor(bob), c.MarkRead(room=lounge.pk, pos=message.pos))
    execute(as_actor(alice), c.SaveDraft(room=lounge.pk, body="And then"))
    boot = boot_of(as_(alice).get(path_of(lounge)))
    assert [draft["body"] for draft in boot["drafts"]] == ["And then"]
    assert boot["reads"]["bob"] == message.pos
    assert boot["language"] == "en"
    assert boot["at"] is None
