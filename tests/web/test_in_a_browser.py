"""The pages in a real browser: they fit, everybody can use them, and the island takes their place without a shift."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests import running

pytestmark = pytest.mark.e2e

# Of axe's "best practices" these two want what a phone cannot: the list and the conversation on one screen.
AXE = {
    "resultTypes": ["violations"],
    "rules": {rule: {"enabled": False} for rule in ("landmark-one-main", "page-has-heading-one")},
}
PAGES = ["/", "/accounts/login/", "/accounts/signup/", "/about/", "/nothing/"]
INSIDE = ["/", "/r/lounge/", "/r/openings/", "/friends/?q=a", "/profile/", "/accounts/password/change/"]
INSIDE += ["/accounts/sessions/", "/accounts/logout/", "/invite/", "/people/"]


@pytest.fixture(scope="module")
def server() -> Iterator[running.Digi]:
    """alice and bob in the lounge, with a conversation longer than a screen."""
    server = running.Digi()
    server.start()
    alice, bob = server.add("alice"), server.add("bob")
    room = server.do(alice, "room.open", name="lounge")["room"]["id"]
    server.do(bob, "room.open", name="lounge")
    for number in range(30):
        token = bob if number % 3 else alice
        server.do(token, "message.add", room=room, body=f"Message {number}, see https://example.org/{number}")
    server.do(bob, "friend.request", person="alice")
    yield server
    server.end()


def opened(browser: Browser, server: running.Digi, username: str = "", **options: Any) -> BrowserContext:
    context = browser.new_context(base_url=server.url, locale="en-GB", timezone_id="Europe/Oslo", **options)
    if username:
        page = context.new_page()
        page.goto("/accounts/login/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", running.PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/")
        page.close()
    return context


def listen(page: Page, said: list[str]) -> None:
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))


@pytest.mark.parametrize(("width", "height", "scheme"), [(360, 740, "light"), (1920, 1080, "dark")])
@pytest.mark.parametrize(("username", "paths"), [("", PAGES), ("alice", INSIDE)])
def test_every_page_fits_and_can_be_used_by_everybody(browser, server, username, paths, width, height, scheme):
    size: Any = {"width": width, "height": height}
    context = opened(browser, server, username, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    wrong: list[tuple[object, ...]] = []
    for path in paths:
        page = context.new_page()
        said: list[str] = []
        listen(page, said)
        page.goto(path)
        page.wait_for_timeout(300)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append((path, "is wider than the screen"))
        wrong += [(path, text) for text in said if "status of 404" not in text]
        for violation in Axe().run(page, options=AXE).response["violations"]:
            wrong.append((path, violation["id"], [node["html"] for node in violation["nodes"]][:3]))
        page.close()
    context.close()
    assert not wrong


PLACES = [".brand", ".row:nth-child(1)", ".me", ".head h1", ".head .icons", ".compose", ".compose textarea", ".info h2"]
LOOK = """(places) => {
  const at = (element) => element.checkVisibility() && Object.values(element.getBoundingClientRect().toJSON());
  const found = places.map((place) => [place, document.querySelector(place)]);
  const bodies = [...document.querySelectorAll(".msg .body")].slice(-8);
  const said = bodies.map(({ firstElementChild: text }) => [text.textContent, text]);
  return [...found, ...said].map(([name, element]) => [name, element && at(element) || null]);
}"""


def is_moved(before: list[float] | None, after: list[float] | None) -> bool:
    """Whether something stands elsewhere by more than the pixel that scrolling rounds away."""
    if not before or not after:
        return before != after
    return any(abs(one - other) > 1 for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1000, 700), (1440, 860)])
def test_the_island_takes_the_place_of_the_first_paint_without_a_shift(browser, server, width, height):
    size: Any = {"width": width, "height": height}
    context = opened(browser, server, "bob", viewport=size, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/r/lounge/")  # the browser tells its time zone, and all is read
    page.wait_for_timeout(500)
    page.route("**/*.js", lambda route: route.abort())
    page.reload()
    painted = page.evaluate(LOOK, PLACES)
    page.unroute("**/*.js")
    page.reload()
    page.wait_for_selector(".app:not(.still)")
    page.wait_for_timeout(500)
    alive = page.evaluate(LOOK, PLACES)
    assert [name for name, _ in painted] == [name for name, _ in alive]
    moved = [(name, a, b) for (name, a), (_, b) in zip(painted, alive, strict=True) if is_moved(a, b)]
    assert not moved
    context.close()


def test_the_island_finds_the_token_that_its_posts_need(browser, server):
    context = opened(browser, server, "alice")
    page = context.new_page()
    page.goto("/")
    post = """async () => {
      const { src } = document.querySelector("script[type=module]");
      const parts = Object.values(await import(src)); // the joined modules that others use
      const { post } = parts.find((part) => part.post);
      return post({ type: "friend.request", person: "nobody" }).catch(({ problem }) => problem.code);
    }"""
    assert page.evaluate(post) == "not_found"
    context.close()


def test_a_stranger_walks_into_a_room_with_the_keyboard_alone(browser, server):
    context = opened(browser, server)
    page = context.new_page()
    page.goto("/")
    page.wait_for_selector("input:focus")
    page.keyboard.type("Tea House")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/signup/**")
    page.wait_for_selector("input:focus")
    for text in ("dora", running.PASSWORD):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".head h1")
    assert page.inner_text(".head h1") == "# Tea House"
    context.close()


def test_every_page_works_without_a_script(browser, server):
    context = opened(browser, server, "alice", java_script_enabled=False)
    page = context.new_page()
    page.goto("/r/lounge/")
    assert page.inner_text(".msg:last-child .body").startswith("Message 29")
    assert "Without JavaScript" in page.inner_text(".without")
    assert not page.is_visible(".compose")
    page.goto("/friends/")
    page.click("text=Accept")
    assert page.is_visible("text=Your friends")
    page.goto("/profile/")
    page.fill("[name=display_name]", "Alice Lindqvist")
    page.check("[name=hue][value='300']", force=True)
    page.click("text=Save profile")
    assert page.is_visible("text=Saved")
    assert page.locator(".preview .ava.h300").count() == 1
    context.close()


def test_the_first_tab_leads_past_the_bar(browser, server):
    context = opened(browser, server, "alice")
    page = context.new_page()
    page.goto("/friends/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    context.close()


def test_whatever_has_the_focus_shows_it(browser, server):
    context = opened(browser, server, "alice")
    page = context.new_page()
    page.goto("/profile/")
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        shows = page.evaluate(
            "[document.activeElement, document.activeElement.nextElementSibling].some("
            "(element) => element && getComputedStyle(element).outlineStyle !== 'none')"
        )
        seen.add((page.evaluate("document.activeElement.outerHTML.slice(0, 60)"), shows))
    assert all(shows for _, shows in seen), seen
    context.close()
