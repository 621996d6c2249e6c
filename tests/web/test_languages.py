"""Each page and refusal in its reader's language."""

import pytest
from django.utils import translation

from digi.accounts.languages import language_of
from digi.errors import Forbidden, Invalid


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
