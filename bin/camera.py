"""Starts a server with the sample, looks at it as one of its people would, and keeps what is seen. For bin/pictures.

The pictures are small files on purpose: whoever clones Digi gets every one that was ever kept.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]

import palettes  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests import browsers, running  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
WHO, WHERE = "alice", "chess club"  # whose names every system has the letters for
MOST = 150 * 1024
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 860}}
PART: dict[str, Any] = {"viewport": {"width": 980, "height": 600}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


class Picture(NamedTuple):
    look: dict[str, Any]
    go: Callable[[Page], None]
    scheme: str = "light"


# ── ways to what is to be seen ──


def room(page: Page) -> None:
    """The room, once it is live and all of it is there."""
    page.goto(f"/r/{quote(WHERE)}/")
    page.locator(".link.open").wait_for(state="attached")
    page.locator(".head .counted").wait_for()  # the pins come last


def menu(page: Page) -> None:
    room(page)
    page.get_by_role("article").filter(has_text="I have read half a book").hover()
    page.locator(".passing.shown").wait_for(state="detached")  # the day, while one scrolls
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menu").wait_for()


def emoji(page: Page) -> None:
    room(page)
    page.get_by_role("button", name="Emoji", exact=True).click()
    page.get_by_role("gridcell").first.wait_for()


def switcher(page: Page) -> None:
    room(page)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("ko")
    page.get_by_role("option").nth(1).wait_for()


def mentions(page: Page) -> None:
    room(page)
    page.get_by_role("button", name="Mentions").click()
    page.get_by_role("dialog").get_by_role("listitem").first.wait_for()


def settings(page: Page) -> None:
    room(page)
    page.keyboard.press("Control+,")
    page.get_by_role("dialog").get_by_role("button", name="Look", exact=True).click()
    page.get_by_role("heading", name="Look").wait_for()


def offline(page: Page) -> None:
    room(page)
    page.context.set_offline(True)
    page.get_by_role("textbox", name="Message #").fill("I bring the other clock, then.")
    page.keyboard.press("Enter")
    page.get_by_text("Offline, 1 waiting").first.wait_for(timeout=60_000)


def lite(page: Page) -> None:
    page.goto(f"/lite/{quote(WHERE)}/")


PICTURES = {
    "room-light": Picture(DESK, room),
    "room-dark": Picture(DESK, room, "dark"),
    "phone": Picture(PHONE, room),
    "menu": Picture(PART, menu),
    "emoji": Picture(PART, emoji, "dark"),
    "switcher": Picture(PART, switcher),
    "mentions": Picture(PART, mentions),
    "settings": Picture(PART, settings),
    "offline": Picture(PART, offline),
    "lite": Picture(PART, lite),
}


def main() -> None:
    path = browsers.chromium_path()
    if path is None:
        sys.exit("There is no Chromium here; name one in DIGI_CHROMIUM.")
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or PICTURES
    server = running.Digi()
    try:
        server.start()
        password = filled(server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=browsers.LAUNCH_FLAGS)
            for name in wanted:
                forget_the_end(server, password)
                keep(name, seen(browser, server, password, PICTURES[name]))
    finally:
        server.end()


def filled(server: running.Digi) -> str:
    """Fill the server with the sample; returns the password of its people."""
    told = server.run("demo")
    if told.returncode:
        sys.exit(told.stderr)
    [password] = [line.split()[-1] for line in told.stdout.splitlines() if line.startswith("password:")]
    return password


def forget_the_end(server: running.Digi, password: str) -> None:
    """Have the newest four unread, so that each picture shows where the new begins."""
    token = server.call("/token", None, {"username": WHO, "password": password})[1]["token"]
    rooms = server.call("/rooms", token)[1]["rooms"]
    [room] = [room for room in rooms if room["name"] == WHERE]
    server.do(token, "room.unread", room=room["id"], pos=room["last_pos"] - 3)


def seen(browser: Browser, server: running.Digi, password: str, picture: Picture) -> bytes:
    how: dict[str, Any] = {
        "locale": "en-GB",
        "timezone_id": "Europe/Oslo",
        "reduced_motion": "reduce",
        "color_scheme": picture.scheme,
    }
    context = browser.new_context(base_url=server.url, **how, **picture.look)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill(WHO)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    picture.go(page)
    if not page.get_by_role("dialog").or_(page.get_by_role("menu")).count():
        page.evaluate("document.activeElement.blur()")
    taken = page.screenshot(caret="hide", animations="disabled", scale="css")
    context.close()
    return taken


def keep(name: str, picture: bytes) -> None:
    picture = palettes.reduced(picture)
    if len(picture) > MOST:
        sys.exit(f"{name}.png has {len(picture) // 1024} KB; {MOST // 1024} are the most.")
    (FOLDER / f"{name}.png").write_bytes(picture)
    print(f"docs/pictures/{name}.png  {len(picture) // 1024} KB", flush=True)


if __name__ == "__main__":
    main()
