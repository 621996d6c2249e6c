"""Where an address ends in running text, and which may be followed. `addresses.js` says the same in the browser."""

import re

SPACES = "\t\n\v\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What JavaScript's `\\s` and `trim` take for white space; Python's own idea of it differs."""

# White space, controls, quotes, angle brackets, and what is invisible or turns the direction end an address.
_END = '\\x00-\\x20"<>\\x7f-\\xa0\\xad\\u061c\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff'
_ADDRESS = re.compile(rf"[hH][tT][tT][pP][sS]?://[^{_END}/?#.\]](?:[^{_END}\]]|\](?!\())*")
# In parentheses, with at most one pair of them inside: more would have to be counted, again and again.
_TARGET = re.compile(rf"\(([a-zA-Z]+:[^{_END}()]+(?:\([^{_END}()]*\)[^{_END}()]*)*)\)")
_WEB = re.compile(r"[hH][tT][tT][pP][sS]?://([^/?#]+)")
_MAIL = re.compile(r"[mM][aA][iI][lL][tT][oO]:[^@?]+@[^@?]+(?:\?|$)")
_TAIL = ".,:;!?'*_~|"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def address_at(text: str, at: int) -> str:
    """The http(s) address that begins there, without the punctuation of the sentence around it; or nothing."""
    before = text[at - 1 : at]
    found = None if before == "_" or (before.isascii() and before.isalnum()) else _ADDRESS.match(text, at)
    return _trimmed(found[0]) if found else ""


def target_at(text: str, at: int) -> tuple[str, int]:
    """What a `(target)` that begins there names, and where it ends; nothing if it may not be followed."""
    found = _TARGET.match(text, at)
    return (found[1], found.end()) if found and may_follow(found[1]) else ("", at)


def may_follow(address: str) -> bool:
    """Web or mail, with a host and nobody's name before it: `https://your.bank@elsewhere` is not made easy to click."""
    web = _WEB.match(address)
    return "@" not in web[1] if web else bool(_MAIL.match(address))


def _trimmed(address: str) -> str:
    """A bracket stays if it was opened inside."""
    counts = {char: address.count(char) for char in "()[]{}"}
    end = len(address)
    while end:
        last = address[end - 1]
        opening = _PAIRS.get(last)
        if opening and counts[opening] < counts[last]:
            counts[last] -= 1
        elif last not in _TAIL:
            break
        end -= 1
    return address[:end]
