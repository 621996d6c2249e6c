"""What somebody writes, as others see it: before the page's script runs and after; hidden, coloured, and with emoji."""

import re
from html.parser import HTMLParser

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import befriend
from tests.e2e.pages import Someone

RICH = """**Bold**, *soft*, ~~gone~~, `a < b` and ||the butler||.
Second line, @{reader} in #{room}: https://example.org/?a&b, [rules](https://example.org/rules), مرحبا **بك**.

> said *before*
> - nested

1. one
   - two
3. three

| left | right |
|:-----|------:|
| `a` | **b** \\| c |

```py
def f(): return "<b>"
```
<b>no</b> &lt; &amp; 😀"""
KEPT = {"class", "href", "title", "rel", "target", "dir", "value", "role", "aria-expanded", "data-language"}


class Shape(HTMLParser):
    """Elements with what matters of them, and the words between; controls that only a script can serve left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._skipped = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped or tag == "button":
            self._skipped += 1
            return
        self.parts.append(f"<{tag} {sorted((name, value) for name, value in attrs if name in KEPT)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        else:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(data)


def shape(body: Locator) -> list[str]:
    """Without the colours of code, which come later."""
    html = re.sub(r'<span class="c-\w+">([^<]*)</span>', r"\1", body.inner_html())
    words = "".join(f"\0{part}\0" if part.startswith("<") else part for part in Shape(html).parts)
    return [part for part in words.split("\0") if part]


def test_the_first_paint_of_a_rich_text_is_the_islands(person):
    alice, bob = person("alice"), person("bob")
    befriend(alice, bob)
    name = f"room{alice.name}"
    room = alice.do("room.open", name=name)["room"]["id"]
    bob.do("room.open", name=name)
    bob.do("message.add", room=room, body=RICH.format(reader=alice.name, room=name))
    still = person(alice, java_script_enabled=False)
    still.page.goto(f"/r/{room}/")
    painted = still.bodies.first
    expect(painted.locator("mark.self")).to_have_text(f"@{alice.name}")
    alice.open(room)
    live = alice.bodies.first
    expect(live.locator(".fence [class^=c-]").first).to_be_attached()
    assert shape(live) == shape(painted)
    assert live.evaluate("body => body.querySelectorAll('b, script').length") == 0


def tab_to(someone: Someone, wanted: Locator) -> None:
    for _ in range(6):
        someone.page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError("the tab key does not lead there")


def test_a_spoiler_is_opened_by_keyboard_and_only_for_oneself(pair):
    alice, bob, _ = pair
    bob.say("It was ||the *butler*|| of course")
    line = alice.line("of course")
    spoiler = line.get_by_role("button", name="Spoiler: show it")
    expect(spoiler).to_have_attribute("aria-expanded", "false")
    expect(line.get_by_text("butler")).to_be_hidden()
    alice.page.bring_to_front()
    line.focus()
    expect(spoiler).to_have_attribute("tabindex", "0")
    tab_to(alice, spoiler)
    alice.page.keyboard.press("Enter")
    expect(line.get_by_text("butler")).to_be_visible()
    expect(spoiler).to_have_count(0)
    expect(line.locator(".spoiler")).to_be_focused()
    expect(bob.line("of course").get_by_text("butler")).to_be_hidden()


def test_what_can_be_followed_is_no_stop_before_its_message_is(pair):
    alice, bob, _ = pair
    bob.say("see https://example.org/x and ||y||")
    alice.sees("see https")
    alice.page.mouse.move(0, 0)
    expect(alice.line("see https").locator("a[href='https://example.org/x']")).to_have_attribute("tabindex", "-1")
    alice.line("see https").focus()
    expect(alice.line("see https").locator("a[href='https://example.org/x']")).not_to_have_attribute("tabindex", "-1")


def test_colours_come_to_code_and_move_nothing(pair):
    alice, bob, _ = pair
    code = "def f(x):\n    return 'a'  # b"
    bob.do("message.add", room=pair[2], body=f"```\n{code}\n```")
    bob.do("message.add", room=pair[2], body=f"```python\n{code}\n```")
    plain, coloured = alice.bodies.nth(0).locator("pre"), alice.bodies.nth(1).locator("pre")
    expect(coloured.locator(".c-word").first).to_have_text("def")
    expect(coloured).to_have_text(code, use_inner_text=True)
    assert plain.locator("[class]").count() == 0
    size = "pre => [pre.offsetWidth, pre.offsetHeight]"
    assert coloured.evaluate(size) == plain.evaluate(size)


def test_code_is_copied_by_its_button(person):
    alice, bob = person("alice", permissions=["clipboard-read", "clipboard-write"]), person("bob")
    room = befriend(alice, bob)
    alice.open(room)
    bob.do("message.add", room=room, body="```\n  a\n\tb\n```")
    alice.bodies.first.hover()
    alice.bodies.first.get_by_role("button", name="Copy the code").click()
    expect(alice.bodies.first.get_by_role("button", name="Copied")).to_be_visible()
    assert alice.page.evaluate("navigator.clipboard.readText()") == "  a\n\tb"


def test_a_link_to_a_message_is_followed_within_the_page(pair):
    alice, bob, room = pair
    bob.say("the one")
    alice.sees("the one")
    elsewhere = alice.do("room.open", name=f"else{alice.name}")["room"]["id"]
    alice.do(
        "message.add", room=elsewhere, body=f"[look]({alice.server.url}/r/{room}/1/) and {alice.server.url}/r/%E0/"
    )
    alice.open(elsewhere)
    alice.watch()
    alice.line("look").get_by_role("link", name="look").click()
    alice.sees("the one")
    assert alice.stayed()


def open_picker(someone: Someone) -> Locator:
    someone.page.get_by_role("button", name="Emoji", exact=True).click()
    picker = someone.page.get_by_role("dialog", name="Choose an emoji")
    expect(picker.get_by_role("grid")).to_be_visible()
    return picker


def test_an_emoji_is_picked_by_keyboard_and_kept_at_hand(pair):
    alice, _, _ = pair
    alice.composer.fill("I ")
    picker = open_picker(alice)
    search = picker.get_by_role("searchbox", name="Find an emoji")
    expect(search).to_be_focused()
    search.fill("heart")
    cells = picker.get_by_role("grid", name="Found").get_by_role("gridcell").get_by_role("button")
    alice.page.keyboard.press("ArrowDown")
    expect(cells.nth(0)).to_be_focused()
    alice.page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    chosen = cells.nth(1).inner_text()
    alice.page.keyboard.press("Enter")
    expect(picker).to_have_count(0)
    expect(alice.composer).to_have_value(f"I {chosen}")
    expect(alice.composer).to_be_focused()
    picker = open_picker(alice)
    expect(picker.get_by_role("grid", name="Used last").get_by_role("button")).to_have_text([chosen])
    alice.page.keyboard.press("Escape")
    expect(picker).to_have_count(0)


def test_a_kind_and_a_tone_are_chosen_by_keyboard(pair):
    alice, _, _ = pair
    picker = open_picker(alice)
    picker.get_by_role("tab", name="smileys & emotion").focus()
    alice.page.keyboard.press("ArrowRight")
    expect(picker.get_by_role("tab", name="people & body")).to_have_attribute("aria-selected", "true")
    expect(picker.get_by_role("tab", name="people & body")).to_be_focused()
    picker.get_by_role("radio", name="No tone of skin").focus()
    alice.page.keyboard.press("ArrowRight")
    expect(picker.get_by_role("gridcell").first).to_have_text("👋🏻")


def test_the_picker_fits_a_small_phone(person):
    alice, bob = person("alice", viewport={"width": 360, "height": 640}, has_touch=True), person("bob")
    alice.open(befriend(alice, bob))
    picker = open_picker(alice)
    box = picker.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] + box["height"] <= 640
    assert picker.evaluate("box => box.scrollWidth <= box.clientWidth")
    cell = picker.get_by_role("gridcell").get_by_role("button").first.bounding_box()
    assert cell
    assert min(cell["width"], cell["height"]) >= 44


def test_short_names_become_emoji_when_they_are_sent(pair):
    alice, bob, _ = pair
    alice.composer.fill("well done :tada: `:tada:`")
    alice.composer.press("Enter")
    bob.sees("well done 🎉")
    expect(bob.bodies.first.locator("code")).to_have_text(":tada:")
