"""Moments as the reader's own browser would write them (`times.js` does, once it runs). Knows no page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest
from django.utils import translation
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _


class Style(NamedTuple):
    """How browsers write a day of this year, of another, within a year, and one long ago; and what they shorten."""

    day: str
    year: str
    short: str
    numeric: str
    weekdays: str
    months: str


_ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_STYLES = {
    "en-US": Style(
        day="{weekday}, {month} {d}",
        year="{weekday}, {month} {d}, {y}",
        short="{mon} {d}",
        numeric="{m}/{d}/{yy}",
        weekdays="Mon Tue Wed Thu Fri Sat Sun",
        months=_ENGLISH,
    ),
    "en-GB": Style(
        day="{weekday} {d} {month}",
        year="{weekday}, {d} {month} {y}",
        short="{d} {mon}",
        numeric="{d:02}/{m:02}/{yy}",
        weekdays="Mon Tue Wed Thu Fri Sat Sun",
        months=_ENGLISH.replace("Sep", "Sept"),
    ),
    "de": Style(
        day="{weekday}, {d}. {month}",
        year="{weekday}, {d}. {month} {y}",
        short="{d}. {mon}",
        numeric="{d}.{m}.{yy}",
        weekdays="Mo Di Mi Do Fr Sa So",
        months="Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    ),
    "es": Style(
        day="{weekday}, {d} de {month}",
        year="{weekday}, {d} de {month} de {y}",
        short="{d} {mon}",
        numeric="{d}/{m}/{yy}",
        weekdays="lun mar mié jue vie sáb dom",
        months="ene feb mar abr may jun jul ago sept oct nov dic",
    ),
    "fr": Style(
        day="{weekday} {d} {month}",
        year="{weekday} {d} {month} {y}",
        short="{d} {mon}",
        numeric="{d:02}/{m:02}/{yy}",
        weekdays="lun. mar. mer. jeu. ven. sam. dim.",
        months="janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    ),
    "ar": Style(
        day="{weekday}، {d} {mon}",
        year="{weekday}، {d} {mon} {y}",
        short="{d} {mon}",
        numeric="{d}\u200f/{m}\u200f/{yy}",
        weekdays="الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        months="يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    ),
}
_HALVES = {"en-US": ("AM", "PM"), "ar": ("ص", "م")}
"""Of the day, where a clock has twelve hours."""


@dataclass(frozen=True)
class Reader:
    """Whose page it is: their time zone, and whether they write November 18 and 07:02 PM where they read English."""

    zone: ZoneInfo
    is_american: bool
    today: date

    @classmethod
    def of(cls, request: HttpRequest) -> "Reader":
        """The island keeps the browser's zone in a cookie; UTC until it has."""
        first = request.headers.get("Accept-Language", "").partition(",")[0].strip().lower()
        zone = _zone(unquote(request.COOKIES.get("zone", "")))
        return cls(zone, first in {"en", "en-us"}, datetime.now(zone).date())

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def clock(self, at: datetime) -> str:
        halves = _HALVES.get(self._style)
        return f"{at:%I:%M} {halves[at.hour // 12]}" if halves else f"{at:%H:%M}"

    def bare(self, at: datetime) -> str:
        """Without AM and PM, for a narrow place."""
        return f"{at:%I:%M}" if self._style in _HALVES else f"{at:%H:%M}"

    def day(self, at: datetime) -> str:
        ago = self._days_ago(at)
        if ago in (0, 1):
            return _("Yesterday") if ago else _("Today")
        style = _STYLES[self._style]
        return self._written(at, style.day if at.year == self.today.year else style.year)

    def brief(self, at: datetime) -> str:
        ago = self._days_ago(at)
        style = _STYLES[self._style]
        if ago <= 0:
            return self.clock(at)
        if ago < 7:
            return style.weekdays.split()[at.weekday()]
        return self._written(at, style.short if ago < 300 else style.numeric)

    @property
    def _style(self) -> str:
        language = translation.get_language() or "en"
        if language in _STYLES:
            return language
        return "en-US" if self.is_american else "en-GB"

    def _written(self, at: datetime, pattern: str) -> str:
        months = _STYLES[self._style].months.split()
        names = {"weekday": WEEKDAYS[at.weekday()], "month": MONTHS[at.month], "mon": months[at.month - 1]}
        return pattern.format(d=at.day, m=at.month, y=at.year, yy=f"{at:%y}", **names)

    def _days_ago(self, at: datetime) -> int:
        return (self.today - at.date()).days


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):  # not a zone, or not even the name of a file
        return ZoneInfo("UTC")
