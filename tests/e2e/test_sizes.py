"""A phone, a wide screen, and no pointer at all."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import befriend
from tests.e2e.pages import Someone
from tests.running import PASSWORD

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


def test_on_a_phone_the_list_and_the_room_are_screens_of_their_own(person):
    bob, alice = person("bob"), person("alice", **PHONE)
    room = befriend(alice, bob)
    bob.open(room)
    bob.say("Can you read this on your phone?")
    alice.visit("/")
    expect(alice.list).to_be_visible()
    expect(alice.composer).to_have_count(0)
    assert alice.page.evaluate(OVERFLOW) <= 0
    alice.row(bob.name).tap()
    expect(alice.composer).to_be_visible()
    expect(alice.list).not_to_be_visible()
    expect(alice.composer).not_to_be_focused()  # or the keyboard would cover what one came to read
    assert alice.page.evaluate(OVERFLOW) <= 0
    alice.say("Well enough")
    bob.sees("Well enough")
    alice.page.get_by_role("button", name="Back to the conversations").tap()
    expect(alice.list).to_be_visible()
    alice.page.go_forward()
    expect(alice.composer).to_be_visible()
    alice.page.go_back()
    expect(alice.list).to_be_visible()


def test_on_a_phone_a_long_press_opens_what_can_be_done(person):
    bob, alice = person("bob"), person("alice", **PHONE)
    room = befriend(alice, bob)
    alice.open(room)
    bob.open(room)
    alice.say("Press me")
    bob.sees("Press me")
    press(alice, "Press me")
    alice.page.get_by_role("menuitem", name="Edit").tap()
    alice.editor.fill("Pressed")
    alice.page.get_by_role("button", name="Save").tap()
    bob.sees("Pressed")
    press(alice, "Pressed")
    alice.page.get_by_role("menuitem", name="Delete").tap()
    expect(alice.page.get_by_role("button", name="Undo")).to_be_visible()
    bob.sees_no("Pressed")


def press(someone: Someone, text: str) -> None:
    """A finger that stays for half a second."""
    box = someone.line(text).bounding_box()
    assert box
    point = {"x": box["x"] + 80, "y": box["y"] + box["height"] / 2}
    touch = someone.context.new_cdp_session(someone.page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    expect(someone.page.get_by_role("menu")).to_be_visible()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("width", [360, 768, 1100, 1920])
def test_nothing_sticks_out_at_any_width(person, width):
    bob, alice = person("bob"), person("alice", viewport={"width": width, "height": 900})
    room = alice.do("room.create", kind="group", name="A name as long as names may be " * 2, people=[bob.name])
    bob.do("message.add", room=room["room"]["id"], body="unbroken" * 60 + " https://example.org/" + "a" * 300)
    alice.open(room["room"]["id"])
    alice.sees("unbroken")
    assert alice.page.evaluate(OVERFLOW) <= 0
    if not alice.details.is_visible():
        alice.page.get_by_role("button", name="Show the details").click()
    expect(alice.details).to_be_in_viewport()
    assert alice.page.evaluate(OVERFLOW) <= 0


def test_everything_can_be_done_by_keyboard_alone(person):
    alice, bob = person("alice"), person("bob")
    direct = befriend(alice, bob)
    alice.do("room.open", name="elsewhere")
    bob.open(direct)
    sign_in_by_keyboard(alice)
    switch_by_keyboard(alice, bob.name)
    keys = alice.page.keyboard
    keys.type("Look, no mouse")
    keys.press("Enter")
    bob.sees("Look, no mouse")
    keys.press("ArrowUp")
    expect(alice.editor).to_be_focused()
    keys.type("!")
    keys.press("Enter")
    bob.sees("Look, no mouse!")
    expect(alice.composer).to_be_focused()
    delete_by_keyboard(alice, "Look, no mouse!")
    bob.sees_no("Look, no mouse!")
    keys.press("Escape")
    expect(alice.composer).to_be_focused()


def sign_in_by_keyboard(someone: Someone) -> None:
    someone.page.goto("about:blank")  # what the page says on leaving must not meet the new sign-in
    someone.context.clear_cookies()
    someone.page.goto("/accounts/login/")
    expect(someone.page.locator("[name=login]")).to_be_focused()
    someone.page.keyboard.type(someone.name)
    someone.page.keyboard.press("Tab")
    someone.page.keyboard.type(PASSWORD)
    someone.page.keyboard.press("Enter")
    someone.is_live()


def switch_by_keyboard(someone: Someone, room: str) -> None:
    someone.page.keyboard.press("Control+k")
    someone.page.keyboard.type(room)
    expect(someone.page.get_by_role("option", selected=True)).to_contain_text(room)
    someone.page.keyboard.press("Enter")
    expect(someone.composer).to_be_focused()


def delete_by_keyboard(someone: Someone, text: str) -> None:
    press_until_focused(someone.line(text), "Shift+Tab")
    someone.page.keyboard.press("Enter")
    press_until_focused(someone.page.get_by_role("menuitem", name="Delete"), "ArrowUp")
    someone.page.keyboard.press("Enter")


def press_until_focused(wanted: Locator, key: str, most: int = 9) -> None:
    for _ in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        wanted.page.keyboard.press(key)
    expect(wanted).to_be_focused()
