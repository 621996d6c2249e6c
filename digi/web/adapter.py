"""How allauth's forms make and end accounts here: our usernames, our invitations, our sign-out. Knows no template."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from digi.accounts import links, sessions, signup
from digi.accounts.models import Link, User, normal
from digi.errors import DigiError

INVITATION = "invitation"  # the session's key for the token of an invitation that was opened


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return not signup.needs_invitation() or invitation_of(request) is not None

    def clean_username(self, username: str, shallow: bool = False) -> str:  # noqa: FBT001, FBT002 - allauth's
        # As it was typed: its capitals make the first display name.
        signup.check_username(username)
        return username.strip()

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002
        """Insert the account; raises DigiError if the name or the invitation went to somebody else just now."""
        user.username = form.cleaned_data["username"]
        user.set_password(form.cleaned_data["password1"])
        signup.register(user, invitation_of(request))
        request.session.pop(INVITATION, None)
        return user

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        if credentials.get("username"):
            credentials["username"] = normal(credentials["username"])
        return super().authenticate(request, **credentials)

    def logout(self, request: HttpRequest) -> None:
        person_id = request.user.pk
        super().logout(request)
        if person_id is not None:
            sessions.revoke(person_id)


def invitation_of(request: HttpRequest) -> str | None:
    """The token of the invitation this browser opened, if it can still be used."""
    token = request.session.get(INVITATION)
    if not token:
        return None
    try:
        links.find(Link.Purpose.INVITATION, token)
    except DigiError:
        return None
    return str(token)
