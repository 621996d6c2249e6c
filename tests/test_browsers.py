"""The browser that the end-to-end tests drive starts, whichever way this machine came by it."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests import browsers
from tests.services import not_run

pytestmark = pytest.mark.e2e


def test_the_browser_of_this_machine_runs_modules():
    path = browsers.chromium_path()
    if path is None:
        not_run("tests in a browser: no Chromium found; name one in DIGI_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=browsers.LAUNCH_FLAGS)
        page = browser.new_page()
        page.set_content("<script type=module>document.title = [1, 2, 3].at(-1)</script>")
        assert page.title() == "3"
        browser.close()


def test_a_named_browser_is_taken_at_its_word(monkeypatch):
    browsers.chromium_path.cache_clear()
    monkeypatch.setenv("DIGI_CHROMIUM", "/opt/mine/chromium")
    assert browsers.chromium_path() == Path("/opt/mine/chromium")
    browsers.chromium_path.cache_clear()
