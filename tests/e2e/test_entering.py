"""From the landing page into a room by its name, signing up on the way; and out of it again."""

import re

from playwright.sync_api import expect

from tests.e2e.pages import Someone
from tests.running import PASSWORD


def enter(someone: Someone, room: str) -> None:
    someone.page.goto("/")
    someone.page.get_by_label("Enter a room name").fill(room)
    someone.page.get_by_role("button", name="Enter").click()


def test_entering_a_room_name_signed_out_leads_through_sign_up_into_the_room(server, context_at):
    dora, emil = (Someone(context_at(server), server) for _ in range(2))
    for someone, name in ((dora, "dora"), (emil, "emil")):
        enter(someone, "Kitchen Table")
        expect(someone.page).to_have_title(re.compile("Sign"))
        if "signup" not in someone.page.url:
            someone.page.get_by_role("link", name="Sign up").click()
        someone.sign_up(name)
        someone.is_live()
        expect(someone.page.get_by_role("heading", level=1)).to_contain_text("Kitchen Table", ignore_case=True)
    dora.say("Is anybody in?")
    emil.sees("Is anybody in?")
    emil.say("I am")
    dora.sees("I am")
    assert dora.page.url == emil.page.url


def test_one_who_has_an_account_signs_in_on_the_way(server, context_at, person):
    known = person("frida")
    known.context.clear_cookies()
    enter(known, "reading-room")
    known.page.get_by_role("main").get_by_role("link", name="Sign in").click()
    known.page.get_by_label("Username").fill(known.name)
    known.page.get_by_label("Password").fill(PASSWORD)
    known.page.get_by_role("button", name="Sign in").click()
    known.is_live()
    expect(known.page.get_by_role("heading", level=1)).to_contain_text("reading-room")


def test_a_room_is_entered_from_within_by_its_name(person):
    gina, hugo = person("gina"), person("hugo")
    for someone in (gina, hugo):
        someone.visit("/")
        someone.page.keyboard.press("Control+k")
        someone.page.get_by_role("combobox").fill("workshop")
        someone.page.get_by_role("option", name=re.compile("workshop")).first.click()
        expect(someone.page.get_by_role("heading", level=1)).to_contain_text("workshop")
    hugo.say("Who has the long ladder?")
    gina.sees("Who has the long ladder?")


def test_signing_out_in_one_tab_ends_the_other(pair):
    alice, bob, room = pair
    other = alice.tab()
    other.open(room)
    alice.page.get_by_role("button", name="Settings and more").click()
    alice.page.get_by_role("menuitem", name="Sign out").click()
    alice.page.get_by_role("button", name="Sign out").click()
    expect(alice.page.get_by_label("Enter a room name")).to_be_visible()
    expect(other.page.get_by_label("Password")).to_be_visible(timeout=5000)
    other.sign_in(alice.name)
    other.open(room)
    bob.say("Welcome back")
    other.sees("Welcome back")
