"""Where one writes: names are completed, pastes asked about, sends taken back, and nothing that was typed is lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import BROKEN_LINE, befriend
from tests.e2e.pages import Someone
from tests.e2e.test_writing import Line
from tests.running import Digi

PASTE = """(text) => {
  const field = document.activeElement;
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  document.execCommand('insertText', false, text);
}"""
UNTIL_SAVED = """async () => {
  const drafts = async () => (await (await fetch('/api/v1/drafts')).json()).drafts;
  while (!(await drafts()).length) await new Promise((resolve) => setTimeout(resolve, 100));
}"""
CODE = "def double(n):\n    return 2 * n"


def suggestions(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions")


def active(page: Page) -> Locator:
    return suggestions(page).get_by_role("option", selected=True)


# ── completion ──


def test_a_person_of_the_room_is_completed_by_keyboard(pair):
    alice, bob, _ = pair
    alice.composer.press_sequentially(f"Hello @{bob.name[:3]}")
    expect(active(alice.page)).to_contain_text(bob.name)
    expect(alice.composer).to_have_attribute("aria-activedescendant", re.compile(".+"))
    alice.page.keyboard.press("Enter")
    expect(alice.composer).to_have_value(f"Hello @{bob.name} ")
    expect(suggestions(alice.page)).to_have_count(0)
    alice.page.keyboard.type("!")
    alice.page.keyboard.press("Enter")
    bob.sees(f"Hello @{bob.name} !")


def test_arrows_go_through_the_list_and_escape_closes_it_alone(pair):
    alice, bob, _ = pair
    message = bob.do("message.add", room=pair[2], body="Answer me")["message"]["id"]
    assert message
    alice.sees("Answer me")
    alice.line("Answer me").focus()
    alice.page.keyboard.press("r")
    alice.composer.press_sequentially("/m")
    expect(active(alice.page)).to_contain_text("/mute")
    alice.composer.fill("")
    alice.composer.press_sequentially("/")
    first = active(alice.page).inner_text()
    alice.page.keyboard.press("ArrowDown")
    expect(active(alice.page)).not_to_have_text(first)
    alice.page.keyboard.press("ArrowUp")
    expect(active(alice.page)).to_have_text(first)
    alice.page.keyboard.press("Escape")
    expect(suggestions(alice.page)).to_have_count(0)
    expect(alice.page.get_by_text(f"Replying to {bob.name}")).to_be_visible()
    alice.page.keyboard.press("Escape")
    expect(alice.page.get_by_text(f"Replying to {bob.name}")).to_have_count(0)
    expect(alice.composer).to_have_value("/")


def test_a_public_room_is_completed_by_pointer(pair):
    alice, _, _ = pair
    alice.do("room.open", name="openings")
    expect(alice.row("openings")).to_be_visible()
    alice.composer.press_sequentially("See #ope")
    suggestions(alice.page).get_by_role("option", name="openings").click()
    expect(alice.composer).to_have_value("See #openings ")
    expect(alice.composer).to_be_focused()


def test_an_emoji_is_completed_after_two_letters_and_its_name_is_replaced_on_sending(pair):
    alice, bob, _ = pair
    alice.composer.press_sequentially("Well :r")
    expect(suggestions(alice.page)).to_have_count(0)
    alice.composer.press_sequentially("ock")
    suggestions(alice.page).get_by_role("option", name=":rocket:").click()
    expect(alice.composer).to_have_value("Well 🚀 ")
    alice.composer.press_sequentially("and :tada:, not `:tada:`")
    alice.page.keyboard.press("Escape")
    alice.composer.press("Enter")
    bob.sees("and 🎉, not :tada:")


def test_completion_fits_a_phone(person):
    bob = person("bob")
    alice = person("alice", viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    alice.open(befriend(alice, bob))
    alice.composer.tap()
    alice.composer.press_sequentially("@")
    expect(suggestions(alice.page)).to_be_in_viewport(ratio=1)
    box, field = suggestions(alice.page).bounding_box(), alice.composer.bounding_box()
    assert box
    assert field
    assert box["y"] + box["height"] <= field["y"]
    suggestions(alice.page).get_by_role("option", name=bob.name).tap()
    expect(alice.composer).to_have_value(f"@{bob.name} ")


def test_the_picker_puts_an_emoji_where_the_caret_is(pair):
    alice, _, _ = pair
    alice.composer.fill("ab")
    alice.composer.press("ArrowLeft")
    alice.page.get_by_role("button", name="Emoji", exact=True).click()
    picker = alice.page.get_by_role("dialog", name="Choose an emoji")
    picker.get_by_role("searchbox").fill("rocket")
    expect(picker.get_by_text("🚀").first).to_be_visible()
    alice.page.keyboard.press("Enter")
    expect(alice.composer).to_have_value("a🚀b")
    expect(alice.composer).to_be_focused()
    alice.page.get_by_role("button", name="Emoji", exact=True).click()
    expect(picker).to_be_visible()
    alice.page.keyboard.press("Escape")
    expect(picker).to_have_count(0)
    expect(alice.composer).to_have_value("a🚀b")


# ── commands ──


def test_a_command_does_what_it_says_and_is_not_said(pair):
    alice, bob, _ = pair
    room = alice.do("room.create", kind="group", name="Crew", people=[])["room"]["id"]
    alice.open(room)
    alice.composer.press_sequentially("/topic Tea at four")
    alice.composer.press("Enter")
    expect(alice.page.get_by_role("main").get_by_role("paragraph").filter(has_text="Tea at four")).to_be_visible()
    expect(alice.composer).to_have_value("")
    alice.composer.press_sequentially(f"/invite @{bob.name}")
    alice.page.keyboard.press("Escape")
    alice.composer.press("Enter")
    expect(bob.row("Crew")).to_be_visible()
    expect(alice.lines).to_have_count(0)


def test_a_command_that_is_refused_says_why_and_stays(pair):
    alice, _, _ = pair
    room = alice.do("room.create", kind="group", name="Crew", people=[])["room"]["id"]
    alice.open(room)
    alice.composer.press_sequentially("/invite @nobody-of-that-name")
    alice.page.keyboard.press("Escape")
    alice.composer.press("Enter")
    expect(alice.page.locator(".compose").get_by_role("alert")).to_be_visible()
    expect(alice.composer).to_have_value("/invite @nobody-of-that-name")


def test_a_text_with_a_slash_is_a_text(pair):
    alice, bob, _ = pair
    alice.say("/usr/bin/env")
    bob.sees("/usr/bin/env")


# ── pasting and marks ──


@pytest.mark.parametrize(
    ("choice", "made"),
    [("Quote", "> def double(n):\n>     return 2 * n\n"), ("Code", "```\ndef double(n):\n    return 2 * n\n```\n")],
)
def test_what_is_pasted_of_several_lines_can_become_a_quote_or_code(pair, choice, made):
    alice, _, _ = pair
    alice.composer.focus()
    alice.page.evaluate(PASTE, CODE)
    bar = alice.page.get_by_role("group", name="Paste as")
    expect(bar.get_by_role("button", name="Text")).to_have_attribute("aria-pressed", "true")
    bar.get_by_role("button", name=choice).click()
    expect(alice.composer).to_have_value(made)
    expect(alice.composer).to_be_focused()
    bar.get_by_role("button", name="Text").click()
    expect(alice.composer).to_have_value(CODE)
    alice.page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    expect(alice.composer).to_have_value(CODE)


def test_one_line_is_pasted_without_a_question(pair):
    alice, _, _ = pair
    alice.composer.focus()
    alice.page.evaluate(PASTE, "one line")
    expect(alice.composer).to_have_value("one line")
    expect(alice.page.get_by_role("group", name="Paste as")).to_have_count(0)


def test_marks_are_put_by_key_and_by_button(pair):
    alice, bob, _ = pair
    alice.composer.fill("loud")
    alice.composer.press("Control+a")
    alice.composer.press("Control+b")
    expect(alice.composer).to_have_value("**loud**")
    alice.composer.press("Control+b")
    expect(alice.composer).to_have_value("loud")
    alice.page.get_by_role("button", name="Formatting").click()
    bar = alice.page.get_by_role("toolbar", name="Formatting")
    bar.get_by_role("button", name="Bold").focus()
    alice.page.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Italic")).to_be_focused()
    alice.page.keyboard.press("Enter")
    expect(alice.composer).to_have_value("*loud*")
    expect(alice.composer).to_be_focused()
    alice.composer.press("Enter")
    bob.sees("loud")
    expect(bob.bodies.locator("em")).to_have_text("loud")


# ── what sends ──


def test_where_enter_does_not_send_another_key_does(pair):
    alice, bob, _ = pair
    alice.do("settings.edit", enter_sends=False)
    alice.reload()
    alice.composer.press_sequentially("one")
    alice.composer.press("Enter")
    alice.composer.press_sequentially("two")
    expect(alice.composer).to_have_value("one\ntwo")
    alice.composer.press("Control+Enter")
    bob.sees("two")
    expect(alice.composer).to_have_value("")


@pytest.fixture
def held(pair) -> tuple[Someone, Someone, str]:
    """As `pair`; what alice sends is held for ten seconds."""
    alice, bob, room = pair
    alice.do("settings.edit", undo_send=10)
    alice.reload()
    return alice, bob, room


def test_a_held_message_can_be_taken_back_into_the_composer(held):
    alice, bob, _ = held
    alice.say("Not so fast")
    expect(alice.line("Not so fast")).to_contain_text("Sending in")
    expect(alice.composer).to_have_value("")
    alice.line("Not so fast").get_by_role("button", name="Undo").click()
    expect(alice.composer).to_have_value("Not so fast")
    expect(alice.lines).to_have_count(0)
    alice.composer.press("Enter")
    alice.composer.press("ArrowUp")
    expect(alice.composer).to_have_value("Not so fast")
    alice.composer.fill("Now then")
    alice.composer.press("Enter")
    alice.line("Now then").get_by_role("button", name="Send now").click()
    bob.sees("Now then")
    assert bob.texts() == ["Now then"]


def test_a_held_message_outlives_a_reload_and_goes_by_itself(held):
    alice, bob, _ = held
    alice.say("Slowly")
    expect(alice.line("Slowly")).to_contain_text("Sending in")
    alice.reload()
    expect(alice.line("Slowly").get_by_role("button", name="Undo")).to_be_visible()
    bob.sees("Slowly")
    alice.sees("Slowly")
    assert alice.texts() == bob.texts() == ["Slowly"]


def test_a_reload_in_the_middle_of_a_send_sends_it_once(pair):
    alice, bob, _ = pair
    alice.page.evaluate(
        "addEventListener('keydown', (event) => event.key === 'Enter' && setTimeout(() => location.reload(), 0))"
    )
    alice.composer.fill("In the middle")
    alice.composer.press("Enter")
    alice.is_live()
    bob.sees("In the middle")
    alice.sees("In the middle")
    assert alice.texts() == bob.texts() == ["In the middle"]


# ── drafts ──


def test_a_draft_comes_to_ones_other_device_and_goes_when_it_is_sent(pair, person):
    alice, bob, room = pair
    phone = person(alice)
    phone.open(room)
    alice.composer.fill("Begun here")
    expect(phone.composer).to_have_value("Begun here")
    phone.composer.press("End")
    phone.composer.press_sequentially(", ended there")
    expect(alice.composer).to_have_value("Begun here, ended there")
    phone.composer.press("Enter")
    bob.sees("Begun here, ended there")
    for device in (alice, phone):
        expect(device.composer).to_have_value("")


def test_what_two_devices_wrote_at_once_is_not_lost(person, console):
    console.forgive("ERR_INTERNET_DISCONNECTED")
    alice, bob = person("alice", service_workers="block"), person("bob")
    phone = person(alice)
    room = befriend(alice, bob)
    line = Line(alice.page)
    for device in (alice, phone):
        device.open(room)
    alice.context.set_offline(True)
    line.cut()
    alice.composer.fill("From the desk")
    phone.composer.fill("From the phone")
    expect(phone.composer).to_have_value("From the phone")
    phone.page.evaluate(UNTIL_SAVED)
    line.mend()
    alice.context.set_offline(False)
    alice.is_live()
    bar = alice.page.get_by_role("group", name="Begun on another device")
    expect(bar).to_contain_text("From the phone")
    expect(alice.composer).to_have_value("From the desk")
    bar.get_by_role("button", name="Add it here").click()
    expect(alice.composer).to_have_value("From the desk\nFrom the phone")
    expect(phone.composer).to_have_value("From the desk\nFrom the phone")


@pytest.mark.timeout(180)
def test_what_is_typed_stays_when_the_server_restarts_meanwhile(digi, context_at, console):
    console.forgive(BROKEN_LINE)
    server: Digi = digi()
    alice = Someone(context_at(server), server)
    alice.page.goto("/")
    alice.page.get_by_role("link", name="Sign up").click()
    alice.sign_up("alice")
    alice.is_live()
    token = server.call("/token", None, {"username": "alice", "password": "correct horse battery staple"})[1]["token"]
    alice.open(server.do(token, "room.open", name="lounge")["room"]["id"])
    alice.composer.press_sequentially("Half a sent")
    server.kill()
    expect(alice.page.locator(".link.open")).to_have_count(0)
    alice.composer.press_sequentially("ence")
    server.start()
    alice.is_live(within=60)
    alice.composer.press_sequentially(", whole")
    expect(alice.composer).to_have_value("Half a sentence, whole")
    alice.composer.press("Enter")
    alice.sees("Half a sentence, whole")
    alice.reload()
    assert alice.texts() == ["Half a sentence, whole"]
