"""A group's life: made, described, joined, lost; each step shows at once to everybody it concerns."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import Someone


@pytest.fixture
def crew(person) -> tuple[Someone, Someone, Someone, str]:
    """alice owns the group Crew, bob and carol are in it, and all have it open."""
    alice, bob, carol = person("alice"), person("bob"), person("carol")
    room = alice.do("room.create", kind="group", name="Crew", people=[bob.name, carol.name])["room"]["id"]
    for someone in (alice, bob, carol):
        someone.open(room)
    return alice, bob, carol, room


def test_a_group_is_made_of_people_one_finds(person):
    alice, bob, carol = person("alice"), person("bob"), person("carol")
    bob.visit("/")
    alice.visit("/")
    alice.page.get_by_role("button", name="New conversation").click()
    for someone in (bob, carol):
        alice.page.get_by_label("With whom?").fill(someone.name)
        alice.page.get_by_role("option", name=re.compile(someone.name)).click()
    alice.page.get_by_label("Name of the group").fill("Tent crew")
    alice.page.get_by_role("button", name="Make the group").click()
    expect(alice.page.get_by_role("heading", level=1)).to_have_text("Tent crew")
    bob.row("Tent crew").click()
    alice.say("Pegs are with me")
    bob.sees("Pegs are with me")


def test_somebody_is_brought_in_and_sees_it_all(crew, person):
    alice, bob, *_ = crew
    alice.say("Said before dave came")
    dave = person("dave")
    dave.visit("/")
    bob.details.get_by_role("button", name="Bring somebody in").click()
    bob.page.get_by_label("Who?").fill(dave.name)
    bob.page.get_by_role("option", name=re.compile(dave.name)).click()
    bob.answer("Bring somebody in", "Bring in")
    dave.row("Crew").click()
    dave.sees("Said before dave came")
    expect(alice.member(dave.name)).to_be_visible()


def test_a_new_name_and_topic_show_to_all_at_once(crew):
    alice, bob, carol, _ = crew
    alice.details.get_by_role("button", name="Change the name").click()
    alice.page.get_by_role("textbox", name="Name").fill("Ship's crew")
    alice.answer("Change the name", "Save")
    alice.details.get_by_role("button", name="Set a topic").click()
    alice.page.get_by_role("textbox", name="What is it about?").fill("Sailing on Sunday")
    alice.answer("Change the topic", "Save")
    for someone in (bob, carol):
        expect(someone.page.get_by_role("heading", level=1)).to_have_text("Ship's crew")
        expect(someone.page.get_by_role("banner").or_(someone.page.locator("header.head"))).to_contain_text("Sailing")
        expect(someone.row("Ship's crew")).to_be_visible()
        expect(someone.log).to_contain_text("renamed the room to \u2068Ship's crew")


def test_who_is_removed_loses_the_room_at_once_and_hears_no_more(crew):
    alice, bob, carol, room = crew
    frames: list[str] = []
    tab = carol.tab()
    tab.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    tab.open(room)
    alice.act_on("Carol", "Remove from the room")
    alice.page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    for page in (carol, tab):
        expect(page.page.get_by_text("you are not in it any more")).to_be_visible()
        expect(page.row("Crew")).to_have_count(0)
    heard = len(frames)
    alice.say("Now without carol")
    bob.sees("Now without carol")
    carol.page.wait_for_timeout(300)
    assert not [frame for frame in frames[heard:] if "without" in frame]
    status, _ = carol.server.call(f"/rooms/{room}/messages", carol.token)
    assert status == 404


def test_a_role_gives_what_it_allows_without_a_reload(crew):
    alice, bob, carol, _ = crew
    expect(bob.details.get_by_role("button", name="Change the name")).to_have_count(0)
    alice.act_on("Bob", "Moderator")
    expect(bob.details.get_by_role("button", name="Change the name")).to_be_visible()
    expect(carol.member("Bob")).to_contain_text("moderator")
    carol.say("Cheap watches!")
    bob.sees("Cheap watches!")
    bob.delete("Cheap watches!")
    for someone in (alice, bob, carol):
        expect(someone.log).to_contain_text("Message deleted")
        someone.sees_no("Cheap watches!")


def test_leaving_takes_the_room_from_ones_own_list_alone(crew):
    alice, bob, *_ = crew
    bob.details.get_by_role("button", name="Leave").click()
    bob.page.get_by_role("dialog").get_by_role("button", name="Leave", exact=True).click()
    expect(bob.row("Crew")).to_have_count(0)
    expect(alice.log).to_contain_text("left")
    expect(alice.member("Bob")).to_have_count(0)


def test_an_archived_room_can_be_read_and_not_written(crew):
    alice, bob, *_ = crew
    bob.say("The last word")
    alice.sees("The last word")
    alice.details.get_by_role("button", name=re.compile("Archive")).click()
    for someone in (alice, bob):
        expect(someone.composer).to_have_count(0)
        expect(someone.page.get_by_role("main")).to_contain_text("archived")
        someone.sees("The last word")
    alice.details.get_by_role("button", name="Reopen").click()
    expect(bob.composer).to_be_visible()
    bob.say("And one more")
    alice.sees("And one more")
