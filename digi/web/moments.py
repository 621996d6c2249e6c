"""Moments as the reader's own browser would write them (`times.js` does, once it runs). Knows no page."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest


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

    def day(self, at: datetime) -> str:
        ago, year = self._days_ago(at), "" if at.year == self.local(datetime.now(self.zone)).year else f" {at.year}"
        if ago in (0, 1):
            return ("Today", "Yesterday")[ago]
        return f"{at:%A, %B} {at.day}{year and ',' + year}" if self.is_american else f"{at:%A} {at.day} {at:%B}{year}"

    def brief(self, at: datetime) -> str:
        ago = self._days_ago(at)
        if ago <= 0:
            return self.clock(at)
        if ago < 7:
            return f"{at:%a}"
        return f"{at:%b} {at.day}" if self.is_american else f"{at.day} {at:%b}"

    def _days_ago(self, at: datetime) -> int:
        return (datetime.now(self.zone).date() - at.date()).days


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):  # not a zone, or not even the name of a file
        return ZoneInfo("UTC")
