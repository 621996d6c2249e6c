"""The browser that the end-to-end tests drive starts, whichever way this machine came by it."""

from pathlib import Path

import pytest

from tests import browsers

pytestmark = pytest.mark.e2e


def test_the_browser_of_this_machine_runs_modules(browser):
    with browser.new_page() as page:
        page.set_content("<script type=module>document.title = [1, 2, 3].at(-1)</script>")
        assert page.title() == "3"


def test_a_named_browser_is_taken_at_its_word(monkeypatch):
    browsers.chromium_path.cache_clear()
    monkeypatch.setenv("DIGI_CHROMIUM", "/opt/mine/chromium")
    assert browsers.chromium_path() == Path("/opt/mine/chromium")
    browsers.chromium_path.cache_clear()
