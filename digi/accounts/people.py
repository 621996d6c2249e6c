"""Accounts come and go: made, given a password, deactivated. Called by forms and by the console."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from digi.accounts import queries, sessions
from digi.accounts.actions import friends
from digi.accounts.logs import changes
from digi.accounts.models import User, check_username, normal
from digi.errors import Conflict, Invalid, NotFound
from digi.kit import names


def create(username: str, password: str | None, *, is_bot: bool = False, is_owner: bool = False) -> User:
    """A new account; raises Invalid, or Conflict if the name is taken. The first human owns the server."""
    user = User(username=username.strip(), is_bot=is_bot)
    _check(user, password)
    user.set_password(password)
    save_new(user, must_own=is_owner)
    return user


def save_new(user: User, *, must_own: bool = False) -> None:
    """Insert `user`, as owner of the server if there is none yet: the database's constraint decides who is first."""
    wants_to_own = must_own or (not user.is_bot and not User.objects.filter(is_owner=True).exists())
    try:
        with transaction.atomic():
            user.is_owner = wants_to_own
            user.save(force_insert=True)
    except IntegrityError:
        if is_taken(user.username):
            raise Conflict("This username is taken, or looks like one that is.", field="username") from None
        if must_own or not wants_to_own:
            raise Conflict("This server has an owner.", field="owner") from None
        user.is_owner = False
        user.save(force_insert=True)


def is_taken(username: str) -> bool:
    """Whether somebody has this name, or one that looks like it."""
    return User.objects.filter(skeleton=names.skeleton(normal(username))).exists()


def find(username: str) -> User:
    user = User.objects.filter(username=normal(username)).first()
    if user is None:
        raise NotFound("There is nobody called {username}.", field="username", username=username)
    return user


def seen(person_id: int) -> None:
    """Note that a person was here just now. Takes no rev: nobody is told."""
    User.objects.filter(pk=person_id).update(seen_at=timezone.now())


def set_password(user: User, password: str) -> None:
    """Give `user` a new password and end their sessions."""
    _check_password(user, password)
    user.set_password(password)
    user.save(update_fields=["password"])
    sessions.revoke(user.pk)


def deactivate(user: User) -> None:
    """Sign `user` out for good: no session, token or password works any more, no friendship or request is left.

    What they wrote stays.
    """
    user.is_active = False
    user.save(update_fields=["is_active"])
    for other_id in queries.connected(user.pk):
        with changes(people=[user.pk, other_id]) as made:
            friends.end(made, made.people[user.pk], made.people[other_id])
    sessions.revoke_tokens(user)


def _check(user: User, password: str | None) -> None:
    try:
        check_username(user.username)
    except ValidationError as error:
        raise Invalid(error.messages[0], field="username") from None
    if is_taken(user.username):
        raise Conflict("This username is taken, or looks like one that is.", field="username")
    if password is not None:
        _check_password(user, password)


def _check_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from None
