"""Signing up: who may, and what an account needs to begin. Called by forms; knows no request."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from digi.accounts import links, people
from digi.accounts import models as rows
from digi.accounts.models import Link, User


def needs_invitation() -> bool:
    """Whether a stranger needs one. Whoever started the server signs up first, and without."""
    return bool(settings.DIGI_SIGNUP == "invitation" and User.objects.filter(is_owner=True).exists())


def check_username(username: str) -> str:
    """The username as it will be stored; raises ValidationError if it breaks a rule or is taken."""
    rows.check_username(username)
    if people.is_taken(username):
        raise ValidationError("This username is taken, or looks like one that is.", code="taken")
    return rows.normal(username)


def register(user: User, invitation: str | None) -> User:
    """Insert `user` (username and password set); an invitation is used up with it or not at all. Raises DigiError."""
    with transaction.atomic():
        if needs_invitation() or invitation:
            links.use(Link.Purpose.INVITATION, invitation or "")
        people.save_new(user)
    return user
