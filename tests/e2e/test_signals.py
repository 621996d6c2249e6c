"""What passes and is kept nowhere: who writes, how far a message has come, who has seen it."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import befriend
from tests.e2e.pages import Someone


def typing(someone: Someone) -> Locator:
    return someone.page.locator(".typing bdi")


def ticks(someone: Someone, text: str) -> Locator:
    return someone.line(text).locator(".ticks")


# ── who writes ──


def test_one_sees_that_the_other_writes_until_they_stop(pair):
    alice, bob, _ = pair
    height = alice.page.locator(".log").evaluate("log => log.clientHeight")
    bob.composer.press_sequentially("Hm")
    expect(typing(alice)).to_have_text(f"{bob.name} is typing")
    expect(typing(bob)).to_have_count(0)
    assert alice.page.locator(".log").evaluate("log => log.clientHeight") == height
    expect(typing(alice)).to_have_count(0)  # nothing more was typed


def test_who_has_said_it_writes_no_more(pair):
    alice, bob, _ = pair
    bob.composer.press_sequentially("Hello")
    expect(typing(alice)).to_have_count(1)
    bob.composer.press("Enter")
    alice.sees("Hello")
    assert typing(alice).count() == 0


def test_an_edit_and_an_emptied_composer_say_nothing_of_writing(pair):
    alice, bob, _ = pair
    bob.do("message.add", room=pair[2], body="My words")
    bob.sees("My words")
    bob.begin_edit("My words").press_sequentially(" changed")
    bob.page.keyboard.press("Enter")
    alice.sees("My words changed")
    assert typing(alice).count() == 0


def test_several_who_write_are_named_or_counted(person):
    alice, bob, carol = person("alice"), person("bob"), person("carol")
    people = [bob.name, carol.name]
    room = alice.do("room.create", kind="group", name="Crew", people=people)["room"]["id"]
    for someone in (alice, bob, carol):
        someone.open(room)
    bob.composer.press_sequentially("I")
    expect(typing(alice)).to_have_text(f"{bob.name} is typing")
    carol.composer.press_sequentially("Me")
    bob.composer.press_sequentially(" think")
    expect(typing(alice)).to_have_text(f"{bob.name} and {carol.name} are typing")


# ── how far it has come ──


def test_ticks_say_sent_then_delivered_then_read(person):
    alice, bob = person("alice"), person("bob")
    room = befriend(alice, bob)
    alice.open(room)
    alice.say("Are you there?")
    expect(ticks(alice, "Are you there?")).to_have_text("Sent")
    bob.visit("/")
    expect(ticks(alice, "Are you there?")).to_have_text("Delivered")
    bob.row(alice.name).click()
    bob.sees("Are you there?")
    expect(ticks(alice, "Are you there?")).to_have_text("Read")
    expect(ticks(bob, "Are you there?")).to_have_count(0)


def test_ticks_are_there_after_a_reload(pair):
    alice, bob, _ = pair
    alice.say("Read this")
    expect(ticks(alice, "Read this")).to_have_text("Read")
    bob.visit("/")
    alice.say("And this")
    expect(ticks(alice, "And this")).to_have_text("Delivered")
    alice.reload()
    expect(ticks(alice, "Read this")).to_have_text("Read")
    expect(ticks(alice, "And this")).to_have_text("Delivered")


def test_only_the_last_message_of_ones_own_shows_its_ticks_until_one_points_at_another(pair):
    alice, bob, _ = pair
    for text in ("First", "Second"):
        alice.say(text)
        bob.sees(text)
    expect(ticks(alice, "Second")).to_be_visible()
    expect(ticks(alice, "First")).not_to_be_visible()
    before = alice.line("First").bounding_box()
    alice.point_at("First")
    expect(ticks(alice, "First")).to_be_visible()
    assert alice.line("First").bounding_box() == before  # nothing moved


def test_who_keeps_their_reading_to_themselves_is_not_told_of(person):
    alice, bob = person("alice"), person("bob")
    room = befriend(alice, bob)
    bob.do("settings.edit", show_reads=False)
    for someone in (alice, bob):
        someone.open(room)
    alice.say("Secretly")
    bob.sees("Secretly")
    expect(ticks(alice, "Secretly")).to_have_text("Delivered")
    bob.say("What?")
    alice.sees("What?")
    expect(ticks(alice, "Secretly")).to_have_text("Delivered")


def test_in_a_small_room_is_told_by_how_many_a_message_was_seen_and_by_whom(person):
    alice, bob, carol = person("alice"), person("bob"), person("carol")
    room = alice.do("room.create", kind="group", name="Crew", people=[bob.name, carol.name])["room"]["id"]
    for someone in (alice, bob):
        someone.open(room)
    alice.say("Who comes?")
    seen = alice.line("Who comes?").get_by_role("button", name=re.compile("^Seen by"))
    expect(seen).to_have_text("Seen by 1")
    carol.open(room)
    expect(seen).to_have_text("Seen by 2")
    seen.click()
    dialog = alice.page.get_by_role("dialog", name="Who has read this")
    for someone in (bob, carol):
        expect(dialog.get_by_role("listitem").filter(has_text=someone.name)).to_be_visible()
    expect(dialog.get_by_role("listitem").filter(has_text=alice.name)).to_have_count(0)
    alice.page.keyboard.press("Escape")
    alice.say("Good")
    expect(seen).to_have_count(0)  # it is told of the last one alone
    alice.point_at("Who comes?").get_by_role("button", name="More").click()
    alice.page.get_by_role("menuitem", name="Who has read this").click()
    expect(dialog.get_by_role("listitem")).to_have_count(2)
