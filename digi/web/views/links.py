"""Single-use links: invitations to this server and new passwords, made here by its owner, opened here by others.

The token is moved from the address into the session at once, so that it stands in no Referer and no history.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from digi.accounts import links, people
from digi.accounts.models import Link, User
from digi.errors import DigiError
from digi.web.adapter import INVITATION
from digi.web.forms import MakeReset, NewPassword
from digi.web.views import errors
from digi.web.views.asking import user_of

RESET = "reset"  # the session's key for the token of a link for a new password


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    _require_owner(request)
    link = None
    if request.method == "POST":
        link = _address(request, "join", links.invite(user_of(request)))
    return render(request, "web/invite.html", {"link": link})


@require_safe
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Open an invitation: on to the sign-up form."""
    if request.user.is_authenticated:
        messages.info(
            request, _("You have an account here already. The invitation can still be used by somebody else.")
        )
        return redirect("profile")
    try:
        links.find(Link.Purpose.INVITATION, token)
    except DigiError as refused:
        return errors.refused(request, refused, _("This invitation does not work any more"))
    request.session[INVITATION] = token
    return redirect("account_signup")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make_reset(request: HttpRequest) -> HttpResponse:
    _require_owner(request)
    form, link = MakeReset(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        link = _reset_link(request, form)
    return render(request, "web/people.html", {"form": form, "link": link}, status=422 if form.errors else 200)


def _reset_link(request: HttpRequest, form: MakeReset) -> str | None:
    try:
        person = people.find(form.cleaned_data["username"])
        return _address(request, "reset", links.reset(person, user_of(request)))
    except DigiError as refused:
        form.add_error("username", refused.detail)
        return None


@require_safe
def reset(request: HttpRequest, token: str) -> HttpResponseRedirect:
    request.session[RESET] = token
    return redirect("new_password")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Set a new password by an opened link; the link is used up with it."""
    token = request.session.get(RESET, "")
    try:
        person = _person_of(token)
        form = NewPassword(person, request.POST or None)
        if request.method == "POST" and form.is_valid():
            return _set_password(request, token, person, form.cleaned_data["password"])
    except DigiError as refused:
        return errors.refused(request, refused, _("This link does not work any more"))
    return render(request, "web/new_password.html", {"form": form}, status=422 if form.errors else 200)


def _person_of(token: str) -> User:
    person = links.find(Link.Purpose.RESET, token).person
    assert person is not None, "a reset link is made for somebody"
    return person


def _set_password(request: HttpRequest, token: str, person: User, password: str) -> HttpResponseRedirect:
    links.use(Link.Purpose.RESET, token)
    people.set_password(person, password)
    del request.session[RESET]
    messages.success(request, _("Your new password is set. Sign in with it."))
    return redirect("account_login")


def _address(request: HttpRequest, name: str, token: str) -> str:
    return request.build_absolute_uri(reverse(name, args=[token]))


def _require_owner(request: HttpRequest) -> None:
    if not user_of(request).is_owner:
        raise PermissionDenied(_("Only the owner of this server makes these links."))
