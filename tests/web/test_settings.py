"""The look a page wears from its first byte, and the settings as a plain form."""

import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from digi.accounts.models import User
from digi.protocol.objects import Settings

pytestmark = pytest.mark.django_db
STATIC = Path(__file__).parents[2] / "digi" / "web" / "static" / "digi"


def chosen(user: User, **settings: object) -> User:
    user.settings = settings
    user.save()
    return user


def root(page):
    [html] = page.all("html")
    return html["data-theme"], html["data-density"], html["data-size"]


def meta(page, name):
    return [tag["content"] for tag in page.all("meta", name=name)]


@pytest.mark.parametrize("path", ["/", "/profile/", "/settings/", "/friends/", "/about/", "/nothing/"])
def test_every_page_wears_the_look_its_reader_chose(alice, as_, read, path):
    chosen(alice, theme="contrast", density="compact", text_size=130)
    assert root(read(as_(alice).get(path))) == ("contrast", "compact", "130")


def test_a_stranger_sees_what_their_system_prefers(client, read, db):
    page = read(client.get("/accounts/login/"))
    assert root(page) == ("system", "comfortable", "100")
    assert meta(page, "color-scheme") == ["light dark"]


@pytest.mark.parametrize(
    ("theme", "scheme", "is_one_bar"),
    [
        ("system", "light dark", False),
        ("light", "light", True),
        ("dark", "dark", True),
        ("contrast", "light dark", False),
    ],
)
def test_the_browser_paints_nothing_in_another_scheme_first(alice, as_, read, theme, scheme, is_one_bar):
    page = read(as_(chosen(alice, theme=theme)).get("/profile/"))
    assert meta(page, "color-scheme") == [scheme]
    assert (len(set(meta(page, "theme-color"))) == 1) == is_one_bar


def test_a_size_between_two_steps_wears_the_nearest_there_is(alice, as_, read):
    assert root(read(as_(chosen(alice, text_size=87)).get("/profile/")))[2] == "90"


def test_each_step_of_the_size_is_in_the_sheet():
    sheet = (STATIC / "css" / "tokens.css").read_text("utf-8")
    steps = re.findall(r'\[data-size="(\d+)"\] \{ font-size: (\d+)%; \}', sheet)
    assert sorted(int(step) for step, _ in steps) == [size for size in range(80, 161, 10) if size != 100]
    assert all(step == size for step, size in steps)


def test_the_look_costs_no_query(alice, as_):
    browser = as_(alice)
    counts = []
    for settings in ({}, {"theme": "dark"}):
        chosen(alice, **settings)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/about/")
        counts.append(len(queries))
    assert counts[0] == counts[1] == 2, "the session, and the person"


def test_the_island_knows_the_same_defaults_as_the_wire():
    listed = re.search(r"DEFAULTS = \{(.*?)\};", (STATIC / "settings.js").read_text("utf-8"), re.DOTALL)
    assert listed
    known = dict(re.findall(r"(\w+): (.*?),\n", listed[1]))
    assert {name: json.loads(value) for name, value in known.items()} == Settings().model_dump()


FIELDS = {
    "theme": "system",
    "density": "comfortable",
    "text_size": "100",
    "language": "",
    "enter_sends": "on",
    "undo_send": "0",
    "notify": "mentions",
    "sounds": "on",
    "quiet_from": "",
    "quiet_to": "",
    "zone": "",
    "show_online": "on",
    "show_last_seen": "on",
    "show_reads": "on",
}


def test_everything_is_chosen_without_javascript(alice, as_, read):
    browser = as_(alice)
    asked = {
        "theme": "dark",
        "density": "compact",
        "text_size": "120",
        "language": "en",
        "undo_send": "5",
        "notify": "all",
        "quiet_from": "22:00",
        "quiet_to": "07:00",
        "zone": "Europe/Oslo",
    }
    off = ("enter_sends", "sounds", "show_online", "show_last_seen", "show_reads")
    sent = {name: value for name, value in {**FIELDS, **asked}.items() if name not in off}
    answer = browser.post("/settings/", sent, follow=True)
    alice.refresh_from_db()
    assert alice.settings == {**asked, "text_size": 120, "undo_send": 5, **dict.fromkeys(off, False)}
    page = read(answer)
    assert "Saved" in page.text
    assert root(page) == ("dark", "compact", "120")
    assert {"type": "radio", "name": "theme", "value": "dark", "checked": ""} in page.all("input", name="theme")


def test_only_what_changed_is_asked_for(alice, as_):
    browser = as_(chosen(alice, text_size=87, theme="dark"))
    browser.post("/settings/", {**FIELDS, "theme": "light", "text_size": "90"})
    alice.refresh_from_db()
    assert alice.settings == {"text_size": 87, "theme": "light"}


@pytest.mark.parametrize(
    "wrong",
    [{"theme": "pink"}, {"text_size": "500"}, {"quiet_from": "25:00"}, {"zone": "Mars/Olympus"}, {"undo_send": "11"}],
)
def test_what_cannot_be_is_said_and_changes_nothing(alice, as_, wrong):
    answer = as_(alice).post("/settings/", {**FIELDS, **wrong})
    assert answer.status_code == 422
    alice.refresh_from_db()
    assert alice.settings == {}


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get("/settings/").url.startswith("/accounts/login/")


def test_the_island_is_told_where_the_sheet_of_its_settings_lies(alice, as_):
    assert "settings.css" in as_(alice).get("/").content.decode()
