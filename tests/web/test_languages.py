"""Each page and refusal in its reader's language."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import translation

from digi.accounts import sessions
from digi.accounts.languages import language_of
from digi.errors import Forbidden, Invalid
from digi.execute import execute
from digi.kit import sealed
from digi.protocol import commands as c
from digi.protocol.ids import ROOM
from digi.web.moments import Reader
from digi.web.wording import filled, listed
from tests.conftest import as_actor


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "en"), ("de-CH,en;q=0.5", "de"), ("ja, fr;q=0.4", "fr"), ("ar-EG", "ar"), ("xx,,;q=", "en"), ("pt", "en")],
)
def test_a_stranger_is_answered_in_the_first_language_of_their_browser(accepted, language):
    assert language_of(None, accepted) == language


def test_what_one_chose_outweighs_the_browser(alice):
    alice.settings = {"language": "es"}
    assert language_of(alice, "de") == "es"


def test_a_page_says_which_language_and_direction_it_is_in(client, db):
    answer = client.get("/", headers={"Accept-Language": "ar"})
    assert b'<html lang="ar" dir="rtl"' in answer.content
    assert answer["Content-Language"] == "ar"
    assert "Accept-Language" in answer["Vary"]
    assert b'<html lang="en" dir="ltr"' in client.get("/").content


def test_a_refusal_is_said_in_the_language_of_whoever_hears_it():
    refused = Forbidden("Only its author may edit a message.")
    english = refused.detail
    with translation.override("de"):
        assert refused.detail != english
    assert refused.detail == english


def test_values_stand_in_the_sentence_and_braces_without_values_are_left_alone():
    assert Invalid("{what} is missing.", what="body").detail == "body is missing."
    assert Invalid("Nobody types {this}.").detail == "Nobody types {this}."


# ── pages ──


def test_the_page_for_signing_in_is_german_to_a_german_browser(client, db, read):
    text = read(client.get("/accounts/login/", headers={"Accept-Language": "de-DE,de;q=0.9,en;q=0.8"})).text
    for words in ("Anmelden", "Benutzername", "Passwort", "Vergessen? Wer diesen Server betreibt"):
        assert words in text
    assert "Sign in" not in text


def test_what_is_wrong_with_a_form_is_said_in_german_by_the_packages_too(client, db, read):
    filled = {"username": "fernanda", "password1": "12345"}
    text = read(client.post("/accounts/signup/", filled, headers={"Accept-Language": "de"})).text
    assert "Dieses Passwort ist zu kurz" in text
    assert "too" not in text
    empty = read(client.post("/accounts/signup/", {}, headers={"Accept-Language": "de"})).text
    assert "This field" not in empty


def test_an_arabic_page_of_the_island_runs_from_right_to_left_and_brings_its_words(alice, lounge, say, as_, read):
    alice.settings = {"language": "ar"}
    alice.save()
    say(alice, lounge, "Hello")
    execute(as_actor(alice), c.SetTopic(room=lounge.pk, topic="Tea"))
    answer = as_(alice).get(f"/r/{sealed.seal(ROOM, lounge.pk)}/")
    page = read(answer)
    [html] = page.all("html")
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    assert any("languages/ar" in link["href"] for link in page.all("link", rel="modulepreload"))
    assert "لقد حددت الموضوع: \u2068Tea\u2069" in page.text
    assert "اليوم" in page.text
    assert '"language":"ar"' in answer.content.decode()


def test_an_english_page_brings_no_catalog(alice, as_, read):
    links = read(as_(alice).get("/")).all("link", rel="modulepreload")
    assert not [link for link in links if "languages/" in link["href"]]


@pytest.mark.parametrize(
    ("language", "day", "old", "brief", "clock"),
    [
        ("en-US", "Wednesday, July 1", "Friday, July 4, 2025", "Jul 1", "09:05 PM"),
        ("en-GB", "Wednesday 1 July", "Friday, 4 July 2025", "1 Jul", "21:05"),
        ("de", "Mittwoch, 1. Juli", "Freitag, 4. Juli 2025", "1. Juli", "21:05"),
        ("es", "miércoles, 1 de julio", "viernes, 4 de julio de 2025", "1 jul", "21:05"),
        ("fr", "mercredi 1 juillet", "vendredi 4 juillet 2025", "1 juil.", "21:05"),
        ("ar", "الأربعاء، 1 يوليو", "الجمعة، 4 يوليو 2025", "1 يوليو", "09:05 م"),
    ],
)
def test_moments_are_written_as_browsers_write_them(language, day, old, brief, clock):
    reader = Reader(ZoneInfo("UTC"), is_american=language == "en-US", today=date(2026, 11, 20))
    at, before = datetime(2026, 7, 1, 21, 5, tzinfo=UTC), datetime(2025, 7, 4, 21, 5, tzinfo=UTC)
    with translation.override(language.split("-")[0]):
        assert (reader.day(at), reader.day(before)) == (day, old)
        assert (reader.brief(at), reader.clock(at)) == (brief, clock)


# ── refusals ──


def test_a_refusal_of_the_api_is_french_to_who_accepts_french(alice):
    token = sessions.new_token(alice)
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "fr-CA, en;q=0.3"}
    answer = Client().get("/api/v1/rooms/nowhere/messages", headers=headers)
    assert answer.status_code == 404
    assert answer["Content-Language"] == "fr"
    assert json.loads(answer.content)["detail"] == "Ce salon n’existe pas, ou tu ne peux pas le voir."


# ── sentences with names ──


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("en", "Ana, Luis, and Inés"),
        ("de", "Ana, Luis und Inés"),
        ("es", "Ana, Luis e Inés"),
        ("fr", "Ana, Luis et Inés"),
        ("ar", "Ana وLuis وInés"),
    ],
)
def test_names_in_a_row_are_joined_as_browsers_join_them(language, row):
    with translation.override(language):
        assert listed(["Ana", "Luis", "Inés"]) == row
        assert listed(["Ana"]) == "Ana"


def test_a_value_that_runs_the_other_way_is_isolated():
    assert filled("Write to {name}", name="Bob") == "Write to Bob"
    assert filled("Write to {name}", name="ليلى") == "Write to \u2068ليلى\u2069"
    with translation.override("ar"):
        assert filled("{name}: {text}", name="\u2068Bob\u2069", text="Hi") == "\u2068Bob\u2069: \u2068Hi\u2069"
