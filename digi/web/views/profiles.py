"""One's own profile and settings, as plain forms: the name, the look, what one is told of."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from digi.accounts import queries, shown
from digi.errors import DigiError
from digi.execute import execute
from digi.protocol.commands import Command, EditProfile, EditSettings
from digi.web.forms import Ours, Profile
from digi.web.settings import SettingsForm
from digi.web.views.asking import actor_of, user_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    now = {"display_name": user.display_name, "initials": user.initials, "hue": user.hue}
    form = Profile(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid() and _edited(request, form, EditProfile(**form.cleaned_data)):
        messages.success(request, gettext("Saved. Others see it at once."))
        return redirect("profile")
    shown = {"form": form, "me": queries.me(actor_of(request))}
    return render(request, "web/profile.html", shown, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    form = SettingsForm(shown.me(user_of(request)).settings, request.POST or None)
    if request.method == "POST" and form.is_valid() and _edited(request, form, EditSettings(**form.changed())):
        messages.success(request, gettext("Saved."))
        return redirect("settings")
    return render(request, "web/settings.html", {"form": form}, status=422 if form.errors else 200)


def _edited(request: HttpRequest, form: Ours, command: Command) -> bool:
    try:
        execute(actor_of(request), command)
    except DigiError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.detail)
        return False
    return True
