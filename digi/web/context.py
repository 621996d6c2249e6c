"""What every template may show: the server's name, how one gets an account, and the look its reader chose.

Reads no row: who is signed in is known. The look stands on the page's root from its first byte, so that nothing is
painted in another one first.
"""

from dataclasses import dataclass, replace
from typing import Literal

from django.conf import settings
from django.http import HttpRequest

from digi.protocol.objects import Settings

# The colours of a browser's own bar; `look.js` has them too.
LIGHT, DARK, BLACK = "#ffffff", "#111a1a", "#000000"


@dataclass(frozen=True)
class Look:
    """Attributes of <html>, and what a browser paints around the page."""

    theme: str = "system"
    density: str = "comfortable"
    size: int = 100
    scheme: Literal["light dark", "light", "dark"] = "light dark"
    light: str = LIGHT
    dark: str = DARK


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "server_name": settings.DIGI_NAME,
        "signup_is_open": settings.DIGI_SIGNUP == "open",
        "look": _look(request),
    }


def _look(request: HttpRequest) -> Look:
    """That of who is signed in; an answer given before that is known looks like the system."""
    user = getattr(request, "user", None)
    return dressed(Settings.model_construct(**user.settings)) if user and user.is_authenticated else Look()


def dressed(chosen: Settings) -> Look:
    """`chosen` as a page wears it. The sheet has a step for every ten percent."""
    look = Look(chosen.theme, chosen.density, (chosen.text_size + 5) // 10 * 10)
    if chosen.theme == "light":
        return replace(look, scheme="light", dark=LIGHT)
    if chosen.theme == "dark":
        return replace(look, scheme="dark", light=DARK)
    return replace(look, dark=BLACK) if chosen.theme == "contrast" else look
