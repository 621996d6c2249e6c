"""Which language somebody is answered in: the one they chose, else the first of their browser's that there is."""

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from digi.accounts.models import User


def language_of(user: object, accepted: str) -> str:
    """For `user`, signed in or not, whose browser sends `accepted` (Accept-Language, RFC 9110)."""
    chosen = user.settings.get("language") if isinstance(user, User) else None
    return chosen or _first_of(accepted)


def _first_of(accepted: str) -> str:
    for code, _ in parse_accept_lang_header(accepted):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
