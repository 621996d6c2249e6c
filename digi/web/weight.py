"""Makes small what browsers fetch: comments go, the first load is one module and one sheet, the rest is minified.

Knows the island's entry and sheets, and no folder. Development needs none of it: the sources run as they are.
"""

import logging
import re
from collections.abc import Mapping

from digi.web import joining
from digi.web.modules import ENTRY, JOINED_SHEET, SHEETS

try:
    import minify
except ImportError:  # there is no wheel for this system or Python: what is sent is then a third larger
    minify = None

logger = logging.getLogger(__name__)

OWN = "digi/"
VENDORED = "digi/vendor/"
_KINDS = {".js": "application/javascript", ".css": "text/css"}
# A comment stands after a space or a bracket: "image/*" begins none. Of `//` only whole lines, for addresses hold it.
_COMMENT = re.compile(r"(?s)(?<![^\s(\[{,=])/\*.*?\*/|(?m:^[ \t]*//[^\n]*\n)")


def is_own(path: str) -> bool:
    """Whether this is one of the files that are made small."""
    return path.startswith(OWN) and path.endswith((*_KINDS,))


def lightened(sources: Mapping[str, str]) -> dict[str, str]:
    """What to send for these files, by path: fewer of them, and smaller. Where modules cannot be joined, all of them."""
    bare = {path: text if path.startswith(VENDORED) else without_comments(text) for path, text in sources.items()}
    return {path: _minified(path, text) for path, text in {**_modules(bare), **_sheets(bare)}.items()}


def without_comments(source: str) -> str:
    """A module or sheet of ours without its comments (not without one behind code on the same line)."""
    return _COMMENT.sub("", source)


def _modules(bare: Mapping[str, str]) -> dict[str, str]:
    modules = {path: text for path, text in bare.items() if path.endswith(".js")}
    try:
        return joining.joined(ENTRY, modules.__getitem__, modules) if ENTRY in modules else modules
    except (joining.Unjoinable, KeyError) as problem:
        logger.warning("The island's modules stay apart, which makes its first load slow: %s", problem)
        return modules


def _sheets(bare: Mapping[str, str]) -> dict[str, str]:
    sheets = {path: text for path, text in bare.items() if path.endswith(".css")}
    together = "\n".join(sheets.get(path, "") for path in SHEETS)
    return {**sheets, JOINED_SHEET: together} if ENTRY in bare else sheets


def _minified(path: str, text: str) -> str:
    if minify is None:
        return text
    try:
        return str(minify.string(_KINDS[path[path.rindex(".") :]], text))
    except minify.MinifyError as problem:
        logger.warning("%s stays as large as it is: %s", path, problem)
        return text
