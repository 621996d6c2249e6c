"""Which modules and sheets the island is made of, so that the page can ask for all of them at once."""

import posixpath
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

ENTRY = "digi/main.js"
SHEETS = tuple(
    f"digi/css/{name}.css"
    for name in ("tokens", "base", "island", "sidebar", "room", "messages", "text", "details", "dialog", "paint")
)
JOINED_SHEET = "digi/css/island.joined.css"
"""All of SHEETS in one, where files are collected."""

_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^;'"]*?["'](\.{1,2}/[^"']+)["']\s*;""", re.MULTILINE)


def first_modules() -> tuple[str, ...]:
    """What the page asks for at once, the entry first. Collected, the entry is all of them (digi.web.weight)."""
    return reached_from(ENTRY) if settings.DEBUG else (ENTRY,)


def first_sheets() -> tuple[str, ...]:
    """The sheets of the page, in order."""
    return SHEETS if settings.DEBUG else (JOINED_SHEET,)


@cache
def reached_from(entry: str) -> tuple[str, ...]:
    """The static path `entry` and those of all modules it imports, nearest first; none where it does not exist."""
    found: dict[str, None] = {}
    wave = [entry]
    while wave:
        found |= dict.fromkeys(wave)
        wave = [path for module in wave for path in _imports(module) if path not in found]
    return tuple(path for path in found if finders.find(path))


def _imports(module: str) -> list[str]:
    file = finders.find(module)
    source = Path(file).read_text("utf-8") if isinstance(file, str) else ""
    return [posixpath.normpath(posixpath.join(posixpath.dirname(module), path)) for path in _IMPORT.findall(source)]
