"""Makes small what browsers fetch: the first load is one module and one sheet, and comments and indentation go.

Knows the island's entry and sheets, and no folder. Development needs none of it: the sources run as they are. Names
stay too: the minifiers that come as wheels were found to break our modules, for a gain of three kilobytes.
"""

import logging
import re
from collections.abc import Mapping

from digi.web import joining
from digi.web.modules import ENTRY, JOINED_SHEET, SHEETS

logger = logging.getLogger(__name__)

OWN = "digi/"
VENDORED = "digi/vendor/"
# A comment stands after a space or a bracket: "image/*" begins none. `//` begins one at the start of a line, or between
# spaces after code has ended: not in an address.
_COMMENTS = r"(?<![^\s(\[{,=])/\*.*?\*/[ \t]*|(?m:^[ \t]*//[^\n]*$|(?<=[;{},)])[ ]//[ ][^\n]*$)"
_SPARE = re.compile(rf"(?s){_COMMENTS}|(?m:^\s+)")
# Blanks around the braces, semicolons and commas of a sheet, and the semicolon that ends a rule.
_RULE = re.compile(r";?\s*(\})\s*|\s*([{;,])\s*|(?<=:)\s+")


def is_own(path: str) -> bool:
    """Whether this is one of the files that are made small."""
    return path.startswith(OWN) and path.endswith((".js", ".css"))


def lightened(sources: Mapping[str, str]) -> dict[str, str]:
    """What to send for these files, by path: fewer, and smaller. Modules that cannot be joined stay apart."""
    bare = {path: text if path.startswith(VENDORED) else _light(path, text) for path, text in sources.items()}
    return {**_modules(bare), **_sheets(bare)} if ENTRY in bare else bare


def without_comments(source: str) -> str:
    """A module or sheet of ours without comments, indentation and empty lines. Line ends stay: statements end there."""
    return _SPARE.sub("", _SPARE.sub("", source))  # a comment that went may leave an empty line


def _light(path: str, text: str) -> str:
    bare = without_comments(text)
    return _RULE.sub(lambda found: found[1] or found[2] or "", bare) if path.endswith(".css") else bare


def _modules(bare: Mapping[str, str]) -> dict[str, str]:
    modules = {path: text for path, text in bare.items() if path.endswith(".js")}
    try:
        return joining.joined(ENTRY, modules.__getitem__, modules)
    except (joining.Unjoinable, KeyError) as problem:
        logger.warning("The island's modules stay apart, which makes its first load slow: %s", problem)
        return modules


def _sheets(bare: Mapping[str, str]) -> dict[str, str]:
    sheets = {path: text for path, text in bare.items() if path.endswith(".css")}
    return {**sheets, JOINED_SHEET: "".join(sheets.get(path, "") for path in SHEETS)}
