"""What every answer says to the browser, and what no page contains."""

import re

import pytest
from django.test import Client

from digi.accounts import links
from digi.web import policy

pytestmark = pytest.mark.django_db

OPEN = ["/", "/accounts/login/", "/accounts/signup/", "/about/", "/about/licences/", "/nothing/", "/reset/", "/join/x/"]
INSIDE = [
    "/",
    "/r/lounge/",
    "/r/other/",
    "/friends/",
    "/friends/?q=b",
    "/profile/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/invite/",
    "/people/",
    "/accounts/inactive/",
]


@pytest.fixture
def answers(alice, bob, as_):
    inside = as_(alice)
    inside.post("/enter/", {"name": "lounge"})
    resetting = Client()
    resetting.get(f"/reset/{links.reset(bob, alice)}/")
    return [
        *((path, Client().get(path)) for path in OPEN),
        *((path, inside.get(path)) for path in INSIDE),
        ("/reset/", resetting.get("/reset/")),
        ("/invite/", inside.post("/invite/")),
        ("/profile/", inside.post("/profile/", {})),
        ("/api/v1/me", Client().get("/api/v1/me")),
        ("/accounts/logout/", inside.post("/accounts/logout/")),
    ]


def test_every_answer_carries_the_policy(answers):
    for path, answer in answers:
        assert answer.headers.items() >= policy.HEADERS.items(), path
        directives = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
        assert directives["default-src"] == "'none'"
        assert directives["script-src"] == directives["style-src"] == "'self'"
        assert directives["connect-src"] == "'self' ws://testserver"
        assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
        assert directives["require-trusted-types-for"] == "'script'"
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_over_https_the_sockets_are_wss(client, settings):
    answer = client.get("/about/", secure=True)
    assert " wss://testserver;" in answer["Content-Security-Policy"]


def test_no_page_is_kept_by_caches(answers):
    for path, answer in answers:
        assert "no-store" in answer.headers.get("Cache-Control", "no-store"), path
        if answer["Content-Type"].startswith("text/html") and answer.status_code == 200:
            assert "no-store" in answer["Cache-Control"], path


def test_no_page_has_inline_script_style_or_handler(answers, read):
    for path, answer in answers:
        for tag, attributes in read(answer).elements:
            assert tag != "style", path
            assert "style" not in attributes, (path, tag)
            assert not [name for name in attributes if name.startswith("on")], (path, tag)
            assert tag != "script" or "src" in attributes or attributes["type"] == "application/json", path
            assert not attributes.get("href", "").lower().startswith("javascript"), path


def test_nothing_is_loaded_from_elsewhere(answers, read):
    for path, answer in answers:
        for tag, attributes in read(answer).elements:
            for name in ("src", "href", "action"):
                if tag != "a" and attributes.get(name):
                    assert attributes[name].startswith(("/", "#")), (path, tag, attributes)


def test_every_field_has_its_label_and_every_page_one_heading(answers, read):
    for path, answer in answers:
        if not answer.content or not answer["Content-Type"].startswith("text/html"):
            continue
        page = read(answer)
        labelled = {label.get("for") for label in page.all("label")}
        for field in page.all("input") + page.all("textarea") + page.all("select"):
            if field.get("type") in ("hidden", "radio") or "hidden" in field:
                continue
            assert field.get("id") in labelled or "aria-label" in field or field.get("name") in ("username", "name"), (
                path
            )
        headings = [tag for tag, _ in page.elements if tag == "h1"]
        assert len(headings) == 1 or 'id="island"' in answer.content.decode(), path
        assert page.all("html", lang="en")
        assert page.all("meta", name="viewport")


def test_passwords_are_asked_for_in_words_that_managers_know(answers, read):
    wanted = {
        "/accounts/login/": {"username", "current-password"},
        "/accounts/signup/": {"username", "new-password"},
        "/accounts/password/change/": {"username", "current-password", "new-password"},
        "/reset/": {"username", "new-password"},
    }
    for path, answer in answers:
        if path in wanted and answer.status_code == 200:
            found = {field["autocomplete"] for field in read(answer).all("input") if "autocomplete" in field}
            assert wanted[path] <= found, path


def test_every_form_that_changes_something_carries_its_token(answers, read):
    for path, answer in answers:
        text = answer.content.decode()
        for form in re.findall(r"<form\b.*?</form>", text, re.DOTALL):
            assert "csrfmiddlewaretoken" in form or 'method="get"' in form, path


def test_static_files_carry_it_too():
    headers: dict[str, str] = {}
    policy.for_static(headers, "x", "/static/x")
    assert headers.items() >= policy.HEADERS.items()
    assert "default-src 'none'" in headers["Content-Security-Policy"]
