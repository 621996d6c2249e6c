"""Single-use links: an invitation to sign up, or a new password for somebody who forgot theirs."""

import secrets
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from digi.accounts.models import Link, User
from digi.accounts.sessions import digest
from digi.errors import Forbidden, NotFound

LIFETIME = {Link.Purpose.INVITATION: timedelta(days=14), Link.Purpose.RESET: timedelta(days=1)}


def invite(by: User | None) -> str:
    """The token of a new invitation; `by` is None at the console."""
    _require_owner(by)
    return _make(Link.Purpose.INVITATION, by, None)


def reset(person: User, by: User | None) -> str:
    """The token with which `person` may set a new password; earlier ones stop working."""
    _require_owner(by)
    _open(Link.Purpose.RESET).filter(person=person).update(used_at=timezone.now())
    return _make(Link.Purpose.RESET, by, person)


def find(purpose: str, token: str) -> Link:
    """The link of this token if it can still be used; raises NotFound."""
    link = _open(purpose).select_related("person").filter(digest=digest(token)).first()
    if link is None:
        raise NotFound("This link has been used or is too old. Ask for a new one.")
    return link


def use(purpose: str, token: str) -> Link:
    """Use the link up; of two at the same time one gets NotFound."""
    link = find(purpose, token)
    if _open(purpose).filter(pk=link.pk).update(used_at=timezone.now()) != 1:
        raise NotFound("This link has been used just now. Ask for a new one.")
    return link


def _open(purpose: str) -> QuerySet[Link]:
    return Link.objects.filter(purpose=purpose, used_at=None, expires_at__gt=timezone.now())


def _make(purpose: Link.Purpose, by: User | None, person: User | None) -> str:
    token = secrets.token_urlsafe(24)
    expires_at = timezone.now() + LIFETIME[purpose]
    Link.objects.create(purpose=purpose, digest=digest(token), person=person, made_by=by, expires_at=expires_at)
    return token


def _require_owner(by: User | None) -> None:
    if by is not None and not by.is_owner:
        raise Forbidden("Only the owner of this server makes these links.")
