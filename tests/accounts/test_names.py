"""Usernames: what they are made of, and that no two look alike."""

import pytest
from django.core.exceptions import ValidationError

from digi.accounts import people, signup
from digi.accounts.models import MAX_SKELETON, RESERVED, User, check_username, normal
from digi.errors import Conflict, Invalid
from digi.kit import names

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


@pytest.mark.parametrize("name", ["al", "alice", "Alice", "a.b-c_d", "élodie", "алиса", "愛麗絲", "x" * 32, "4lice"])
def test_a_username_is_made_of_letters_digits_and_three_marks(name):
    assert people.create(name, None).username == names.folded(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a",
        "x" * 33,
        "al ice",
        "al/ice",
        "al\0ice",
        "@alice",
        "-alice",
        ".alice",
        "_alice",
        "ali\u200bce",
        "🙂🙂",
        "a:b",
    ],
)
def test_anything_else_is_refused(name):
    with pytest.raises(Invalid) as refused:
        people.create(name, None)
    assert refused.value.field == "username"


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_names_of_the_server_itself_are_kept(name):
    with pytest.raises(ValidationError):
        check_username(name.upper())


@pytest.mark.parametrize("twin", ["alice", "ALICE", "ａｌｉｃｅ", "аlice", "a1ice", "ali\u0441e", " alice "])
def test_no_two_names_look_alike(twin):
    people.create("alice", None)
    with pytest.raises(Conflict) as refused:
        people.create(twin, None)
    assert refused.value.field == "username"
    with pytest.raises(ValidationError):
        signup.check_username(twin)


def test_different_names_are_free():
    people.create("alice", None)
    assert people.create("alicia", None).pk


def test_the_database_itself_refuses_a_look_alike():
    from django.db import IntegrityError, transaction

    people.create("alice", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("a1ice")


def test_the_name_as_it_was_typed_is_the_first_display_name():
    user = people.create("Alice", None)
    assert (user.username, user.display_name) == ("alice", "Alice")


def test_a_name_that_is_too_long_once_it_is_taken_apart_is_refused():
    """A Hangul syllable may look like seven letters."""
    name = "쮔" * 32
    assert len(names.skeleton(normal(name))) > MAX_SKELETON
    with pytest.raises(Invalid):
        people.create(name, None)
