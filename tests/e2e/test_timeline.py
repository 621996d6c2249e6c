"""A long conversation: through it in both directions, to any place in it, and back to where one was."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import befriend
from tests.e2e.pages import Someone

LONG = 100_000
SOON = 10  # s
MOST_NODES = 400  # children of the conversation: a few screens of lines, and their days
# The first line that begins in sight, and how far from the top: what may not move.
WHERE = """log => {
  const top = log.getBoundingClientRect().top;
  const line = [...log.querySelectorAll('[data-pos]')].find((one) => one.getBoundingClientRect().top >= top);
  return line && [Number(line.dataset.pos), line.getBoundingClientRect().top - top];
}"""
TOP_OF = """(log, pos) => {
  const line = log.querySelector(`[data-pos="${pos}"]`);
  return line.getBoundingClientRect().top - log.getBoundingClientRect().top;
}"""
UP = "log => { const was = log.scrollTop; log.scrollTop -= 400; return was - log.scrollTop; }"
# Scrolls as a wheel does, a bit each frame, and tells the largest number of lines there ever were.
WHEEL = """async ([selector, step, frames]) => {
  const log = document.querySelector(selector);
  let most = 0;
  for (let count = 0; count < frames; count++) {
    log.scrollTop += step;
    most = Math.max(most, log.querySelector('.lines').childElementCount);
    await new Promise(requestAnimationFrame);
  }
  return most;
}"""


def where(someone: Someone) -> tuple[int, float]:
    pos, offset = someone.log.evaluate(WHERE)
    return int(pos), float(offset)


def wheel(someone: Someone, step: int, frames: int = 60) -> int:
    return int(someone.page.evaluate(WHEEL, ["[role=log]", step, frames]))


def at_rest(someone: Someone) -> None:
    expect(someone.log).to_have_attribute("aria-busy", "false")


def said(someone: Someone, number: int) -> Locator:
    return someone.log.locator(".msg").filter(has_text=re.compile(rf"Line {number}(?!\d)"))


@pytest.fixture
def talk(person, registrar) -> tuple[Someone, Someone, str]:
    """alice and bob, and their room of 600 messages, all read by alice; nobody is there yet."""
    alice, bob = person("alice"), person("bob")
    room = befriend(alice, bob)
    last = registrar.fill(room, 600, alice, bob)
    alice.do("room.read", room=room, pos=last)
    return alice, bob, room


@pytest.mark.slow
@pytest.mark.timeout(300)  # 100,000 messages written, and 720 frames drawn beside whatever else the machine does
def test_a_room_of_a_hundred_thousand_messages_scrolls_both_ways_with_few_lines_drawn(person, registrar):
    alice, bob = person("alice"), person("bob")
    room = befriend(alice, bob)
    last = registrar.fill(room, LONG, alice, bob)
    alice.do("room.read", room=room, pos=last)
    alice.open(room)
    expect(said(alice, LONG)).to_be_in_viewport()
    most = 0
    for _ in range(6):
        most = max(most, wheel(alice, -700))
        at_rest(alice)
    up, _ = where(alice)
    assert up < LONG - 1000
    alice.page.locator(".passing button").press("Enter")
    alice.page.get_by_role("menuitem", name="Beginning").click()
    expect(said(alice, 1)).to_be_in_viewport()
    for _ in range(6):
        most = max(most, wheel(alice, 700))
        at_rest(alice)
    assert where(alice)[0] > 1000
    assert most < MOST_NODES
    alice.page.get_by_role("button", name="To the newest").click()
    expect(said(alice, LONG)).to_be_in_viewport()


def test_nothing_moves_while_older_pages_arrive(talk):
    alice, _, room = talk
    alice.open(room)
    expect(said(alice, 600)).to_be_in_viewport()
    for _ in range(12):
        pos, offset = where(alice)
        moved = alice.log.evaluate(UP)
        at_rest(alice)
        assert abs(alice.log.evaluate(TOP_OF, pos) - offset - moved) < 1.5
    assert where(alice)[0] < 480


def test_an_edit_above_what_one_reads_moves_nothing(talk):
    alice, bob, room = talk
    alice.open(room)
    wheel(alice, -600, 4)
    at_rest(alice)
    before = where(alice)
    above = alice.log.locator(f'[data-pos="{before[0] - 6}"]')
    number = int((above.locator(".body").text_content() or "").split()[1])
    author = alice if number // 7 % 2 == 0 else bob
    author.do("message.edit", message=above.get_attribute("data-id"), body=f"Line {number}\n" + "and on\n" * 12 + "end")
    expect(above).to_contain_text("and on")
    after = where(alice)
    assert (before[0], round(before[1])) == (after[0], round(after[1]))
    bob.do("message.add", room=room, body="Far below")
    expect(alice.page.get_by_role("button", name="1 new message")).to_be_visible()
    assert (before[0], round(before[1])) == (where(alice)[0], round(where(alice)[1]))
    alice.page.get_by_role("button", name="1 new message").click()
    expect(alice.line("Far below")).to_be_in_viewport()


def test_a_permanent_link_leads_to_its_message_from_outside_and_inside(talk):
    alice, _, room = talk
    alice.visit(f"/r/{room}/123/")
    expect(said(alice, 123)).to_be_in_viewport()
    expect(said(alice, 123)).to_be_focused()
    said(alice, 120).hover()
    said(alice, 120).locator("a.when").click()
    expect(alice.page).to_have_url(re.compile(r"/120/$"))
    expect(said(alice, 120)).to_be_focused()
    alice.page.go_back()
    expect(alice.page).to_have_url(re.compile(r"/123/$"))
    expect(said(alice, 123)).to_be_focused()
    alice.page.get_by_role("button", name="To the newest").click()
    expect(said(alice, 600)).to_be_in_viewport()
    expect(alice.page).to_have_url(re.compile(rf"/r/{room}/$"))
    alice.visit(f"/r/{room}/999999999/")
    expect(said(alice, 600)).to_be_in_viewport()


def test_a_quote_of_a_far_message_says_its_words_and_leads_there(talk):
    alice, bob, room = talk
    far = bob.server.call(f"/rooms/{room}/messages?before=20&limit=1", bob.token)[1]["messages"][0]
    bob.do("message.add", room=room, body="As said long ago", reply_to=far["id"])
    alice.open(room)
    quote = alice.line("As said long ago").get_by_role("button", name=far["body"])
    expect(quote).to_be_visible()
    quote.click()
    expect(alice.log.locator(f'[data-id="{far["id"]}"]')).to_be_focused()
    expect(alice.log.locator(f'[data-id="{far["id"]}"]')).to_be_in_viewport()


def test_one_jumps_to_a_day(talk):
    alice, _, room = talk
    alice.open(room)
    expect(said(alice, 600)).to_be_in_viewport()
    wheel(alice, -500, 3)
    alice.page.locator(".passing button").click()
    alice.page.get_by_role("menuitem", name="Beginning").click()
    expect(said(alice, 1)).to_be_in_viewport()
    alice.page.locator(".day button").first.click()
    alice.page.get_by_role("menuitem", name="Pick a day").click()
    alice.page.get_by_label("Day", exact=True).fill("2015-01-01")
    alice.page.get_by_role("button", name="Go there").click()
    expect(said(alice, 1)).to_be_focused()
    assert alice.page.get_by_text("This is the beginning of the conversation.").is_visible()


def test_what_is_new_is_marked_and_a_button_leads_up_to_it(talk, registrar):
    alice, bob, room = talk
    registrar.fill(room, 40, bob)
    alice.visit("/")
    alice.row(bob.name).click()
    mark = alice.log.get_by_role("separator").filter(has_text="New")
    expect(mark).to_be_in_viewport()
    alice.page.keyboard.press("Escape")
    alice.log.focus()
    alice.page.keyboard.press("End")
    expect(said(alice, 40).last).to_be_in_viewport()
    expect(mark).to_have_count(1)
    expect(alice.row(bob.name).get_by_label("unread")).to_have_count(0)


def test_unread_beyond_the_first_page_are_counted_by_a_button_above(talk, registrar):
    alice, bob, room = talk
    registrar.fill(room, 130, bob)
    alice.open(room)
    button = alice.page.get_by_role("button", name=re.compile("^130 new messages"))
    button.click()
    expect(alice.log.get_by_role("separator").filter(has_text="New")).to_be_in_viewport()
    expect(button).to_have_count(0)


def test_only_what_was_seen_is_read(talk, registrar):
    alice, bob, room = talk
    registrar.fill(room, 45, bob)
    alice.visit("/")
    alice.row(bob.name).click()
    expect(alice.log.get_by_role("separator").filter(has_text="New")).to_be_in_viewport()
    expect(alice.row(bob.name).locator(".badge")).to_be_visible()
    unread = int(alice.row(bob.name).locator(".badge").text_content() or 0)
    assert 0 < unread < 45
    wheel(alice, 300, 12)
    expect(alice.row(bob.name).locator(".badge")).to_have_count(0)


def test_the_reading_position_is_kept_across_rooms_and_reloads(talk):
    alice, bob, room = talk
    alice.do("room.open", name="elsewhere")
    alice.open(room)
    expect(said(alice, 600)).to_be_in_viewport()
    for _ in range(3):
        wheel(alice, -500, 12)
        at_rest(alice)
    place = where(alice)
    assert place[0] < 550
    alice.row("elsewhere").click()
    expect(alice.page.get_by_role("heading", level=1)).to_contain_text("elsewhere")
    alice.row(bob.name).click()
    expect(alice.log.locator(f'[data-pos="{place[0]}"]')).to_be_in_viewport()
    assert alice.log.evaluate(TOP_OF, place[0]) == pytest.approx(place[1], abs=2)
    alice.reload()
    expect(alice.log.locator(f'[data-pos="{place[0]}"]')).to_be_in_viewport()
    assert alice.log.evaluate(TOP_OF, place[0]) == pytest.approx(place[1], abs=2)


def test_what_others_write_is_announced_briefly_and_ones_own_is_not(pair):
    alice, bob, room = pair
    voice = alice.page.locator(".around [role=status]")
    alice.say("Mine")
    alice.sees("Mine")
    bob.say("Good morning")
    expect(voice).to_have_text(f"{bob.name}: Good morning")
    for number in range(4):
        bob.do("message.add", room=room, body=f"Quick {number}")
    expect(voice).to_have_text(f"4 new messages from {bob.name}")
    expect(alice.log).to_have_attribute("aria-live", "off")


def test_messages_are_walked_through_by_keyboard_with_one_tab_stop(talk):
    alice, bob, room = talk
    bob.do("message.add", room=room, body="See https://example.org/ there")
    alice.open(room)
    alice.sees("See https")
    keys = alice.page.keyboard
    assert stops(alice) == 1
    alice.composer.focus()
    keys.press("Shift+Tab")
    press_back_to_log(alice)
    expect(alice.line("See https")).to_be_focused()
    assert alice.line("See https").get_by_role("link", name="https://example.org/").get_attribute("tabindex") is None
    keys.press("ArrowUp")
    expect(said(alice, 600)).to_be_focused()
    assert alice.line("See https").get_by_role("link", name="https://example.org/").get_attribute("tabindex") == "-1"
    for _ in range(3):
        keys.press("PageUp")
    focused = focus_of(alice)
    assert focused < 560
    keys.press("ArrowUp")
    assert focus_of(alice) == focused - 1
    keys.press("Enter")
    expect(alice.page.get_by_role("menu")).to_be_visible()
    keys.press("Escape")
    assert focus_of(alice) == focused - 1
    keys.press("End")
    expect(alice.line("See https")).to_be_in_viewport()
    keys.press("Escape")
    expect(alice.composer).to_be_focused()


def test_tab_leads_to_a_message_in_sight_however_far_one_has_scrolled(talk):
    alice, _, room = talk
    alice.open(room)
    expect(said(alice, 600)).to_be_in_viewport()
    wheel(alice, -500, 20)
    at_rest(alice)
    before = where(alice)
    expect(alice.log.locator(".msg[tabindex='0']")).to_be_in_viewport()
    alice.composer.focus()
    press_back_to_log(alice)
    assert alice.log.evaluate("log => log.contains(document.activeElement)")
    assert where(alice) == pytest.approx(before, abs=2)


def stops(someone: Someone) -> int:
    """How many places in the conversation Tab stops at."""
    selector = "[tabindex='0'], a[href]:not([tabindex]), button:not([tabindex])"
    return int(someone.log.locator(selector).count())


def focus_of(someone: Someone) -> int:
    found: Any = someone.page.evaluate("Number(document.activeElement?.dataset.pos)")
    return int(found)


def press_back_to_log(someone: Someone) -> None:
    for _ in range(6):
        if someone.log.evaluate("log => log.contains(document.activeElement)"):
            return
        someone.page.keyboard.press("Shift+Tab")


def test_somebody_blocked_is_folded_away_in_shared_rooms(person):
    alice, bob, mira = person("alice"), person("bob"), person("mira")
    room = alice.do("room.create", kind="group", name="Shared", people=[bob.name, mira.name])["room"]["id"]
    alice.do("person.block", person=bob.name)
    bob.do("message.add", room=room, body="You cannot not hear me")
    mira.do("message.add", room=room, body="Hello all")
    alice.open(room)
    alice.sees("Hello all")
    expect(alice.log.get_by_text("You cannot not hear me")).to_have_count(0)
    alice.log.get_by_role("button", name="Show").click()
    expect(alice.log.get_by_text("You cannot not hear me")).to_be_visible()


def test_what_could_not_be_loaded_is_told_where_it_is_missing_and_tried_again(talk, console):
    alice, _, room = talk
    console.forgive("Failed to load resource")
    alice.open(room)
    expect(said(alice, 600)).to_be_in_viewport()
    alice.page.route("**/messages?before=*", lambda route: route.abort())
    for _ in range(4):
        wheel(alice, -700, 6)
    expect(alice.log.get_by_role("alert")).to_contain_text("Earlier messages could not be loaded.")
    alice.page.unroute("**/messages?before=*")
    alice.log.get_by_role("button", name="Try again").click()
    expect(alice.log.get_by_role("alert")).to_have_count(0)
    wheel(alice, -700, 6)
    assert where(alice)[0] < 550


# How many states of the conversations the page still holds: everything that it does not need was let go.
STATES = """function () {
  return this.filter((one) => ["epoch", "rooms", "people", "drafts"].every((name) => Object.hasOwn(one, name))).length;
}"""


def held_states(someone: Someone) -> int:
    tools = someone.context.new_cdp_session(someone.page)
    tools.send("HeapProfiler.collectGarbage")
    proto = tools.send("Runtime.evaluate", {"expression": "Object.prototype"})["result"]["objectId"]
    objects = tools.send("Runtime.queryObjects", {"prototypeObjectId": proto})["objects"]["objectId"]
    call = {"objectId": objects, "functionDeclaration": STATES, "returnByValue": True}
    held = int(tools.send("Runtime.callFunctionOn", call)["result"]["value"])
    tools.detach()
    return held


def test_what_was_drawn_before_is_let_go(pair):
    alice, bob, room = pair
    other = bob.do("room.create", kind="group", name="Another room", people=[alice.name])["room"]["id"]
    for number in range(200):
        bob.do("message.add", room=room if number % 3 else other, body=f"Number {number}")
    alice.sees("Number 199")
    # The one there is, those of closures that were made once, and for a moment what still waits for an answer.
    deadline = time.monotonic() + SOON
    while (held := held_states(alice)) >= 5 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert held < 5
