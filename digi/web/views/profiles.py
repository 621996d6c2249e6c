"""One's own profile: the displayed name, its colour and initials."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from digi.accounts import queries
from digi.errors import DigiError
from digi.execute import execute
from digi.protocol.commands import EditProfile
from digi.web.forms import Profile
from digi.web.views.asking import actor_of, user_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    now = {"display_name": user.display_name, "initials": user.initials, "hue": user.hue}
    form = Profile(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid() and _edited(request, form):
        messages.success(request, "Saved. Others see it at once.")
        return redirect("profile")
    shown = {"form": form, "me": queries.me(actor_of(request))}
    return render(request, "web/profile.html", shown, status=422 if form.errors else 200)


def _edited(request: HttpRequest, form: Profile) -> bool:
    try:
        execute(actor_of(request), EditProfile(**form.cleaned_data))
    except DigiError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.detail)
        return False
    return True
