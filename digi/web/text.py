"""A message's text as pieces to show: plain runs and links. The island cuts the same way (`tests/text/links.json`)."""

import re
from typing import NamedTuple

# White space, controls, quotes, angle brackets, and what is invisible or turns the direction end an address.
_END = '\\x00-\\x20"<>\\x7f-\\xa0\\xad\\u061c\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff'
_ADDRESS = re.compile(f"(?<![A-Za-z0-9_])(?:http|https)://[^{_END}/?#.][^{_END}]*", re.IGNORECASE)
_AUTHORITY = re.compile(r"//([^/?#]*)")
_TAIL = ".,:;!?'*_~"
_PAIRS = {")": "(", "]": "[", "}": "{"}


class Piece(NamedTuple):
    text: str
    is_link: bool = False


def pieces(body: str) -> list[Piece]:
    """`body` cut into plain text and http(s) addresses; joined again they are `body`."""
    found, at = [], 0
    for match in _ADDRESS.finditer(body):
        address = _trimmed(match[0])
        if not _is_plain(address):
            continue
        found += [Piece(body[at : match.start()]), Piece(address, is_link=True)]
        at = match.start() + len(address)
    return [piece for piece in [*found, Piece(body[at:])] if piece.text]


def _trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it; a bracket stays if it was opened inside."""
    while address:
        last = address[-1]
        opening = _PAIRS.get(last)
        if last not in _TAIL and (opening is None or address.count(opening) >= address.count(last)):
            break
        address = address[:-1]
    return address


def _is_plain(address: str) -> bool:
    """With a host, and nobody's name before it: `https://your.bank@elsewhere` is not made easy to click."""
    authority = _AUTHORITY.search(address)
    return authority is not None and authority[1] != "" and "@" not in authority[1]
