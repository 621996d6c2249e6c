"""Everybody can use every page: axe finds nothing grave, in light and dark; and forms work without JavaScript."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import befriend
from tests.e2e.pages import Someone

OUTSIDE = ["/", "/accounts/signup/", "/accounts/login/", "/about/", "/about/licences/"]
INSIDE = [
    "/friends/?q=a",
    "/profile/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/about/",
]


def grave(page: Page) -> list[dict[str, Any]]:
    """What axe finds that keeps somebody out."""
    found = Axe().run(page).response["violations"]
    return [
        {"page": page.url, "rule": one["id"], "nodes": [node["html"][:200] for node in one["nodes"]]}
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_keeps_anybody_out(server, context_at, person, scheme):
    still = {"color_scheme": scheme, "reduced_motion": "reduce"}
    stranger = Someone(context_at(server, **still), server)
    found = []
    for path in OUTSIDE:
        stranger.page.goto(path)
        found += grave(stranger.page)
    alice = person("alice", **still)
    for name in ("bob", "carol"):
        other = person(name)
        other.do("friend.request", person=alice.name)
    for path in INSIDE:
        alice.page.goto(path)
        found += grave(alice.page)
    alice.visit("/")
    assert found + grave(alice.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_part_of_a_room_keeps_anybody_out(person, scheme):
    bob, alice = person("bob"), person("alice", color_scheme=scheme, reduced_motion="reduce")
    befriend(alice, bob)
    room = alice.do("room.create", kind="group", name="Crew", people=[bob.name])["room"]["id"]
    for text in ("First, see https://example.org", "Second"):
        bob.do("message.add", room=room, body=text)
    alice.open(room)
    alice.say("Mine")
    alice.sees("Mine")
    alice.line("Mine").hover()
    found = grave(alice.page)
    alice.line("Mine").get_by_role("button", name="More").click()
    found += grave(alice.page)
    alice.page.get_by_role("menuitem", name="Delete").click()
    alice.page.get_by_role("button", name="Undo").click()
    alice.begin_edit("Mine")
    found += grave(alice.page)
    alice.page.keyboard.press("Escape")
    alice.page.keyboard.press("Control+k")
    alice.page.get_by_role("combobox").fill("New")
    found += grave(alice.page)
    alice.page.get_by_role("option", name=re.compile("New group")).click()
    expect(alice.page.get_by_role("dialog", name="New conversation")).to_be_visible()
    assert found + grave(alice.page) == []


def test_without_javascript_one_signs_up_enters_and_befriends(server, context_at, person):
    bob = person("bob")
    ada = Someone(context_at(server, java_script_enabled=False), server)
    ada.page.goto("/")
    ada.page.get_by_label("Enter a room name").fill("quiet-room")
    ada.page.get_by_role("button", name="Enter").click()
    ada.sign_up("ada")
    expect(ada.page.get_by_role("heading", level=1)).to_contain_text("quiet-room")
    expect(ada.page.locator("noscript .without")).to_contain_text("Without JavaScript you can read here")
    expect(ada.page.locator("noscript .without")).to_be_visible()
    expect(ada.composer).to_be_hidden()
    ada.page.goto("/friends/")
    ada.page.get_by_label("Name or username").fill(bob.name)
    ada.page.get_by_role("button", name="Find").click()
    ada.page.get_by_role("button", name="Ask to be friends").click()
    expect(ada.page.get_by_role("region", name="You asked")).to_contain_text(bob.name)
    bob.do("friend.accept", person="ada")
    ada.page.reload()
    expect(ada.page.get_by_role("region", name="Your friends")).to_contain_text(bob.name)
    ada.page.goto("/accounts/logout/")
    ada.page.get_by_role("button", name="Sign out").click()
    ada.sign_in("ada")
    expect(ada.page.get_by_role("link", name="Friends")).to_be_visible()


@pytest.mark.parametrize("path", ["/nothing/", "/r/nothing-here/", "/join/nonsense/", "/reset/nonsense/"])
def test_an_address_that_leads_nowhere_is_a_page_of_ours(server, context_at, console, path):
    console.forgive("Failed to load resource: the server responded with a status of 4")
    stranger = Someone(context_at(server), server)
    stranger.page.goto(path)
    expect(stranger.page.get_by_role("heading", level=1)).to_be_visible()
    assert grave(stranger.page) == []
