"""What one has read and not read, in the list, in the title and at one's other browser; and reading backwards."""

import re

from playwright.sync_api import expect

from tests import running
from tests.e2e.conftest import befriend
from tests.e2e.pages import Someone

LONG, AT_ONCE = 300, 20
TOP_LINE = """log => {
  const top = log.getBoundingClientRect().top;
  const line = [...log.querySelectorAll('[data-id]')].find((one) => one.getBoundingClientRect().bottom > top);
  return [line.dataset.id, line.getBoundingClientRect().top - top];
}"""
TOP_OF = """(log, id) => {
  const line = log.querySelector(`[data-id="${id}"]`);
  return line && line.getBoundingClientRect().top - log.getBoundingClientRect().top;
}"""
UP = "log => { const was = log.scrollTop; log.scrollTop -= 600; return was - log.scrollTop; }"


def fill(someone: Someone, room: str, count: int) -> None:
    """So many messages, all at once: "Line 1" to "Line N"."""
    with someone.server.socket("/ws/", someone.token) as socket:
        for number in range(1, count + 1):
            command = {"type": "message.add", "room": room, "body": f"Line {number}"}
            running.tell(socket, type="ask", ref=str(number), command=command)
            if number % AT_ONCE == 0:
                replies = 0
                while replies < AT_ONCE:
                    replies += running.heard(socket)["type"] == "reply"


def test_unread_shows_in_the_list_and_in_the_title_until_it_is_read(person):
    alice, bob = person("alice"), person("bob")
    room = befriend(alice, bob)
    elsewhere = alice.do("room.open", name="elsewhere")["room"]["id"]
    alice.open(elsewhere)
    bob.open(room)
    for text in ("One", "Two", "Three"):
        bob.say(text)
    expect(alice.row(bob.name).get_by_label("3 unread")).to_be_visible()
    expect(alice.row(bob.name)).to_contain_text("Three")
    expect(alice.page).to_have_title(re.compile(r"^\(3\) "))
    alice.row(bob.name).click()
    alice.sees("Three")
    expect(alice.row(bob.name).get_by_label("unread")).to_have_count(0)
    expect(alice.page).to_have_title(re.compile(r"^(?!\()"))
    expect(alice.log.get_by_role("separator").filter(has_text="New")).to_be_visible()


def test_what_one_reads_is_read_at_ones_other_browser(person):
    alice, bob = person("alice"), person("bob")
    room = befriend(alice, bob)
    phone = person(alice)
    phone.visit("/")
    alice.visit("/")
    bob.open(room)
    bob.say("Are you there?")
    for browser in (alice, phone):
        expect(browser.row(bob.name).get_by_label("1 unread")).to_be_visible()
    alice.row(bob.name).click()
    for browser in (alice, phone):
        expect(browser.row(bob.name).get_by_label("unread")).to_have_count(0)
        expect(browser.page).to_have_title(re.compile(r"^(?!\()"))


def test_marked_unread_stays_unread_until_one_comes_back(pair):
    alice, bob, room = pair
    for text in ("First", "Second"):
        bob.say(text)
        alice.sees(text)
    alice.line("Second").hover()
    alice.line("Second").get_by_role("button", name="More").click()
    alice.page.get_by_role("menuitem", name="Mark unread from here").click()
    expect(alice.row(bob.name).get_by_label("1 unread")).to_be_visible()
    alice.visit("/")
    expect(alice.row(bob.name).get_by_label("1 unread")).to_be_visible()
    alice.row(bob.name).click()
    expect(alice.row(bob.name).get_by_label("unread")).to_have_count(0)
    assert room


def test_scrolling_up_shows_all_that_is_older_and_moves_nothing(pair):
    alice, bob, room = pair
    fill(bob, room, LONG)
    alice.sees(f"Line {LONG}", within=60)
    alice.reload()
    expect(alice.line(f"Line {LONG}")).to_be_in_viewport()
    shown: set[str] = set()
    while "Line 1" not in shown:
        shown |= set(alice.texts())
        before, at = alice.log.evaluate(TOP_LINE)
        moved = alice.log.evaluate(UP)
        expect(alice.log).to_have_attribute("aria-busy", "false")
        now_at = alice.log.evaluate(TOP_OF, before)
        assert now_at is None or abs(now_at - at - moved) < 1.5
    assert shown == {f"Line {number}" for number in range(1, LONG + 1)}
    before, _ = alice.log.evaluate(TOP_LINE)
    bob.say("New below")
    expect(alice.page.get_by_role("button", name="1 new message")).to_be_visible()
    assert alice.log.evaluate(TOP_LINE)[0] == before
    alice.page.get_by_role("button", name="1 new message").click()
    expect(alice.line("New below")).to_be_in_viewport()
