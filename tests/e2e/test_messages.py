"""What can be done with a message, by pointer and by keyboard, and what the other one sees of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import befriend
from tests.e2e.pages import Someone
from tests.e2e.test_sizes import PHONE, press

Act = Callable[[Someone, str, str], None]

REFUSE_TO_COPY = """() => {
  navigator.clipboard.writeText = () => Promise.reject(new Error());
  document.execCommand = () => false;
}"""
KEYS = {
    "Reply": "r",
    "React": "+",
    "Edit": "e",
    "Pin": "p",
    "Unpin": "p",
    "Forward…": "f",
    "Copy text": "c",
    "Copy link": "l",
    "Mark unread from here": "u",
    "Delete": "Delete",
}


def by_pointer(someone: Someone, text: str, action: str) -> None:
    someone.point_at(text).get_by_role("button", name="More").click()
    someone.page.get_by_role("menuitem", name=action, exact=True).click()


def by_key(someone: Someone, text: str, action: str) -> None:
    someone.page.bring_to_front()
    someone.line(text).focus()
    someone.page.keyboard.press(KEYS[action])


def by_menu_key(someone: Someone, text: str, action: str) -> None:
    """Enter opens the menu, arrows go through it."""
    someone.page.bring_to_front()
    someone.line(text).focus()
    someone.page.keyboard.press("Enter")
    wanted = someone.page.get_by_role("menuitem", name=action, exact=True)
    expect(someone.page.get_by_role("menuitem").first).to_be_focused()
    for _ in range(12):
        if wanted.evaluate("item => item === document.activeElement"):
            break
        someone.page.keyboard.press("ArrowDown")
    someone.page.keyboard.press("Enter")


WAYS = pytest.mark.parametrize("act", [by_pointer, by_key, by_menu_key], ids=["pointer", "key", "menu"])


def chip(someone: Someone, text: str, words: str) -> Locator:
    return someone.line(text).get_by_role("group", name="Reactions").get_by_role("button", name=words)


@WAYS
def test_an_answer_quotes_and_escape_drops_it(pair, act: Act):
    alice, bob, _ = pair
    bob.say("Tea or coffee?")
    alice.sees("Tea or coffee?")
    act(alice, "Tea or coffee?", "Reply")
    expect(alice.composer).to_be_focused()
    expect(alice.page.get_by_text(f"Replying to {bob.name}")).to_be_visible()
    alice.page.keyboard.press("Escape")
    expect(alice.page.get_by_text(f"Replying to {bob.name}")).to_have_count(0)
    expect(alice.composer).to_be_focused()
    act(alice, "Tea or coffee?", "Reply")
    alice.page.keyboard.type("Both")
    alice.page.keyboard.press("Enter")
    expect(bob.line("Both").get_by_role("button", name="Tea or coffee?")).to_be_visible()


@WAYS
def test_an_edit_is_made_where_it_stands(pair, act: Act):
    alice, bob, _ = pair
    alice.say("At seven")
    alice.sees("At seven")
    act(alice, "At seven", "Edit")
    expect(alice.editor).to_be_focused()
    alice.editor.fill("At eight")
    alice.page.keyboard.press("Enter")
    bob.sees("At eight")
    expect(alice.composer).to_be_focused()


@WAYS
def test_a_deletion_can_be_taken_back_and_then_cannot(pair, act: Act):
    alice, bob, _ = pair
    alice.say("Delete me")
    bob.sees("Delete me")
    act(alice, "Delete me", "Delete")
    expect(alice.lines.first).to_contain_text("Deleted")
    alice.sees_no("Delete me")
    alice.page.get_by_role("button", name="Undo").click()
    alice.sees("Delete me")
    act(alice, "Delete me", "Delete")
    bob.sees_no("Delete me")
    expect(alice.lines.first).to_contain_text("Message deleted")
    expect(alice.page.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_deletion_outlives_a_reload(pair):
    alice, bob, _ = pair
    for text in ("Keep me", "Delete me"):
        alice.say(text)
        bob.sees(text)
    for text in ("Keep me", "Delete me"):
        by_key(alice, text, "Delete")
    alice.reload()
    expect(alice.page.get_by_role("button", name="Undo")).to_have_count(2)
    alice.lines.first.get_by_role("button", name="Undo").click()
    bob.sees_no("Delete me")
    bob.sees("Keep me")
    alice.sees("Keep me")


@WAYS
def test_what_is_pinned_is_marked_for_everybody_until_it_is_unpinned(pair, act: Act):
    alice, bob, _ = pair
    bob.say("The rules")
    alice.sees("The rules")
    act(alice, "The rules", "Pin")
    for someone in (alice, bob):
        expect(someone.line("The rules").get_by_text(f"Pinned by {alice.name}")).to_be_attached()
    act(alice, "The rules", "Unpin")
    for someone in (alice, bob):
        expect(someone.line("The rules").get_by_text("Pinned by")).to_have_count(0)


@WAYS
def test_text_and_link_are_copied(pair, act: Act):
    alice, bob, room = pair
    alice.context.grant_permissions(["clipboard-read", "clipboard-write"])
    bob.say("Copy **me**")
    alice.sees("Copy me")
    act(alice, "Copy me", "Copy text")
    expect(alice.page.get_by_role("status").filter(has_text="Text copied")).to_be_visible()
    assert alice.page.evaluate("navigator.clipboard.readText()") == "Copy **me**"
    act(alice, "Copy me", "Copy link")
    expect(alice.page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
    link = alice.page.evaluate("navigator.clipboard.readText()")
    assert link == f"{alice.server.url}/r/{room}/1/"
    bob.page.goto(link)
    bob.sees("Copy me")


def test_where_the_clipboard_is_refused_the_text_is_there_to_be_copied_by_hand(pair):
    alice, bob, _ = pair
    bob.say("Copy me")
    alice.sees("Copy me")
    alice.page.evaluate(REFUSE_TO_COPY)
    by_key(alice, "Copy me", "Copy text")
    field = alice.page.get_by_role("textbox", name="Text to copy")
    expect(field).to_be_focused()
    expect(field).to_have_value("Copy me")
    assert field.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)") == "Copy me"


@WAYS
def test_a_message_is_passed_on_to_rooms_and_people_at_once(pair, person, act: Act):
    alice, bob, _ = pair
    carol = person("carol")
    befriend(alice, carol)
    room = alice.do("room.create", kind="group", name="Crew", people=[bob.name])["room"]["id"]
    bob.say("Pass it on")
    alice.sees("Pass it on")
    act(alice, "Pass it on", "Forward…")
    dialog = alice.page.get_by_role("dialog", name="Forward")
    for name in ("Crew", carol.name):
        dialog.get_by_role("combobox").fill(name)
        dialog.get_by_role("option", name=name).click()
    dialog.get_by_role("button", name="Forward", exact=True).click()
    expect(dialog).to_have_count(0)
    bob.open(room)
    carol.visit("/")
    carol.row(alice.name).click()
    for someone in (bob, carol):
        someone.sees("Pass it on")
        expect(someone.line("Pass it on")).to_contain_text(f"Forwarded from {bob.name}")


def test_what_is_forwarded_shows_at_once_and_is_one_message(pair):
    alice, bob, _ = pair
    alice.say("Again")
    bob.sees("Again")
    by_key(alice, "Again", "Forward…")
    dialog = alice.page.get_by_role("dialog", name="Forward")
    dialog.get_by_role("option", name=bob.name).click()
    alice.page.keyboard.press("Tab")
    dialog.get_by_role("button", name="Forward", exact=True).click()
    for someone in (alice, bob):
        expect(someone.line("Again")).to_have_count(2)
        expect(someone.lines.last).to_contain_text(f"Forwarded from {alice.name}")


def test_a_reaction_is_put_and_taken_away_by_anybody(pair):
    alice, bob, _ = pair
    bob.say("Good news")
    alice.sees("Good news")
    alice.point_at("Good news").get_by_role("button", name="React with 👍").click()
    for someone in (alice, bob):
        expect(someone.line("Good news").get_by_role("group", name="Reactions")).to_contain_text("👍1")
    expect(chip(alice, "Good news", "You reacted with 👍")).to_have_attribute("aria-pressed", "true")
    expect(chip(bob, "Good news", f"{alice.name} reacted with 👍")).to_have_attribute("aria-pressed", "false")
    chip(bob, "Good news", "reacted with 👍").click()
    expect(chip(alice, "Good news", f"You and {bob.name} reacted with 👍")).to_be_visible()
    chip(alice, "Good news", "reacted with 👍").focus()
    alice.page.keyboard.press("Space")
    for someone, words in ((alice, f"{bob.name} reacted with 👍"), (bob, "You reacted with 👍")):
        expect(chip(someone, "Good news", words)).to_contain_text("1")
    chip(bob, "Good news", "You reacted").click()
    for someone in (alice, bob):
        expect(someone.line("Good news").get_by_role("group", name="Reactions")).to_have_count(0)


def test_a_reaction_made_without_a_connection_goes_out_once_there_is_one(pair, console):
    alice, bob, _ = pair
    console.forgive("ERR_INTERNET_DISCONNECTED")
    bob.say("Good news")
    alice.sees("Good news")
    alice.context.set_offline(True)
    alice.point_at("Good news").get_by_role("button", name="React with 👍").click()
    expect(chip(alice, "Good news", "You reacted with 👍")).to_be_visible()
    expect(chip(bob, "Good news", "reacted")).to_have_count(0)
    alice.context.set_offline(False)
    expect(chip(bob, "Good news", f"{alice.name} reacted with 👍")).to_be_visible(timeout=30_000)


def test_a_reaction_that_is_refused_goes_and_says_why(person):
    alice, bob = person("alice"), person("bob")
    room = befriend(alice, bob)
    bob.do("message.add", room=room, body="Good news")
    alice.open(room)
    alice.sees("Good news")
    bob.do("person.block", person=alice.name)
    alice.point_at("Good news").get_by_role("button", name="React with 👍").click()
    expect(alice.line("Good news").get_by_role("alert")).to_contain_text("Reaction not saved")
    expect(chip(alice, "Good news", "reacted")).to_have_count(0)
    alice.line("Good news").get_by_role("button", name="Discard").click()
    expect(alice.line("Good news").get_by_role("alert")).to_have_count(0)


def test_everybody_who_reacted_is_listed(pair):
    alice, bob, room = pair
    message = bob.do("message.add", room=room, body="Good news")["message"]["id"]
    for someone, emoji in ((alice, "👍"), (bob, "👍"), (bob, "🎉")):
        someone.do("message.react", message=message, emoji=emoji)
    alice.sees("Good news")
    expect(chip(alice, "Good news", f"{bob.name} reacted with 🎉")).to_be_visible()
    by_pointer(alice, "Good news", "Who reacted")
    dialog = alice.page.get_by_role("dialog", name="Who reacted")
    expect(dialog.get_by_role("region", name="👍").get_by_role("listitem")).to_have_count(2)
    expect(dialog.get_by_role("region", name="🎉").get_by_role("listitem")).to_contain_text([bob.name])


@WAYS
def test_what_is_marked_unread_stays_so_until_one_comes_back(pair, act: Act):
    alice, bob, _ = pair
    alice.do("room.open", name="elsewhere")
    bob.say("Later")
    alice.sees("Later")
    act(alice, "Later", "Mark unread from here")
    expect(alice.row(bob.name).get_by_label(re.compile("unread"))).to_be_visible()


def test_a_message_to_oneself_stands_out(pair, person):
    alice, bob, _ = pair
    room = alice.do("room.create", kind="group", name="Crew", people=[bob.name])["room"]["id"]
    for someone in (alice, bob):
        someone.open(room)
    bob.say(f"Can you, @{alice.name}?")
    bob.say("Or @everyone?")
    alice.sees("Or @everyone?")
    for text in ("Can you", "Or @everyone?"):
        expect(alice.line(text)).to_have_class(re.compile("mentions"))
        expect(bob.line(text)).not_to_have_class(re.compile("mentions"))


def test_the_history_of_an_edit_is_shown_to_those_who_may(pair):
    alice, bob, _ = pair
    alice.say("At seven")
    alice.sees("At seven")
    alice.edit("At seven", "At eight")
    bob.sees("At eight")
    by_pointer(alice, "At eight", "Edit history")
    expect(alice.page.get_by_role("dialog", name="Earlier texts")).to_contain_text("At seven")
    bob.point_at("At eight").get_by_role("button", name="More").click()
    expect(bob.page.get_by_role("menuitem", name="Copy text")).to_be_visible()
    expect(bob.page.get_by_role("menuitem", name="Edit history")).to_have_count(0)


def test_in_a_shared_room_a_block_hides_what_somebody_says_until_one_wants_to_see_it(pair):
    alice, bob, _ = pair
    room = alice.do("room.create", kind="group", name="Crew", people=[bob.name])["room"]["id"]
    bob.do("message.add", room=room, body="You again")
    alice.do("person.block", person=bob.name)
    alice.open(room)
    expect(alice.lines.get_by_text("From somebody you blocked.")).to_be_visible()
    alice.sees_no("You again")
    alice.lines.get_by_role("button", name="Show it").click()
    alice.sees("You again")


def test_one_cannot_edit_what_another_wrote_by_forwarding_it(pair):
    alice, bob, room = pair
    message = bob.do("message.add", room=room, body="My words")["message"]["id"]
    alice.do("message.forward", message=message, room=room)
    expect(alice.line("My words")).to_have_count(2)
    alice.lines.last.hover()
    expect(alice.lines.last.get_by_role("button", name="Reply")).to_be_visible()
    expect(alice.lines.last.get_by_role("button", name="Edit")).to_have_count(0)
    alice.composer.press("ArrowUp")
    expect(alice.editor).to_have_count(0)


@pytest.mark.parametrize("act", [by_pointer, by_key], ids=["pointer", "key"])
def test_any_emoji_can_be_put_from_the_picker(pair, act: Act):
    alice, bob, _ = pair
    bob.say("Good news")
    alice.sees("Good news")
    act(alice, "Good news", "React")
    picker = alice.page.get_by_role("dialog", name="Choose an emoji")
    picker.get_by_role("searchbox").fill("rocket")
    expect(picker.get_by_text("🚀").first).to_be_visible()
    alice.page.keyboard.press("Enter")
    expect(chip(bob, "Good news", f"{alice.name} reacted with 🚀")).to_be_visible()
    alice.line("Good news").get_by_role("button", name="Add a reaction").click()
    expect(picker).to_be_visible()
    alice.page.keyboard.press("Escape")
    expect(picker).to_have_count(0)


def test_on_a_phone_the_usual_reactions_lie_under_the_thumb(person):
    bob, alice = person("bob"), person("alice", **PHONE)
    room = befriend(alice, bob)
    for someone in (alice, bob):
        someone.open(room)
    bob.say("Good news")
    alice.sees("Good news")
    press(alice, "Good news")
    alice.page.get_by_role("menuitem", name="React with 🎉").tap()
    expect(chip(bob, "Good news", f"{alice.name} reacted with 🎉")).to_be_visible()


def test_a_message_stays_the_same_element_from_its_first_moment_on(pair):
    alice, bob, _ = pair
    alice.do("settings.edit", undo_send=10)
    alice.reload()
    alice.say(f"**Bold** for @{bob.name}")
    expect(alice.line("Bold").get_by_role("button", name="Send now")).to_be_visible()
    drawn = alice.line("Bold").locator(".body strong, .body mark")
    expect(drawn).to_have_text(["Bold", f"@{bob.name}"])
    alice.line("Bold").evaluate("line => (line.isFirst = true)")
    alice.line("Bold").get_by_role("button", name="Send now").click()
    bob.sees("Bold")
    alice.sees("Bold")
    assert alice.line("Bold").evaluate("line => line.isFirst")
    expect(drawn).to_have_text(["Bold", f"@{bob.name}"])
