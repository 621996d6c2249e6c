"""Collects the notices of the works Digi runs on, in the environment that holds them; `bin/licences` starts it."""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from digi.web.licences import Notice, written

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "run.txt"
VENDOR = ROOT / "digi" / "web" / "static" / "digi" / "vendor"
DOCUMENT = ROOT / "THIRD_PARTY_LICENSES"

INTRODUCTION = """\
Digi is under the MIT licence (LICENSE). It runs on, or contains, the works below; each is under its own licence,
whose notice follows. Their authors and copyright holders do not endorse or promote Digi or what is made with it.
"Django" is a registered trademark of the Django Software Foundation; Digi is not affiliated with it.

Written by bin/licences from requirements/run.txt and vendor.json. Do not edit.

"""
_LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;]+)", re.MULTILINE)
_NOTICE_FILE = re.compile(r"(licen[sc]e|copying|notice|authors)", re.IGNORECASE)
# From the first line of each text that is known here, where a distribution does not name its licence.
_KNOWN = {"MIT": "MIT", "BSD": "BSD", "Apache": "Apache-2.0", "Mozilla": "MPL-2.0", "ISC": "ISC", "Python": "PSF-2.0"}


def main(arguments: list[str]) -> int:
    document = INTRODUCTION + "".join(written(notice) for notice in [*packages(), *libraries()])
    if "--check" in arguments:
        is_current = DOCUMENT.is_file() and DOCUMENT.read_text("utf-8") == document
        print("THIRD_PARTY_LICENSES is current" if is_current else "THIRD_PARTY_LICENSES is not current: bin/licences")
        return 0 if is_current else 1
    DOCUMENT.write_text(document, "utf-8", newline="\n")
    return 0


def locked() -> list[tuple[str, str]]:
    """Name and version of each package of the lock, those for other systems too."""
    return sorted(set(_LOCKED.findall(LOCK.read_text("utf-8"))))


def packages() -> list[Notice]:
    """A notice for each name; of two versions for two Pythons the one that is installed speaks for both."""
    versions: dict[str, list[str]] = {}
    for name, version in locked():
        versions.setdefault(name, []).append(version)
    return [_package(name, found) for name, found in versions.items()]


def _package(name: str, versions: list[str]) -> Notice:
    titled = f"{name} {', '.join(versions)}"
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return Notice(titled, "not installed on every system", _ELSEWHERE)
    texts = _texts(found)
    return Notice(titled, _licence(found), "\n\n".join(texts) or _WITHOUT.format(home=_home(found)))


_ELSEWHERE = (
    "This package is installed on some systems or versions of Python only; its notice comes with it, in the folder "
    "of its metadata."
)
_WITHOUT = "Its distribution contains no text of its licence. {home}"


def _texts(found: Distribution) -> list[str]:
    """What the distribution says of its licence and its authors, each text once."""
    named = [file for file in found.files or () if ".dist-info" in str(file) and _NOTICE_FILE.search(file.name)]
    named = named or [file for file in found.files or () if _NOTICE_FILE.match(file.name) and file.suffix != ".py"]
    texts = (Path(str(file.locate())).read_text("utf-8", "replace") for file in sorted(named, key=str))
    return list(dict.fromkeys(_plain(text) for text in texts))


def _plain(text: str) -> str:
    lines = (line.rstrip() for line in text.expandtabs().replace("\f", "\n").splitlines())
    return "\n".join(line for line in lines if line != "=" * 78).strip()


def _licence(found: Distribution) -> str:
    """As short as its metadata or the first lines of its notice say it."""
    short = [text for text in _told(found, "License") if len(text) < 40 and "\n" not in text]
    classified = [text.split(" :: ")[-1] for text in _told(found, "Classifier") if text.startswith("License ::")]
    guessed = [name for word, name in _KNOWN.items() if any(word in text[:200] for text in _texts(found))]
    return next(iter([*_told(found, "License-Expression"), *short, *classified, *guessed]), "see below")


def _told(found: Distribution, field: str) -> list[str]:
    return [text for text in found.metadata.get_all(field) or () if text]


def _home(found: Distribution) -> str:
    links = [line.partition(", ")[2] for line in _told(found, "Project-URL")]
    return next(iter([*_told(found, "Home-page"), *links]), "")


def libraries() -> list[Notice]:
    """The libraries of the browser that stand in vendor/."""
    manifest = VENDOR / "vendor.json"
    if not manifest.is_file():
        return []
    return [_library(library) for library in json.loads(manifest.read_text("utf-8"))["libraries"]]


def _library(library: dict[str, str]) -> Notice:
    files = [file["name"] for file in library["files"] if file["name"].endswith(".txt")]  # type: ignore[index]
    text = "\n\n".join(_plain((VENDOR / name).read_text("utf-8")) for name in files)
    return Notice(f"{library['package']} {library['version']} (npm)", library["licence"], text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
