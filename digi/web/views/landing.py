"""The front door: a page for strangers, and the one field that leads into a room, signed in or not."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from digi.accounts import signup
from digi.execute import execute
from digi.protocol.commands import OpenRoom
from digi.web.adapter import Adapter
from digi.web.forms import EnterRoom
from digi.web.views import island
from digi.web.views.asking import actor_of

WANTED = "wanted-room"  # the session's key for the room that a stranger asked for before signing in


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return island.show(request, None)
    return _landing(request, EnterRoom())


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter the room of this name, creating it if there is none; strangers sign up or in first and are brought back."""
    if request.method != "POST":
        return _enter_wanted(request)
    form = EnterRoom(request.POST)
    if not form.is_valid():
        return _landing(request, form) if request.user.is_anonymous else _ask_again(request, form)
    if request.user.is_anonymous:
        return _sign_in_first(request, form.cleaned_data["name"])
    return _entered(request, form.cleaned_data["name"])


def _enter_wanted(request: HttpRequest) -> HttpResponseRedirect:
    """What was asked for by POST before signing in; a GET alone, from a link of others, enters nothing."""
    if request.user.is_anonymous:
        return redirect("home")
    wanted = request.session.pop(WANTED, None)
    return _entered(request, wanted) if wanted else redirect("home")


def _entered(request: HttpRequest, name: str) -> HttpResponseRedirect:
    room = execute(actor_of(request), OpenRoom(name=name)).room
    assert room is not None, "room.open answers with the room"
    return redirect("lite_room" if "lite" in request.POST else "room", room.json_value()["id"])


def _sign_in_first(request: HttpRequest, name: str) -> HttpResponseRedirect:
    request.session[WANTED] = name
    door = "account_signup" if Adapter().is_open_for_signup(request) else "account_login"
    return redirect(f"{reverse(door)}?{urlencode({'next': reverse('enter')})}")


def _ask_again(request: HttpRequest, form: EnterRoom) -> HttpResponse:
    return render(request, "web/enter.html", {"form": form}, status=422)


def _landing(request: HttpRequest, form: EnterRoom) -> HttpResponse:
    shown = {"form": form, "needs_invitation": signup.needs_invitation()}
    return render(request, "web/landing.html", shown, status=422 if form.errors else 200)
