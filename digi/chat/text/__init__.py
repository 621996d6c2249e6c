"""What the text of a message says: its tree, whom it mentions, and its words on one line. Knows no row."""

import re
import unicodedata

from digi.accounts.models import normal

MOST_MENTIONED = 50
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)


def mentioned(body: str) -> list[str]:
    """The usernames after an `@` outside of code, as they are stored, each once, in order; `everyone` may be one."""
    found: dict[str, None] = {}
    if "@" not in body:
        return []
    for match in re.finditer(r"@", _CODE.sub(" ", body)):
        name = _name(match.string, match.start())
        if name:
            found.setdefault(normal(name))
    return list(found)[:MOST_MENTIONED]


def _name(text: str, at: int) -> str:
    if at and (_is_word(text[at - 1]) or text[at - 1] in "_@#/&"):
        return ""
    end = at + 1
    while end < len(text) and (_is_word(text[end]) or text[end] in "._-"):
        end += 1
    return text[at + 1 : end].rstrip(".-")


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM"
