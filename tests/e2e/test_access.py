"""Everybody can use every screen: axe finds nothing in any theme, on a desk or a phone; what is to be hit is large
enough, what has the focus shows it, nothing is lost when all is twice as large; and forms work without JavaScript.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e import screens
from tests.e2e.pages import Someone
from tests.e2e.screens import World

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "contrast": "no-preference"},
    "dark": {"color_scheme": "dark", "contrast": "no-preference"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
}
DESK: dict[str, Any] = {}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SIZES = {"desk": DESK, "phone": PHONE}
MAIN = ["list", "room", "direct room", "details of a room", "finder", "new conversation", "friends", "settings, look"]
MAIN_PAGES = {"sign in": "/accounts/login/", "friends page": "/friends/?q=a", "settings page": "/settings/"}


@pytest.fixture(scope="module")
def world(server, registrar) -> World:
    return screens.make_world(server, registrar.register)


@pytest.fixture
def seat(server, context_at, console, world) -> Callable[..., Someone]:
    """`seat(color_scheme="dark")`: who sees the screens, at a browser of this kind; `seat(None)`: a stranger there."""
    console.forgive(screens.ANSWERED_4XX)

    def sit(keys: dict[str, str] | None = world.keys, **options: Any) -> Someone:
        context = context_at(server, **{"reduced_motion": "reduce", **options})
        if keys:
            context.add_cookies([{"name": keys["cookie"], "value": keys["session"], "url": server.url}])
        return Someone(context, server, world.who, world.keys["token"])

    return sit


def complaints(page: Page) -> list[dict[str, Any]]:
    """All that axe finds, grave or not."""
    found = Axe().run(page).response["violations"]
    return [
        {"page": page.url, "rule": one["id"], "nodes": [node["html"][:200] for node in one["nodes"]]} for one in found
    ]


def in_every_look(page: Page) -> Iterator[str]:
    """The same screen, in one look after the other: the system's wish changes, and the page follows."""
    for name, look in LOOKS.items():
        page.emulate_media(**look)
        yield name


def nothing() -> dict[str, list[Any]]:
    return {look: [] for look in LOOKS}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", screens.ISLAND)
def test_axe_finds_nothing_in_the_island(seat, world, name, size):
    someone = seat(**SIZES[size])
    screens.ISLAND[name](someone, world)
    assert {look: complaints(someone.page) for look in in_every_look(someone.page)} == nothing()


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_the_pages(seat, size):
    stranger, someone = seat(None, **SIZES[size]), seat(**SIZES[size])
    paths = [(stranger, path) for path in screens.PAGES_OUTSIDE.values()]
    for visitor, path in paths + [(someone, path) for path in screens.PAGES_INSIDE.values()]:
        visitor.page.goto(path)
        assert {look: complaints(visitor.page) for look in in_every_look(visitor.page)} == nothing()


# ── hitting, seeing the focus, room for large text, no motion ──

SMALL = """(least) => {
  const top = document.querySelector('dialog[open], [popover]:popover-open') ?? document;
  const targets = top.querySelectorAll('a[href], button, input, select, textarea, summary, [role=option]');
  const isInline = (one) => getComputedStyle(one).display.startsWith('inline');
  const isInText = (one) => isInline(one) && one.closest('p, .body, .sys, footer.foot');
  const isBeside = (one) => one.matches('.skip, .sr, [type=hidden]');
  const isThere = (one) => one.checkVisibility({ visibilityProperty: true }) && !isBeside(one);
  return [...targets].filter((one) => isThere(one) && !isInText(one)).flatMap((one) => {
    const { width, height } = (one.closest('label, .find, .compose') ?? one).getBoundingClientRect();
    const wanted = one.closest('.around') ? 24 : least; // else a long press on the message
    const isSmall = width + 0.5 < wanted || height + 0.5 < wanted;
    return isSmall ? [`${Math.round(width)} × ${Math.round(height)}: ${one.outerHTML.slice(0, 120)}`] : [];
  });
}"""


@pytest.mark.parametrize(("size", "least"), [(DESK, 24), (PHONE, 44)], ids=["desk", "phone"])
@pytest.mark.parametrize("name", MAIN)
def test_what_is_to_be_hit_is_large_enough(seat, world, name, size, least):
    someone = seat(**size)
    screens.ISLAND[name](someone, world)
    assert someone.page.evaluate(SMALL, least) == []


@pytest.mark.parametrize(("size", "least"), [(DESK, 24), (PHONE, 44)], ids=["desk", "phone"])
def test_what_is_to_be_hit_on_pages_is_large_enough(seat, size, least):
    someone = seat(**size)
    for path in MAIN_PAGES.values():
        someone.page.goto(path)
        assert someone.page.evaluate(SMALL, least) == []


UNSEEN = """() => {
  const one = document.activeElement;
  const isRing = ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  const isLit = (other) => other && (isRing(getComputedStyle(other)) || getComputedStyle(other).boxShadow !== 'none');
  const around = [one.nextElementSibling, one.parentElement, one.parentElement?.parentElement];
  const isSeen = isRing(getComputedStyle(one)) || around.some(isLit);
  return one === document.body || isSeen ? null : one.outerHTML.slice(0, 160);
}"""


@pytest.mark.parametrize("name", MAIN)
def test_what_has_the_focus_shows_it(seat, world, name):
    someone = seat()
    screens.ISLAND[name](someone, world)
    for _ in range(25):
        someone.page.keyboard.press("Tab")
        assert someone.page.evaluate(UNSEEN) is None


OUTSIDE = """() => {
  const top = document.querySelector('dialog[open], [popover]:popover-open') ?? document;
  const lost = [...top.querySelectorAll('a[href], button, input, select, textarea')].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return one.checkVisibility() && width > 1 && !one.matches('.skip') && (left < -1 || right > innerWidth + 1);
  });
  const { scrollWidth } = document.documentElement;
  const page = scrollWidth > innerWidth ? [`the page: ${scrollWidth}`] : [];
  return [...page, ...lost.map((one) => one.outerHTML.slice(0, 120))];
}"""
NARROW: dict[str, dict[str, Any]] = {
    "200 percent": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "320 pixels": {"viewport": {"width": 320, "height": 568}},
}


@pytest.mark.parametrize("narrow", NARROW)
@pytest.mark.parametrize("size", [100, 160])
def test_nothing_is_lost_when_all_is_large(seat, world, narrow, size):
    someone = seat(**NARROW[narrow])
    someone.do("settings.edit", text_size=size)
    try:
        for name in MAIN:
            screens.ISLAND[name](someone, world)
            assert (name, someone.page.evaluate(OUTSIDE)) == (name, [])
        for name, path in {**MAIN_PAGES, **screens.PAGES_INSIDE}.items():
            someone.page.goto(path)
            assert (name, someone.page.evaluate(OUTSIDE)) == (name, [])
    finally:
        someone.do("settings.edit", text_size=100)


MOVING = """() => [...document.querySelectorAll('*')].flatMap((one) => [null, '::before', '::after'].flatMap((part) => {
  const { animationName, animationDuration, transitionDuration } = getComputedStyle(one, part);
  const lasts = (list) => list.split(',').some((time) => parseFloat(time) > 0);
  const moves = (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration);
  return moves ? [`${one.className}${part ?? ''}`] : [];
}))"""


@pytest.mark.parametrize("name", MAIN)
def test_nothing_moves_for_who_wants_no_motion(seat, world, name):
    someone = seat()
    screens.ISLAND[name](someone, world)
    assert someone.page.evaluate(MOVING) == []


def test_colours_of_the_system_are_kept_where_it_brings_its_own(seat, world):
    someone = seat(forced_colors="active")
    for name in ("list", "room", "settings, look"):
        screens.ISLAND[name](someone, world)
        assert complaints(someone.page) == []
    chosen = someone.page.get_by_role("button", name="Look", exact=True)
    assert chosen.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


# ── without JavaScript ──


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
