"""What signs a person in, and what ends that: cookies' sessions, programs' tokens, and the epoch that outdates both.

Ending is a change of the person's log, so every process learns of it, however hints get lost.
"""

import hashlib
import secrets
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from digi.accounts import shown
from digi.accounts.logs import changes
from digi.accounts.models import Token, User, normal
from digi.kit.compiled import Compiled

TOKEN_PREFIX = "digi_"  # noqa: S105 - a mark by which secret scanners know it


def watch() -> None:
    """End sockets' rights whenever allauth's forms change a password."""
    from allauth.account import signals

    for signal in (signals.password_changed, signals.password_reset, signals.password_set):
        signal.connect(_on_new_password, dispatch_uid="digi.revoke")


def _on_new_password(user: User, **_: Any) -> None:
    revoke(user.pk)


def user_of_session(session_key: str) -> User | None:
    """Whose session this is, if it is alive: two queries."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    return user if isinstance(user, User) and user.is_active else None


def revoke(person_id: int) -> None:
    """Outdate what sockets of this person know of their rights; each looks again, and those without any are closed."""
    with changes(people=[person_id]) as made:
        user = made.people[person_id]
        user.auth_epoch += 1
        user.rev = made.people.next_rev(person_id)
        user.save(update_fields=["auth_epoch", "rev", "head"])
        made.tell(shown.me_change(user))


def new_token(user: User) -> str:
    """A new token for `user`'s programs. It is shown this once; the database keeps its digest."""
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    Token.objects.create(person=user, digest=digest(token), created_at=timezone.now())
    return token


def user_of_token(token: str) -> User | None:
    if not token.startswith(TOKEN_PREFIX):
        return None
    found = _by_digest([digest(token)])
    return found[0].person if found else None


_by_digest = Compiled(
    lambda digests: Token.objects.filter(digest__in=digests, person__is_active=True).select_related("person")
)


def revoke_tokens(user: User) -> None:
    Token.objects.filter(person=user).delete()
    revoke(user.pk)


def digest(secret: str) -> str:
    """A secret of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def end(person_id: int, session_keys: Iterable[str]) -> None:
    """End these sessions of a person, and close what hangs on them."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session_key in session_keys:
        store(session_key).delete()
    revoke(person_id)


def user_of_password(username: str, password: str) -> User | None:
    """The active person of this name and password; takes as long for a name that nobody has."""
    user = User.objects.filter(username=normal(username), is_active=True).first()
    if user is None:
        make_password(password)
        return None
    return user if user.check_password(password) else None
