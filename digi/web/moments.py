"""Moments as the reader's own browser would write them (`times.js` does, once it runs). Knows no page."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest
from django.utils import translation
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _

# A day of this year, as Django's patterns have it; the year goes behind.
_DAYS = {"en": "l j F", "de": "l, j. F", "es": r"l, j \d\e F", "fr": "l j F", "ar": "l، j F"}
_YEARS = {"es": r" \d\e Y"}


@dataclass(frozen=True)
class Reader:
    """Whose page it is: their time zone, and whether they write November 18 and 07:02 PM."""

    zone: ZoneInfo
    is_american: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "Reader":
        """The island keeps the browser's zone in a cookie; UTC until it has."""
        first = request.headers.get("Accept-Language", "").partition(",")[0].strip().lower()
        return cls(_zone(unquote(request.COOKIES.get("zone", ""))), first in {"en", "en-us"})

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def clock(self, at: datetime) -> str:
        return f"{at:%I:%M %p}" if self.is_american else f"{at:%H:%M}"

    def bare(self, at: datetime) -> str:
        """Without AM and PM, for a narrow place."""
        return f"{at:%I:%M}" if self.is_american else f"{at:%H:%M}"

    def day(self, at: datetime) -> str:
        ago = self._days_ago(at)
        if ago in (0, 1):
            return _("Yesterday") if ago else _("Today")
        is_this_year = at.year == datetime.now(self.zone).year
        language = translation.get_language() or "en"
        if self.is_american and language == "en":
            return formatted(at, "l, F j" if is_this_year else "l, F j, Y")
        return formatted(at, _DAYS.get(language, "l j F") + ("" if is_this_year else _YEARS.get(language, " Y")))

    def brief(self, at: datetime) -> str:
        ago = self._days_ago(at)
        if ago <= 0:
            return self.clock(at)
        if ago < 7:
            return formatted(at, "D")
        return formatted(at, "M j" if self.is_american else "j M")

    def _days_ago(self, at: datetime) -> int:
        return (datetime.now(self.zone).date() - at.date()).days


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):  # not a zone, or not even the name of a file
        return ZoneInfo("UTC")
