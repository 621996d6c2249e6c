"""What this server runs, and whose work that is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import digi
from digi.web import licences


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html", {"version": digi.__version__})


@require_safe
def licence_notices(request: HttpRequest) -> HttpResponse:
    return render(request, "web/licences.html", {"notices": licences.notices()})
