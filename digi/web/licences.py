"""The notices of the works Digi is made of, as `bin/licences` wrote them down. Knows no page."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import digi

_RULE = "=" * 78
_NOTICE = re.compile(
    rf"^{_RULE}\n(?P<name>.+?) \| (?P<licence>.*)\n{_RULE}\n(?P<text>(?s:.*?))(?=^{_RULE}$|\Z)", re.MULTILINE
)


class Notice(NamedTuple):
    name: str
    licence: str
    text: str


@cache
def notices() -> tuple[Notice, ...]:
    """All notices, as they stand in THIRD_PARTY_LICENSES; none where the file was left out."""
    package = Path(digi.__file__).parent
    kept = (package.parent / "THIRD_PARTY_LICENSES", package / "THIRD_PARTY_LICENSES")
    file = next((path for path in kept if path.is_file()), None)
    return read(file.read_text("utf-8")) if file else ()


def read(document: str) -> tuple[Notice, ...]:
    return tuple(Notice(one["name"], one["licence"], one["text"].strip()) for one in _NOTICE.finditer(document))


def written(notice: Notice) -> str:
    return f"{_RULE}\n{notice.name} | {notice.licence}\n{_RULE}\n\n{notice.text.strip()}\n\n"
