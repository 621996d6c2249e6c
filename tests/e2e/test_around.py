"""Around the conversation: the list and what one does with a room of it, finding anything, friends, pins, presence."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import befriend
from tests.e2e.pages import Someone

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def group(owner: Someone, name: str, *others: Someone) -> str:
    made = owner.do("room.create", kind="group", name=name, people=[other.name for other in others])
    return str(made["room"]["id"])


def under(someone: Someone, heading: str) -> Locator:
    """The rows under a heading of the list."""
    return someone.list.get_by_role("list", name=heading).get_by_role("link")


def choose(someone: Someone, row: str, *choices: str) -> None:
    """From the menu of a row, by its button."""
    someone.row(row).hover()
    someone.list.get_by_role("button", name=f"What to do with {row}").click()
    for choice in choices:
        someone.page.get_by_role("menuitem", name=choice, exact=True).click()


def dialog(someone: Someone, name: str) -> Locator:
    return someone.page.get_by_role("dialog", name=name)


def find(someone: Someone, text: str) -> Locator:
    """Type into the switcher; returns what it found."""
    someone.page.keyboard.press("Control+k")
    someone.page.get_by_role("combobox", name="Room, person or action").fill(text)
    return dialog(someone, "Find or jump to").get_by_role("option")


# ── the list ──


def test_the_list_has_what_is_unread_first_then_rooms_then_people(person):
    alice, bob = person("alice"), person("bob")
    direct = befriend(alice, bob)
    group(alice, "Quiet corner", bob)
    loud = group(alice, "Loud corner", bob)
    bob.do("message.add", room=loud, body="hey there")
    alice.visit("/")
    expect(under(alice, "Unread")).to_have_count(1)
    expect(under(alice, "Unread")).to_contain_text("Loud corner")
    expect(under(alice, "Rooms")).to_contain_text("Quiet corner")
    expect(under(alice, "People")).to_contain_text(bob.name)
    bob.do("message.add", room=direct, body="and you too")
    expect(under(alice, "Unread")).to_have_count(2)
    alice.row("Loud corner").click()
    alice.sees("hey there")
    expect(alice.row("Loud corner").locator(".badge")).to_have_count(0)
    expect(under(alice, "Unread").filter(has_text="Loud corner")).to_have_count(1)  # it does not run away under the eye
    alice.row("Quiet corner").click()
    expect(under(alice, "Rooms")).to_have_count(2)


def test_a_starred_room_stays_on_top_in_every_tab(person):
    alice, bob = person("alice"), person("bob")
    group(alice, "Garden", bob)
    group(alice, "Cellar", bob)
    alice.visit("/")
    other = alice.tab()
    other.visit("/")
    choose(alice, "Garden", "Star: keep on top")
    for tab in (alice, other):
        expect(under(tab, "Starred")).to_contain_text("Garden")
    alice.reload()
    expect(under(alice, "Starred")).to_contain_text("Garden")
    choose(alice, "Garden", "Unstar")
    expect(other.list.get_by_role("heading", name="Starred")).to_have_count(0)


def test_a_muted_room_counts_quietly_and_unmuted_it_calls_again(person):
    alice, bob = person("alice"), person("bob")
    room = group(alice, "Engine room", bob)
    alice.visit("/")
    choose(alice, "Engine room", "Mute…", "For an hour")
    expect(alice.row("Engine room")).to_contain_text("Muted")
    bob.do("message.add", room=room, body="clank")
    expect(alice.row("Engine room").locator(".badge.quiet")).to_have_text("1")
    expect(alice.list.get_by_role("heading", name="Unread")).to_have_count(0)
    expect(alice.page).to_have_title(re.compile(r"^(?!\()"))
    choose(alice, "Engine room", "Unmute")
    expect(under(alice, "Unread")).to_contain_text("Engine room")
    expect(alice.page).to_have_title(re.compile(r"^\(1\)"))


def test_who_is_called_by_name_hears_of_it_from_a_muted_room_too(person):
    alice, bob = person("alice"), person("bob")
    room = group(alice, "Engine room", bob)
    alice.do("room.mute", room=room)
    alice.visit("/")
    bob.do("message.add", room=room, body=f"@{alice.name} it is on fire")
    expect(under(alice, "Unread").locator(".badge")).to_have_text("@1")
    expect(alice.page).to_have_title(re.compile(r"^\(1\)"))


def test_a_room_is_marked_read_and_unread_from_the_list(person):
    alice, bob = person("alice"), person("bob")
    room = group(alice, "Mail room", bob)
    for number in range(3):
        bob.do("message.add", room=room, body=f"parcel {number}")
    alice.visit("/")
    choose(alice, "Mail room", "Mark as read")
    expect(alice.row("Mail room").locator(".badge")).to_have_count(0)
    choose(alice, "Mail room", "Mark as unread")
    expect(alice.row("Mail room").locator(".badge")).to_have_text("1")
    alice.reload()
    expect(alice.row("Mail room").locator(".badge")).to_have_text("1")


def test_the_filter_leaves_what_holds_it_whatever_the_accents(person):
    alice, bob = person("alice"), person("bob")
    group(alice, "Café de Flore", bob)
    group(alice, "Library", bob)
    alice.visit("/")
    field = alice.list.get_by_label("Filter the conversations")
    field.fill("cafe")
    expect(alice.list.get_by_role("link").filter(has_text="Library")).to_have_count(0)
    expect(alice.row("Café de Flore")).to_be_visible()
    field.press("Escape")
    expect(field).to_have_value("")
    expect(alice.row("Library")).to_be_visible()
    field.fill("nothing of that kind")
    alice.list.get_by_role("button", name="Look everywhere").click()
    expect(alice.page.get_by_role("combobox")).to_have_value("nothing of that kind")


def test_the_row_says_who_writes_and_what_one_has_begun(pair):
    alice, bob, _ = pair
    elsewhere = group(alice, "Elsewhere", bob)
    alice.row("Elsewhere").click()
    expect(alice.page).to_have_url(re.compile(elsewhere))
    bob.composer.press_sequentially("This takes me a while to say", delay=60)
    expect(alice.row(bob.name)).to_contain_text("typing…")
    alice.composer.fill("Half a thought")
    alice.row(bob.name).click()
    expect(alice.row("Elsewhere")).to_contain_text("Draft: Half a thought")
    bob.composer.press("Enter")
    alice.sees("This takes me a while to say")
    expect(alice.row(bob.name)).to_contain_text("This takes me a while")


def test_what_is_unread_beyond_the_edge_is_a_click_away(person):
    alice, bob = person("alice", viewport={"width": 1440, "height": 420}), person("bob")
    rooms = [group(alice, f"Room {number}", bob) for number in range(12)]
    for room in rooms:
        alice.do("room.star", room=room)
    bob.do("message.add", room=rooms[0], body="down here")  # rises to the top
    alice.visit("/")
    under(alice, "Starred").last.scroll_into_view_if_needed()
    button = alice.list.get_by_role("button", name="More unread")
    button.click()
    expect(alice.row("Room 0")).to_be_in_viewport()
    expect(button).to_have_count(0)


def test_leaving_is_asked_for_and_done_from_the_list(person):
    alice, bob = person("alice"), person("bob")
    group(alice, "Band", bob)
    bob.visit("/")
    choose(bob, "Band", "Leave…")
    dialog(bob, "Leave Band?").get_by_role("button", name="Leave", exact=True).click()
    expect(bob.row("Band")).to_have_count(0)


def test_on_a_phone_a_long_press_opens_the_menu_of_a_row_and_the_list_is_the_main_thing(person):
    alice, bob = person("alice", **PHONE), person("bob")
    group(alice, "Pocket", bob)
    alice.visit("/")
    expect(alice.page.get_by_role("main")).to_contain_text("Pocket")
    box = alice.row("Pocket").bounding_box()
    assert box
    point = {"x": box["x"] + 90, "y": box["y"] + box["height"] / 2}
    touch = alice.context.new_cdp_session(alice.page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    expect(alice.page.get_by_role("menu")).to_be_visible()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    alice.page.get_by_role("menuitem", name="Star: keep on top").tap()
    expect(under(alice, "Starred")).to_contain_text("Pocket")
    expect(alice.page).not_to_have_url(re.compile("/r/"))


# ── finding ──


def test_the_switcher_finds_rooms_people_and_actions_by_a_few_letters(person):
    alice, bob, carol = person("alice"), person("bob"), person("carol")
    befriend(alice, carol)
    group(alice, "Über Nacht", bob)
    alice.visit("/")
    expect(find(alice, "uber").first).to_contain_text("Über Nacht")
    alice.page.keyboard.press("Enter")
    expect(alice.page.get_by_role("heading", level=1)).to_have_text("Über Nacht")
    expect(find(alice, carol.name).first).to_contain_text(carol.name)
    alice.page.keyboard.press("Enter")
    expect(alice.page.get_by_role("heading", level=1)).to_have_text(carol.name)
    find(alice, "keyboard map").first.click()
    expect(dialog(alice, "Keyboard map")).to_be_visible()


def test_the_switcher_begins_with_where_one_was_last(person):
    alice, bob = person("alice"), person("bob")
    old, new = group(alice, "Older", bob), group(alice, "Newer", bob)
    alice.do("message.add", room=old, body="then")
    alice.do("message.add", room=new, body="now")
    alice.open(new)
    expect(find(alice, "").first).to_contain_text("Older")  # not the one that is open
    alice.page.keyboard.press("Enter")
    expect(alice.page.get_by_role("heading", level=1)).to_have_text("Older")


def test_writing_to_somebody_begins_a_room_or_offers_to_ask_first(person):
    alice, stranger = person("alice"), person("stranger")
    alice.visit("/")
    find(alice, stranger.name).filter(has_text="Write to").click()
    found = dialog(alice, "Find or jump to")
    expect(found.get_by_role("alert")).to_contain_text("friend")
    found.get_by_role("button", name="Ask to be friends").click()
    expect(found).to_contain_text("You asked to be friends")
    stranger.do("friend.accept", person=alice.name)
    found.get_by_role("option").filter(has_text="Write to").click()
    expect(alice.page.get_by_role("heading", level=1)).to_have_text(stranger.name)


def test_a_theme_is_chosen_from_the_switcher(person):
    alice = person("alice")
    alice.visit("/")
    find(alice, "dark theme").first.click()
    expect(alice.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_letters_typed_before_the_switcher_is_there_are_not_lost(person):
    alice, bob = person("alice"), person("bob")
    group(alice, "Hurry", bob)
    alice.context.route("**/switcher*.js", lambda route: (alice.page.wait_for_timeout(300), route.continue_()))
    alice.visit("/")
    alice.page.keyboard.press("Control+k")
    alice.page.keyboard.type("hurry")
    expect(alice.page.get_by_role("combobox", name="Room, person or action")).to_have_value("hurry")


# ── beginning ──


def test_a_conversation_begins_with_one_person_or_in_a_public_room(person):
    alice, bob = person("alice"), person("bob")
    befriend(alice, bob)
    alice.visit("/")
    start = alice.list.get_by_role("button", name="New conversation")
    start.click()
    alice.page.get_by_label("With whom?").fill(bob.name)
    alice.page.get_by_role("option", name=re.compile(bob.name)).click()
    alice.page.get_by_role("button", name=f"Write to {bob.name}").click()
    expect(alice.page.get_by_role("heading", level=1)).to_have_text(bob.name)
    start.click()
    alice.page.get_by_label("Or in a public room").fill("town square")
    alice.page.get_by_role("button", name="Enter", exact=True).click()
    expect(alice.page.get_by_role("heading", level=1)).to_contain_text("town square")


# ── people ──


def test_friends_are_asked_accepted_and_parted_from_while_both_look(person):
    alice, bob = person("alice"), person("bob")
    for someone in (alice, bob):
        someone.visit("/")
        someone.list.get_by_role("link", name="Friends").click()
    alice.page.get_by_label("Name or username").fill(bob.name)
    alice.page.get_by_role("button", name="Ask to be friends").click()
    asking = bob.page.get_by_role("region", name="Asking you")
    asking.get_by_role("button", name="Decline").click()
    expect(asking).to_have_count(0)
    alice.page.get_by_role("button", name="Ask to be friends").click()
    expect(alice.page.get_by_role("region", name="You asked").get_by_role("button", name="Withdraw")).to_be_visible()
    asking.get_by_role("button", name="Accept").click()
    friends = alice.page.get_by_role("region", name="Your friends")
    expect(friends).to_contain_text(bob.name)
    expect(friends).to_contain_text("Online")
    friends.get_by_role("button", name=f"What to do with {bob.name}").click()
    friends.get_by_role("button", name="Block").click()
    alice.page.get_by_role("group", name=re.compile("^Block")).get_by_role("button", name="Block").click()
    expect(alice.page.get_by_role("region", name="Blocked")).to_contain_text(bob.name)
    expect(bob.page.get_by_role("region", name="Your friends")).not_to_contain_text(alice.name)


def test_one_sees_who_is_here_and_who_has_gone(person):
    alice, bob = person("alice"), person("bob")
    room = befriend(alice, bob)
    alice.open(room)
    expect(alice.details).to_contain_text("Offline")
    bob.visit("/")
    expect(alice.row(bob.name).locator(".ava.on")).to_have_count(1)
    expect(alice.page.locator("header.head")).to_contain_text("Online")
    expect(alice.details).to_contain_text("Online")
    bob.page.close()
    expect(alice.page.locator("header.head")).to_contain_text("Last seen just now")
    expect(alice.row(bob.name).locator(".ava.on")).to_have_count(0)


def test_members_show_who_is_here_and_a_big_room_is_searched(person):
    alice, bob = person("alice"), person("bob")
    others = [person("guest") for _ in range(16)]
    room = group(alice, "Hall", bob, *others)
    alice.open(room)
    expect(alice.details.get_by_role("listitem")).to_have_count(18)
    bob.visit("/")
    expect(alice.member(bob.name).locator(".ava.on")).to_have_count(1)
    alice.details.get_by_label("Find a member").fill(others[3].name)
    expect(alice.details.get_by_role("listitem")).to_have_count(1)
    expect(alice.member(others[3].name)).to_be_visible()


# ── what is kept ──


@pytest.fixture
def meeting(person) -> tuple[Someone, Someone, str]:
    alice, bob = person("alice"), person("bob")
    room = group(alice, "Meeting", bob)
    for number in range(1, 4):
        alice.do("message.add", room=room, body=f"Agenda item {number}")
    return alice, bob, room


def test_what_is_pinned_shows_to_all_leads_to_its_place_and_is_taken_down(meeting):
    alice, bob, room = meeting
    found = alice.server.call(f"/rooms/{room}/messages", alice.token)[1]["messages"]
    alice.do("message.pin", message=found[0]["id"])
    for someone in (alice, bob):
        someone.open(room)
    pins = bob.details.get_by_role("region", name="Pinned")
    expect(pins).to_contain_text("Agenda item 1")
    alice.do("message.pin", message=found[1]["id"])
    expect(pins.get_by_role("listitem")).to_have_count(2)
    expect(pins.get_by_role("listitem").first).to_contain_text("Agenda item 2")
    expect(bob.page.get_by_role("button", name="2 pinned messages")).to_be_visible()
    pins.get_by_role("button", name=re.compile("Agenda item 1")).click()
    expect(bob.line("Agenda item 1")).to_be_in_viewport()
    pins.get_by_role("listitem").first.get_by_role("button", name="Unpin").click()
    expect(alice.details.get_by_role("region", name="Pinned").get_by_role("listitem")).to_have_count(1)
    expect(bob.page.get_by_role("button", name="1 pinned message")).to_be_visible()


def test_mentions_are_counted_listed_by_room_and_lead_to_their_place(meeting):
    alice, bob, room = meeting
    other = group(alice, "Hallway", bob)
    alice.do("message.add", room=room, body=f"@{bob.name} please bring chairs")
    bob.visit("/")
    expect(bob.row("Meeting").locator(".badge")).to_have_text("@1")
    button = bob.list.get_by_role("button", name=re.compile("^Mentions"))
    expect(button).to_contain_text("1")
    alice.do("message.add", room=other, body="@everyone cake")
    expect(button).to_contain_text("2")
    button.click()
    mentions = dialog(bob, "Mentions")
    expect(mentions.get_by_role("region", name="Hallway")).to_contain_text("cake")
    mentions.get_by_role("button", name=re.compile("please bring chairs")).click()
    bob.sees("please bring chairs")
    expect(bob.page).to_have_url(re.compile(room))
    expect(bob.row("Meeting").locator(".badge")).to_have_count(0)
    expect(button).to_contain_text("1")


def test_the_details_mute_and_star_for_oneself_alone(meeting):
    alice, bob, room = meeting
    for someone in (alice, bob):
        someone.open(room)
    alice.details.get_by_role("button", name="Star: keep on top").click()
    expect(under(alice, "Starred")).to_contain_text("Meeting")
    alice.details.get_by_role("button", name="Mute…").click()
    alice.page.get_by_role("menuitem", name="Until I unmute it").click()
    expect(alice.details.get_by_role("button", name="Unmute")).to_be_visible()
    expect(alice.row("Meeting")).to_contain_text("Muted")
    expect(bob.row("Meeting")).not_to_contain_text("Muted")
    expect(bob.list.get_by_role("heading", name="Starred")).to_have_count(0)


def test_what_the_server_paints_is_what_the_island_draws(person, console):
    console.forgive("ERR_FAILED")
    alice, bob = person("alice"), person("bob")
    direct = befriend(alice, bob)
    starred, muted = group(alice, "Starred one", bob), group(alice, "Muted one", bob)
    alice.do("room.star", room=starred)
    alice.do("room.mute", room=muted)
    for room in (direct, muted):
        bob.do("message.add", room=room, body="hello")
    alice.visit("/")
    live = alice.list.locator(".list").inner_text()
    alice.context.route("**/main*.js", lambda route: route.abort())
    alice.page.goto("/")
    painted = alice.list.locator(".list").inner_text()
    assert [line.strip() for line in painted.split("\n") if line.strip()] == [
        line.strip() for line in live.split("\n") if line.strip()
    ]
