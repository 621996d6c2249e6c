"""Starts a server with the sample, looks at it as one of its people would, and keeps what is seen. For bin/pictures.

The pictures are small files on purpose: whoever clones Digi gets every one that was ever kept.
"""

import sys
from pathlib import Path
from typing import Any
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
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
PICTURES: dict[str, dict[str, Any]] = {
    "room-light": {**DESK, "color_scheme": "light"},
    "room-dark": {**DESK, "color_scheme": "dark"},
    "phone": {**PHONE, "color_scheme": "light"},
}


def main() -> None:
    path = browsers.chromium_path()
    if path is None:
        sys.exit("There is no Chromium here; name one in DIGI_CHROMIUM.")
    FOLDER.mkdir(exist_ok=True)
    server = running.Digi()
    try:
        server.start()
        password = filled(server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=browsers.LAUNCH_FLAGS)
            for name, look in PICTURES.items():
                forget_the_end(server, password)
                keep(name, seen(browser, server, password, look))
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


def seen(browser: Browser, server: running.Digi, password: str, look: dict[str, Any]) -> bytes:
    context = browser.new_context(
        base_url=server.url, locale="en-GB", timezone_id="Europe/Oslo", reduced_motion="reduce", **look
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill(WHO)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    return taken(page)


def taken(page: Page) -> bytes:
    """The room once it is live and nothing of it blinks."""
    page.goto(f"/r/{quote(WHERE)}/")
    page.locator(".link.open").wait_for(state="attached")
    page.evaluate("document.activeElement.blur()")
    return page.screenshot(caret="hide", animations="disabled", scale="css")


def keep(name: str, picture: bytes) -> None:
    picture = palettes.reduced(picture)
    if len(picture) > MOST:
        sys.exit(f"{name}.png has {len(picture) // 1024} KB; {MOST // 1024} are the most.")
    (FOLDER / f"{name}.png").write_bytes(picture)
    print(f"docs/pictures/{name}.png  {len(picture) // 1024} KB")


if __name__ == "__main__":
    main()
