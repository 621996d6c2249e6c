"""Without a mouse: from the sign-in to having said, reacted, moved about and brought somebody in."""

import re

import pytest
from playwright.sync_api import Keyboard, Locator, expect

from tests.e2e.conftest import befriend
from tests.e2e.pages import Someone
from tests.e2e.test_sizes import press_until_focused, sign_in_by_keyboard

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def keys_of(someone: Someone) -> Keyboard:
    return someone.page.keyboard


def heading(someone: Someone) -> Locator:
    return someone.page.get_by_role("heading", level=1)


@pytest.fixture
def three(person) -> tuple[Someone, Someone, list[str]]:
    """alice at her keyboard, bob, and the groups of both: First, Second, Third, the newest first."""
    alice, bob = person("alice"), person("bob")
    rooms: list[str] = []
    for name in ("Third", "Second", "First"):
        made = alice.do("room.create", kind="group", name=name, people=[bob.name])
        rooms.insert(0, str(made["room"]["id"]))
        alice.do("message.add", room=rooms[0], body=f"Welcome to {name}")
    return alice, bob, rooms


def test_one_signs_in_says_reacts_pins_and_deletes_by_keys(three):
    alice, bob, rooms = three
    bob.open(rooms[0])
    sign_in_by_keyboard(alice)
    keys = keys_of(alice)
    keys.press("Control+k")
    keys.type("first")
    keys.press("Enter")
    expect(alice.composer).to_be_focused()
    keys.type("Said by hand")
    keys.press("Enter")
    bob.sees("Said by hand")
    press_until_focused(alice.line("Said by hand"), "Shift+Tab")
    keys.press("p")
    expect(bob.details.get_by_role("region", name="Pinned")).to_contain_text("Said by hand")
    press_until_focused(alice.line("Said by hand"), "Shift+Tab")
    keys.press("r")
    expect(alice.composer).to_be_focused()
    keys.type("And answered")
    keys.press("Enter")
    bob.sees("And answered")
    press_until_focused(alice.log.locator(".msg[tabindex='0']"), "Shift+Tab")
    press_until_focused(alice.line("And answered"), "ArrowDown")
    keys.press("Delete")
    bob.sees_no("And answered")


def test_one_goes_from_room_to_room_and_to_what_is_unread(three):
    alice, bob, rooms = three
    alice.open(rooms[0])
    keys = keys_of(alice)
    keys.press("Alt+ArrowDown")
    expect(heading(alice)).to_have_text("Second")
    keys.press("Alt+ArrowUp")
    expect(heading(alice)).to_have_text("First")
    bob.do("message.add", room=rooms[2], body="over here")
    expect(alice.row("Third").locator(".badge")).to_have_text("1")
    keys.press("Alt+Shift+ArrowDown")
    expect(heading(alice)).to_have_text("Third")
    expect(alice.composer).to_be_focused()


def test_the_list_is_one_stop_and_the_arrows_go_through_it(three):
    alice, *_ = three
    alice.visit("/")
    keys = keys_of(alice)
    press_until_focused(alice.list.get_by_label("Filter the conversations"), "Tab")
    keys.press("ArrowDown")
    expect(alice.row("First")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(alice.row("Third")).to_be_focused()
    keys.press("Home")
    expect(alice.row("First")).to_be_focused()
    keys.press("Shift+F10")
    expect(alice.page.get_by_role("menuitem").first).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(alice.list.get_by_role("list", name="Starred")).to_contain_text("First")
    expect(alice.row("First")).to_be_focused()
    keys.press("ArrowRight")
    expect(alice.list.get_by_role("button", name="What to do with First")).to_be_focused()
    keys.press("ArrowLeft")
    keys.press("Enter")
    expect(heading(alice)).to_have_text("First")


def test_f6_goes_round_the_parts_of_the_page(three):
    alice, _, rooms = three
    alice.open(rooms[0])
    keys = keys_of(alice)
    expect(alice.composer).to_be_focused()
    keys.press("F6")
    expect(alice.details.locator(":focus")).to_have_count(1)
    keys.press("F6")
    expect(alice.row("First")).to_be_focused()
    keys.press("F6")
    expect(alice.line("Welcome to First")).to_be_focused()
    keys.press("F6")
    expect(alice.composer).to_be_focused()
    keys.press("Shift+F6")
    expect(alice.line("Welcome to First")).to_be_focused()


def test_the_map_of_the_keys_is_a_key_away_unless_one_writes(three):
    alice, _, rooms = three
    alice.open(rooms[0])
    keys = keys_of(alice)
    keys.type("Really?")
    expect(alice.composer).to_have_value("Really?")
    expect(alice.page.get_by_role("dialog")).to_have_count(0)
    press_until_focused(alice.line("Welcome to First"), "Shift+Tab")
    keys.press("?")
    expect(alice.page.get_by_role("dialog", name="Keyboard map")).to_contain_text("Next unread conversation")
    keys.press("Escape")
    expect(alice.page.get_by_role("dialog")).to_have_count(0)
    expect(alice.line("Welcome to First")).to_be_focused()


def test_a_group_is_made_and_somebody_brought_in_by_keys(person):
    alice, bob, carol = person("alice"), person("bob"), person("carol")
    for other in (bob, carol):
        befriend(alice, other)
    dave = person("dave")
    dave.visit("/")
    alice.visit("/")
    keys = keys_of(alice)
    keys.press("Control+k")
    keys.type("new group")
    keys.press("Enter")
    expect(alice.page.get_by_label("With whom?")).to_be_focused()
    for other in (bob, carol):
        keys.type(other.name)
        expect(alice.page.get_by_role("option", selected=True)).to_contain_text(other.name)
        keys.press("Enter")
    press_until_focused(alice.page.get_by_label("Name of the group"), "Tab")
    keys.type("By hand")
    keys.press("Enter")
    expect(heading(alice)).to_have_text("By hand")
    expect(alice.composer).to_be_focused()
    expect(alice.member(carol.name)).to_be_visible()
    keys.press("F6")
    press_until_focused(alice.details.get_by_role("button", name="Bring somebody in"), "Tab")
    keys.press("Enter")
    expect(alice.page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    keys.type(dave.name)
    expect(alice.page.get_by_role("option", selected=True)).to_contain_text(dave.name)
    keys.press("Enter")
    press_until_focused(alice.page.get_by_role("button", name="Bring in", exact=True), "Tab")
    keys.press("Enter")
    expect(dave.row("By hand")).to_be_visible()
    expect(alice.member(dave.name)).to_be_visible()


def test_mentions_details_and_friends_open_by_keys_and_close_by_escape(three):
    alice, bob, rooms = three
    bob.do("message.add", room=rooms[1], body=f"@{alice.name} look")
    alice.open(rooms[0])
    keys = keys_of(alice)
    keys.press("Control+Shift+M")
    mentions = alice.page.get_by_role("dialog", name="Mentions")
    press_until_focused(mentions.get_by_role("button", name=re.compile("look")), "Tab")
    keys.press("Enter")
    expect(heading(alice)).to_have_text("Second")
    alice.sees("look")
    expect(alice.details).to_be_visible()
    keys.press("Control+Shift+D")
    expect(alice.details).to_have_count(0)
    keys.press("Control+k")
    keys.type("friends")
    keys.press("Enter")
    expect(alice.page.get_by_role("dialog", name="Friends")).to_be_visible()
    keys.press("Escape")
    expect(alice.page.get_by_role("dialog")).to_have_count(0)
    keys.press("Escape")
    expect(alice.composer).to_be_focused()


def test_a_phones_way_back_closes_what_floats(person):
    alice, bob = person("alice", **PHONE), person("bob")
    room = alice.do("room.create", kind="group", name="Pocket", people=[bob.name])["room"]["id"]
    alice.open(room)
    alice.page.get_by_role("button", name="Show the details").tap()
    expect(alice.details).to_be_visible()
    keys_of(alice).press("Escape")  # what browsers send for it
    expect(alice.details).to_have_count(0)
    alice.page.get_by_role("button", name="Show the details").tap()
    alice.details.get_by_role("button", name="Mute…").tap()
    expect(alice.page.get_by_role("menu")).to_be_visible()
    keys_of(alice).press("Escape")
    expect(alice.page.get_by_role("menu")).to_have_count(0)
    expect(alice.details).to_be_visible()
