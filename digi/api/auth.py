"""Who calls the API: a program with a token, or a page with its session and a CSRF token."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from digi.accounts import actors, sessions
from digi.accounts.actors import Actor


class Bearer(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        user = sessions.user_of_token(token)
        return actors.of(user) if user else None


class Session(SessionAuth):
    """A page's session. The CSRF token is asked of nobody else, so that who is signed out is told just that."""

    def __call__(self, request: HttpRequest) -> Any:
        has_session = request.user.is_authenticated and "Authorization" not in request.headers
        return super().__call__(request) if has_session else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        user = request.user
        return actors.of(user) if user.is_authenticated and user.is_active else None


AUTH = [Bearer(), Session()]


def actor_of(request: HttpRequest) -> Actor:
    """The actor that AUTH has let in."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor
