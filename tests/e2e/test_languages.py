"""The island in its reader's language: every word, its direction, and no word that changes when it comes alive."""

import re

import catalogs
import pytest
import sentences
from playwright.sync_api import Page, expect

from tests.e2e.pages import Someone, until

# All that is said on the screen: texts that can be seen, and what is said of them.
SAID = """() => {
  const seen = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const holder = node.parentElement;
    if (holder.closest('script, style, .body, bdi') || !holder.checkVisibility()) continue;
    seen.push(node.textContent.trim());
  }
  for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    for (const name of ['aria-label', 'title', 'placeholder']) seen.push(one.getAttribute(name) ?? '');
  }
  return seen.filter(Boolean);
}"""

# Part by part, what stands there.
TOLD = """(parts) => parts.map((part) => [...document.querySelectorAll(part)].map((one) =>
  [one.placeholder ?? '', one.ariaLabel ?? '', one.textContent.replace(/\\s+/g, ' ').trim()].join('|')))"""
PARTS = (
    ".list h2, .list .name, .list .last, .list time",
    ".head h1, .head p",
    ".day",
    ".sys",
    ".by time",
    ".compose textarea",
)


def speaks(someone: Someone, language: str) -> None:
    someone.do("settings.edit", language=language)


def english_left(page: Page, language: str) -> set[str]:
    """Sentences of the code that are said as they stand there, though they have another wording."""
    words = catalogs.read_browser(language)
    keys = {one.one for one in sentences.of_the_browser() if words.get(one.one, "") != one.one and "{" not in one.one}
    return keys & set(page.evaluate(SAID))


@pytest.fixture
def room(person):
    """alice and bob in a group with something of everything in it."""
    alice, bob = person("alice"), person("bob")
    made = alice.do("room.create", kind="group", name="Tea", people=[bob.name])["room"]["id"]
    alice.do("room.topic", room=made, topic="Which one is best")
    bob.do("message.add", room=made, body=f"@{alice.name} which one?", key="language-1")
    asked = bob.do("message.add", room=made, body="Green?", key="language-2")["message"]["id"]
    alice.do("message.react", message=asked, emoji="👍", on=True)
    alice.do("message.pin", message=asked)
    return alice, bob, made


def test_the_island_speaks_arabic_from_right_to_left_without_an_english_word(room):
    alice, _, made = room
    speaks(alice, "ar")
    alice.open(made)
    page = alice.page
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("navigation", name="المحادثات")).to_be_visible()
    side, main, details = (page.locator(part).bounding_box() for part in (".side", "main.room", ".info"))
    assert side is not None
    assert main is not None
    assert details is not None
    assert details["x"] < main["x"] < side["x"]
    assert side["x"] + side["width"] == pytest.approx(page.viewport_size["width"], abs=1)
    assert english_left(page, "ar") == set()
    page.keyboard.press("Control+,")
    dialog = page.get_by_role("dialog", name="الإعدادات")
    for part in ("profile", "look", "language", "writing", "notices", "privacy", "sessions"):
        dialog.locator(f"[data-part={part}]").click()
        expect(dialog.locator(f"[data-part={part}]")).to_have_attribute("aria-current", "true")
        assert english_left(page, "ar") == set()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.locator(".msg", has_text="Green?").hover()
    page.get_by_role("button", name="المزيد", exact=True).click()
    expect(page.get_by_role("menuitem").first).to_be_visible()
    assert english_left(page, "ar") == set()


def has_read_all(someone: Someone, room: str) -> None:
    """The server knows it: the badge goes at once, and marks are told once a second."""
    expect(someone.page.locator(".side .badge")).to_have_count(0)
    until(someone, f"fetch('/api/v1/rooms/{room}').then((answer) => answer.json()).then((of) => !of.room.unread)")


@pytest.mark.parametrize("language", ["de", "es", "fr", "ar", "en"])
def test_no_word_changes_when_the_page_comes_alive(room, person, language):
    alice, _, made = room
    speaks(alice, language)
    alice.open(made)
    has_read_all(alice, made)  # nothing is new any more
    alice.reload()
    still = person(alice, java_script_enabled=False)
    still.context.add_cookies([{"name": "zone", "value": "Europe%2FOslo", "url": alice.server.url}])
    still.page.goto(f"/r/{made}/")
    painted, drawn = (one.page.evaluate(TOLD, list(PARTS)) for one in (still, alice))
    assert painted == drawn
    assert all(painted)


def test_a_language_that_is_chosen_is_spoken_after_the_page_was_loaded_anew(room):
    alice, _, made = room
    alice.open(made)
    page = alice.page
    page.keyboard.press("Control+,")
    page.get_by_role("dialog", name="Settings").get_by_role("button", name="Language").click()
    page.get_by_role("radio", name="Deutsch").click()  # not check(): the page may be loaded anew at once
    expect(page.locator("html")).to_have_attribute("lang", "de")
    alice.is_live()
    expect(page.get_by_role("textbox", name="Nachricht an Tea")).to_be_visible()
    expect(page.locator(".day").filter(has_text=re.compile("^Heute$"))).to_be_visible()
    assert english_left(page, "de") == set()
