"""The composer and the editor: what sends and what does not, what is kept, and what a refusal looks like."""

import re

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.conftest import befriend

COMPOSE = """async (text) => {
  const area = document.activeElement;
  const event = (kind, data) => area.dispatchEvent(new CompositionEvent(kind, { data, bubbles: true }));
  event('compositionstart', '');
  area.value = text;
  area.dispatchEvent(new InputEvent('input', { data: text, isComposing: true, bubbles: true }));
  event('compositionupdate', text);
  const enter = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true };
  const early = new KeyboardEvent('keydown', { ...enter, isComposing: true, keyCode: 13 });
  area.dispatchEvent(early);
  const late = new KeyboardEvent('keydown', { ...enter, keyCode: 229 }); // Safari: after compositionend
  event('compositionend', text);
  area.dispatchEvent(late);
  return [early, late].map((each) => each.defaultPrevented);
}"""


class Line:
    """The socket of a page, to be cut and mended. Made before the page is opened."""

    def __init__(self, page: Page) -> None:
        self._is_cut = False
        self._routes: list[WebSocketRoute] = []
        page.route_web_socket("**/ws/", self._opened)

    def cut(self) -> None:
        self._is_cut = True
        for route in self._routes:
            route.close(code=1011)

    def mend(self) -> None:
        self._is_cut = False

    def _opened(self, route: WebSocketRoute) -> None:
        if self._is_cut:
            route.close(code=1011)
        else:
            route.connect_to_server()
            self._routes.append(route)


def compose(page: Page, text: str) -> None:
    assert page.evaluate(COMPOSE, text) == [False, False]


def test_enter_sends_nothing_while_an_input_method_composes(pair):
    alice, bob, _ = pair
    alice.composer.focus()
    compose(alice.page, "こんにちは")
    expect(alice.composer).to_have_value("こんにちは")
    expect(alice.lines).to_have_count(0)
    alice.page.keyboard.press("Enter")
    bob.sees("こんにちは")


def test_enter_saves_no_edit_while_an_input_method_composes(pair):
    alice, bob, _ = pair
    alice.say("ni hao")
    bob.sees("ni hao")
    alice.begin_edit("ni hao")
    compose(alice.page, "你好")
    expect(alice.editor).to_have_value("你好")
    alice.page.keyboard.press("Enter")
    bob.sees("你好")


def test_shift_and_enter_breaks_the_line(pair):
    alice, bob, _ = pair
    alice.composer.press_sequentially("one")
    alice.composer.press("Shift+Enter")
    alice.composer.press_sequentially("two")
    alice.composer.press("Enter")
    bob.sees("two")
    assert bob.texts() == ["one\ntwo"]
    assert bob.bodies.first.evaluate("body => body.innerText") == "one\ntwo"


def test_arrow_up_edits_ones_last_message_and_escape_leaves_it(pair):
    alice, bob, _ = pair
    alice.say("My last one")
    alice.sees("My last one")
    bob.say("Not mine")
    alice.sees("Not mine")
    alice.composer.press("ArrowUp")
    expect(alice.editor).to_be_focused()
    expect(alice.editor).to_have_value("My last one")
    alice.editor.fill("Something else")
    alice.editor.press("Escape")
    expect(alice.editor).to_have_count(0)
    expect(alice.composer).to_be_focused()
    assert alice.texts() == ["My last one", "Not mine"]


def test_an_edit_is_marked_and_its_earlier_text_shown_to_its_author(pair):
    alice, bob, _ = pair
    alice.say("At seven")
    alice.sees("At seven")
    alice.edit("At seven", "At eight")
    bob.sees("At eight")
    expect(bob.line("At eight")).to_contain_text("edited")
    expect(bob.line("At eight").get_by_role("button", name="edited")).to_have_count(0)
    alice.line("At eight").get_by_role("button", name="edited").click()
    expect(alice.page.get_by_role("dialog", name="Earlier texts")).to_contain_text("At seven")


def test_an_answer_quotes_what_it_answers(pair):
    alice, bob, _ = pair
    bob.say("Tea or coffee?")
    alice.sees("Tea or coffee?")
    alice.line("Tea or coffee?").hover()
    alice.line("Tea or coffee?").get_by_role("button", name="Reply").click()
    alice.page.keyboard.type("Tea")
    alice.page.keyboard.press("Enter")
    answer = bob.lines.filter(has=bob.page.locator(".body", has_text=re.compile("^Tea$")))
    expect(answer.get_by_role("button")).to_contain_text("Tea or coffee?")


def test_a_text_too_long_is_told_before_it_is_sent(pair):
    alice, bob, _ = pair
    alice.composer.fill("🦋" * 8001)
    expect(alice.page.get_by_text("1 too many: shorten it to send")).to_be_visible()
    expect(alice.page.get_by_role("button", name="Send")).to_have_attribute("aria-disabled", "true")
    alice.composer.press("Enter")
    expect(alice.lines).to_have_count(0)
    alice.composer.press("Backspace")
    expect(alice.page.get_by_text("0 left")).to_be_visible()
    alice.composer.press("Enter")
    bob.sees("🦋🦋")
    assert bob.texts() == ["🦋" * 8000]


def test_a_draft_stays_in_its_room_and_survives_a_reload(pair):
    alice, _, room = pair
    other = alice.do("room.open", name="drafts")["room"]["id"]
    alice.composer.fill("Half a thou")
    alice.row("drafts").click()
    expect(alice.page.get_by_role("heading", level=1)).to_contain_text("drafts")
    expect(alice.composer).to_have_value("")
    alice.open(room)
    expect(alice.composer).to_have_value("Half a thou")
    alice.reload()
    expect(alice.composer).to_have_value("Half a thou")
    alice.open(other)
    expect(alice.composer).to_have_value("")


def test_what_is_refused_stays_with_its_reason_until_it_is_sent_or_dropped(person):
    alice, bob = person("alice"), person("bob")
    room = befriend(alice, bob)
    line = Line(alice.page)
    alice.open(room)
    bob.open(room)
    line.cut()
    for text in ("Do you hear me?", "Forget it"):
        alice.say(text)
    expect(alice.line("Do you hear me?")).to_contain_text("Waiting for the connection")
    bob.do("person.block", person=alice.name)
    line.mend()
    for text in ("Do you hear me?", "Forget it"):
        expect(alice.line(text).get_by_role("alert")).to_contain_text("Not sent", timeout=15_000)
    alice.reload()
    expect(alice.line("Do you hear me?").get_by_role("alert")).to_contain_text("Not sent")
    bob.do("person.unblock", person=alice.name)
    alice.line("Do you hear me?").get_by_role("button", name="Retry").click()
    bob.sees("Do you hear me?")
    alice.line("Forget it").get_by_role("button", name="Delete").click()
    alice.sees("Do you hear me?")
    alice.reload()
    assert alice.texts() == bob.texts() == ["Do you hear me?"]


def test_an_unsafe_text_is_only_text(pair):
    alice, bob, _ = pair
    hostile = "<img src=x onerror=alert(1)> <b>bold</b> javascript:alert(1) https://example.org/?a=1&b=2"
    alice.say(hostile)
    bob.sees("onerror")
    assert bob.texts() == [hostile]
    links = bob.bodies.get_by_role("link")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.org/?a=1&b=2")
    bob.reload()
    assert bob.texts() == [hostile]
