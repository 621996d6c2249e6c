"""What makes the island an app of the device: its service worker, the page that begins without the server, and the
manifest (https://www.w3.org/TR/appmanifest/). Nothing here is of anybody: browsers keep it across people.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from digi.protocol.frames import Limits
from digi.web import boot, modules, weight
from digi.web.context import LIGHT, Look

ACCENT = "#00756f"  # of the icons, around which systems draw their splash screens
ICONS = (("192x192", "icon-192", "any"), ("512x512", "icon-512", "any"), ("512x512", "maskable-512", "maskable"))
_FRESH = {"Cache-Control": "no-cache"}


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, which knows the files of this version; a new version is another script."""
    headers = {**_FRESH, "Service-Worker-Allowed": "/"}
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers=headers)


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The island's page without anything in it: the browser fills it from what it keeps."""
    return HttpResponse(_shell(), headers=_FRESH)


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The app as a system lists it. The name is the server's, so that two of them can be told apart."""
    icons = [
        {"src": static(f"digi/app/{name}.png"), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for sizes, name, purpose in ICONS
    ]
    told = {
        "id": "/",
        "name": settings.DIGI_NAME,
        "short_name": settings.DIGI_NAME,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": LIGHT,
        "theme_color": ACCENT,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json", headers=_FRESH)


@cache
def _worker() -> str:
    source = weight.without_comments(Path(finders.find("digi/worker.js") or "").read_text("utf-8"))
    files = modules.kept_offline()
    version = hashlib.sha256("\0".join([source, _shell(), *files]).encode()).hexdigest()[:12]
    build = {"version": version, "files": files, "shell": reverse("shell"), "static": settings.STATIC_URL}
    return f"self.BUILD = {json.dumps(build)};\n{source}"


@cache
def _shell() -> str:
    """The same for everybody, in every language: what is drawn into it knows its reader."""
    told = {"urls": boot.addresses(), "name": settings.DIGI_NAME, "limits": Limits().model_dump()}
    shown = {
        "server_name": settings.DIGI_NAME,
        "look": Look(),
        "shell": boot.escaped(json.dumps(told)),
        "modules": modules.first_modules(),
        "sheets": modules.first_sheets(),
    }
    with translation.override("en"):
        return render_to_string("web/shell.html", shown)
