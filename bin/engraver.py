"""Has a browser draw favicon.svg in the sizes that systems want of an app. For bin/icons.

Maskable icons are cut to a shape by the system, whose safe zone is the inner 80 % (https://www.w3.org/TR/appmanifest/);
Apple cuts the corners itself, and draws what is transparent black.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests import browsers  # noqa: E402

STATIC = ROOT / "digi" / "web" / "static" / "digi"
FOLDER = STATIC / "app"


@dataclass(frozen=True)
class Icon:
    name: str
    size: int
    is_full: bool = False
    """Whether the colour goes to the edges, and the drawing keeps away from them."""


ICONS = (
    Icon("icon-192", 192),
    Icon("icon-512", 512),
    Icon("maskable-512", 512, is_full=True),
    Icon("touch-180", 180, is_full=True),
)


def main() -> None:
    path = browsers.chromium_path()
    if path is None:
        sys.exit("There is no Chromium here; name one in DIGI_CHROMIUM.")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=browsers.LAUNCH_FLAGS)
        for icon in ICONS:
            page = browser.new_page(viewport={"width": icon.size, "height": icon.size})
            (FOLDER / f"{icon.name}.png").write_bytes(drawn(page, icon))
            page.close()


def drawn(page: Page, icon: Icon) -> bytes:
    drawing = (STATIC / "favicon.svg").read_text("utf-8")
    background = "#00756f" if icon.is_full else "transparent"
    page.set_content(
        f"<style>html{{background:{background}}}body{{margin:0;display:grid;place-items:center;height:100vh}}"
        f"svg{{width:{86 if icon.is_full else 100}%}}</style>{drawing}"
    )
    return page.screenshot(omit_background=True)


if __name__ == "__main__":
    main()
