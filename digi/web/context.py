"""What every template may show: the server's name and how one gets an account. Reads no row."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {"server_name": settings.DIGI_NAME, "signup_is_open": settings.DIGI_SIGNUP == "open"}
