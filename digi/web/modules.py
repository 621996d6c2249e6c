"""Which modules and sheets the island is made of, so that the page can ask for all of them at once."""

import posixpath
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

ENTRY = "digi/main.js"
CATALOGS = "digi/languages"
SHEETS = tuple(
    f"digi/css/{name}.css"
    for name in ("tokens", "base", "island", "sidebar", "room", "messages", "text", "details", "paint")
)
JOINED_SHEET = "digi/css/island.joined.css"
"""All of SHEETS in one, where files are collected."""

OF_PAGES = ("pages", "lite", "still")
"""Sheets that the island never asks for."""
ALONE = ("digi/worker.js", "digi/leaving.js")
"""Scripts that are no part of the island."""
LARGE = 100 * 1024  # bytes beyond which what is loaded later is not fetched before it is wanted

_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^;'"]*?["'](\.{1,2}/[^"']+)["']\s*;""", re.MULTILINE)


def first_modules(language: str = "en") -> tuple[str, ...]:
    """What the page asks for at once, the entry first. Collected, the entry is all of them (digi.web.weight).

    The words of its language come with it; those of English are in the code.
    """
    words = () if language == "en" else (f"{CATALOGS}/{language}.js",)
    return (*(reached_from(ENTRY) if settings.DEBUG else (ENTRY,)), *words)


def first_sheets() -> tuple[str, ...]:
    """The sheets of the page, in order."""
    return SHEETS if settings.DEBUG else (JOINED_SHEET,)


def kept_offline() -> list[str]:
    """The addresses of all that the island may ever ask for, but for large data; none in DEBUG."""
    collected: dict[str, str] = {} if settings.DEBUG else getattr(staticfiles_storage, "hashed_files", {})
    return sorted(
        static(path) for path, hashed in collected.items() if _is_wanted(path, Path(settings.STATIC_ROOT, hashed))
    )


def _is_wanted(path: str, file: Path) -> bool:
    if path in {ENTRY, JOINED_SHEET}:
        return True
    folder, _, name = path.rpartition("/")
    is_sheet = folder == "digi/css" and path not in SHEETS and name.removesuffix(".css") not in OF_PAGES
    is_module = path.startswith("digi/") and name.endswith(".js") and path not in ALONE
    is_picture = folder == "digi" and name.endswith(".svg")
    return (is_sheet or is_module or is_picture) and file.stat().st_size <= LARGE


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
