"""Who asks, and how a page tells that a command was refused. Knows no page."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest

from digi.accounts import actors
from digi.accounts.actors import Actor
from digi.accounts.models import User
from digi.errors import DigiError
from digi.execute import execute
from digi.protocol.commands import Command
from digi.protocol.objects import Result


def user_of(request: HttpRequest) -> User:
    """Who is signed in; only for views that require it."""
    return cast(User, request.user)


def actor_of(request: HttpRequest) -> Actor:
    return actors.of(user_of(request))


def attempt(request: HttpRequest, command: Command) -> Result | None:
    """Carry out `command`; where it is refused, have the next page say why."""
    try:
        return execute(actor_of(request), command)
    except DigiError as refused:
        messages.error(request, refused.detail)
        return None
