"""Two tabs of one person hold the same, whichever of them acts."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import BROKEN_LINE
from tests.e2e.pages import Someone


def test_two_tabs_of_one_person_say_the_same(pair):
    alice, bob, room = pair
    other = alice.tab()
    other.open(room)
    alice.say("From the first")
    other.sees("From the first")
    other.say("From the second")
    alice.sees("From the second")
    other.edit("From the first", "First, edited in the second")
    alice.sees("First, edited in the second")
    alice.delete("From the second")
    bob.say("So it is")
    for page in (alice, other, bob):
        page.sees("So it is")
        page.sees_no("From the second")
    told = ["First, edited in the second", "Message deleted", "So it is"]
    assert alice.texts() == other.texts() == bob.texts() == told


def test_a_room_that_one_tab_opens_is_in_the_list_of_the_other(pair):
    alice, bob, _ = pair
    other = alice.tab()
    other.visit("/")
    alice.page.keyboard.press("Control+k")
    alice.page.get_by_role("combobox").fill("two tabs")
    alice.page.get_by_role("option", name="Enter #two tabs").click()
    expect(alice.page.get_by_role("heading", level=1)).to_contain_text("two tabs")
    expect(other.row("two tabs")).to_be_visible()
    expect(bob.row("two tabs")).to_have_count(0)


def test_a_name_that_is_changed_shows_to_others_at_once(pair):
    alice, bob, _ = pair
    alice.say("Who am I?")
    bob.sees("Who am I?")
    settings = alice.tab()
    settings.page.goto("/profile/")
    settings.page.get_by_label("Displayed name").fill("Alice Lindqvist")
    settings.page.get_by_role("button", name="Save profile").click()
    expect(bob.page.get_by_role("heading", level=1)).to_have_text("Alice Lindqvist")
    expect(bob.line("Who am I?")).to_contain_text("Alice Lindqvist")
    expect(alice.list).to_contain_text("Alice Lindqvist")


@pytest.mark.timeout(180)
def test_what_a_closed_tab_could_not_send_is_sent_by_the_one_that_is_left(digi, context_at, console):
    console.forgive(BROKEN_LINE)
    server = digi()
    alice = Someone(context_at(server), server, "alice", server.add("alice"))
    room = alice.do("room.open", name="Harbour")["room"]["id"]
    alice.sign_in("alice")
    alice.open(room)
    other = alice.tab()
    other.open(room)
    server.kill()
    alice.say("Left in the first tab")
    expect(alice.page.locator(".side .link")).to_contain_text("1 waiting")
    alice.page.close()
    server.start()
    other.is_live(within=60)
    other.sees("Left in the first tab")
    assert other.texts() == ["Left in the first tab"]


def test_what_was_read_in_one_tab_is_read_in_the_other(pair):
    alice, bob, _ = pair
    other = alice.tab()
    other.visit("/")
    bob.say("Have you seen this?")
    alice.page.bring_to_front()
    alice.sees("Have you seen this?")
    expect(other.row("Bob")).not_to_have_class(re.compile("unread"))
    expect(other.row("Bob")).to_contain_text("Have you seen this?")


def test_signing_out_in_one_tab_ends_the_other(pair):
    alice, _, room = pair
    other = alice.tab()
    other.open(room)
    alice.page.goto("/accounts/logout/")
    alice.page.get_by_role("button", name="Sign out").click()
    expect(other.page).to_have_url(re.compile("/accounts/login/"))
