"""Settings: chosen at one device, at once the same on the other, saved without a button, right from the first paint."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages import Someone

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def settings_of(someone: Someone) -> Locator:
    return someone.page.get_by_role("dialog", name="Settings")


def open_settings(someone: Someone, part: str) -> Locator:
    someone.page.keyboard.press("Control+,")
    dialog = settings_of(someone)
    dialog.get_by_role("button", name=part, exact=True).click()
    return dialog.get_by_role("region", name=part)


def is_saved(dialog: Locator) -> None:
    expect(dialog.get_by_role("status").filter(has_text="Saved")).to_be_visible()


def wears(page: Page, **look: str) -> None:
    for name, value in look.items():
        expect(page.locator("html")).to_have_attribute(f"data-{name}", value)


def saved_of(someone: Someone) -> dict[str, object]:
    settings: dict[str, object] = someone.ask_for("/me")["settings"]
    return settings


@pytest.fixture
def devices(person):
    """alice at two browsers, both before her list."""
    alice = person("alice")
    other = person(alice)
    for device in (alice, other):
        device.visit("/")
    return alice, other


def test_a_theme_is_worn_by_both_devices_at_once_and_from_the_first_paint(devices):
    alice, other = devices
    part = open_settings(alice, "Look")
    part.get_by_role("radio", name="Dark").check()
    is_saved(part)
    for device in (alice, other):
        wears(device.page, theme="dark")
    expect(other.page.locator("meta[name=color-scheme]")).to_have_attribute("content", "dark")
    answer = other.page.request.get("/")
    assert 'data-theme="dark"' in answer.text()
    other.page.goto("/profile/")
    wears(other.page, theme="dark")


def test_density_and_size_of_text_are_chosen_with_the_keyboard(devices):
    alice, other = devices
    part = open_settings(alice, "Look")
    part.get_by_role("radio", name="Comfortable").focus()
    alice.page.keyboard.press("ArrowRight")
    wears(other.page, density="compact")
    part.get_by_role("slider", name="Size of text").focus()
    for _ in range(3):
        alice.page.keyboard.press("ArrowRight")
    wears(other.page, size="130")
    assert other.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20.8px"
    assert other.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("scheme", "paper"), [("light", "oklch(1 0 0)"), ("dark", "oklch(0 0 0)")])
def test_high_contrast_is_light_or_dark_as_the_system_is(person, scheme, paper):
    alice = person("alice", color_scheme=scheme)
    alice.do("settings.edit", theme="contrast")
    alice.visit("/")
    assert alice.page.evaluate("getComputedStyle(document.body).backgroundColor") == paper


def test_what_the_system_asks_for_is_followed_until_one_chooses(person):
    alice = person("alice", color_scheme="light", contrast="more")
    alice.visit("/")
    ink = "getComputedStyle(document.body).color"
    asked = alice.page.evaluate(ink)
    alice.do("settings.edit", theme="light")
    wears(alice.page, theme="light")
    assert alice.page.evaluate(ink) != asked


def test_name_initials_and_colour_are_seen_while_they_are_chosen_and_by_others_at_once(pair):
    alice, bob, _room = pair
    part = open_settings(alice, "Profile")
    part.get_by_label("Displayed name").fill("Alice of the North")
    expect(part.locator(".preview")).to_contain_text("Alice of the North")
    alice.page.keyboard.press("Enter")
    is_saved(part)
    expect(bob.row("Alice of the North")).to_be_visible()
    part.get_by_label("Initials").fill("AN")
    part.get_by_label("Initials").press("Enter")
    expect(alice.page.locator(".me .ava")).to_have_text("AN")
    # Drawn by lot for her name, her own colour stands in the place of the one of the twelve that is nearest to it.
    other, worn = ("Violet", r"\bh300\b") if 60 < alice.ask_for("/me")["hue"] < 240 else ("Moss", r"\bh120\b")
    part.get_by_role("radio", name=other).check(force=True)
    expect(part.locator(".preview .ava")).to_have_class(re.compile(worn))
    expect(bob.row("Alice of the North").locator(".ava")).to_have_class(re.compile(worn))


def test_what_is_refused_is_said_beside_it_and_nothing_changes(devices):
    alice, _other = devices
    part = open_settings(alice, "Profile")
    part.get_by_label("Displayed name").fill("  ")
    part.get_by_label("Displayed name").press("Enter")
    expect(part.get_by_role("alert")).to_be_visible()
    assert alice.ask_for("/me")["display_name"] == alice.name


def test_every_choice_is_saved_as_it_is_made(devices):
    alice, _other = devices
    part = open_settings(alice, "Writing")
    part.get_by_role("switch", name="Enter sends").uncheck()
    part.get_by_role("radio", name="5 seconds").check()
    part = open_part(alice, "Notices")
    part.get_by_role("radio", name="Every message").check()
    part.get_by_role("switch", name="Sounds").uncheck()
    part.get_by_role("switch", name="Leave me in peace at night").check()
    part.get_by_label("From").fill("23:15")
    part = open_part(alice, "Privacy")
    for name in ("Whether I am here", "When I was last here", "What I have read"):
        part.get_by_role("switch", name=name).uncheck()
    is_saved(part)
    expect(part.get_by_role("switch", name="What I have read")).not_to_be_checked()
    alice.reload()
    part = open_settings(alice, "Notices")
    expect(part.get_by_label("From")).to_have_value("23:15")
    assert saved_of(alice) == {
        "enter_sends": False,
        "undo_send": 5,
        "notify": "all",
        "sounds": False,
        "quiet_from": "23:15",
        "quiet_to": "07:00",
        "zone": "Europe/Oslo",
        "show_online": False,
        "show_last_seen": False,
        "show_reads": False,
    }


def open_part(someone: Someone, part: str) -> Locator:
    """Another part of settings that are open."""
    settings_of(someone).get_by_role("button", name=part, exact=True).click()
    return settings_of(someone).get_by_role("region", name=part)


def test_a_language_is_spoken_once_the_page_is_there_again(devices):
    alice, _other = devices
    part = open_settings(alice, "Language")
    part.get_by_role("radio", name="Deutsch").check()
    expect(alice.page.locator("html")).to_have_attribute("lang", "de")
    alice.is_live()
    assert saved_of(alice) == {"language": "de"}


def test_whom_one_blocked_is_listed_and_let_go(person):
    alice, bob = person("alice"), person("bob")
    alice.do("person.block", person=bob.name)
    alice.visit("/")
    part = open_settings(alice, "Privacy")
    part.get_by_role("button", name=f"Unblock {bob.name}").click()
    expect(part.get_by_text("Nobody.")).to_be_visible()


def test_the_menu_by_ones_name_leads_to_settings_and_escape_back_to_it(devices):
    alice, _other = devices
    button = alice.page.get_by_role("button", name="Settings and more")
    button.click()
    names = alice.page.get_by_role("menuitem").all_text_contents()
    assert [name.strip() for name in names] == ["Settings", "Friends", "Keyboard", "About", "Sign out"]
    alice.page.get_by_role("menuitem", name="Settings").click()
    expect(settings_of(alice).get_by_role("heading", name="Profile")).to_be_visible()
    alice.page.keyboard.press("Escape")
    expect(settings_of(alice)).to_have_count(0)
    expect(button).to_be_focused()


def test_on_a_phone_one_goes_into_a_part_and_back(person):
    alice = person("alice", **PHONE)
    alice.visit("/")
    alice.page.get_by_role("button", name="Settings and more").tap()
    alice.page.get_by_role("menuitem", name="Settings").tap()
    dialog = settings_of(alice)
    expect(dialog.get_by_role("region")).to_have_count(0)
    dialog.get_by_role("button", name="Look").tap()
    expect(dialog.get_by_role("button", name="Profile")).to_have_count(0)
    expect(dialog.get_by_role("button", name="Back to the settings")).to_be_focused()
    dialog.get_by_role("radio", name="Light").tap()
    wears(alice.page, theme="light")
    dialog.get_by_role("button", name="Back to the settings").tap()
    expect(dialog.get_by_role("button", name="Look")).to_be_focused()
    assert alice.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
