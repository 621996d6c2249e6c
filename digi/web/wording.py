"""Puts names and values into sentences as each language wants them, as the client does. Knows no fact and no page."""

import re
from collections.abc import Sequence

from django.utils.translation import get_language, get_language_bidi

_OTHER_WAY = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # letters that run from right to left
# What stands before the last of two, before the last of more, and between the others, as `Intl.ListFormat` has it.
_AND = {
    "en": (" and ", ", and ", ", "),
    "de": (" und ", " und ", ", "),
    "es": (" y ", " y ", ", "),
    "fr": (" et ", " et ", ", "),
    "ar": (" و", " و", " و"),
}
_LIKE_I = re.compile(r"i|hi(?![ae])", re.IGNORECASE)  # before which Spanish says "e" for "and"


def isolated(text: str) -> str:
    """`text`, whose direction then says nothing about what stands around it (UAX #9)."""
    return f"\u2068{text}\u2069"


def filled(words: str, **values: str) -> str:
    """`words` with `values` in its holes, each isolated where it may run the other way: `filled` in language.js."""
    return words.format(**{name: _held(value) for name, value in values.items()})


def _held(value: str) -> str:
    is_mixed = value and value[0] != "\u2068" and (get_language_bidi() or _OTHER_WAY.search(value))
    return isolated(value) if is_mixed else value


def listed(names: Sequence[str]) -> str:
    """Names in a row: `listed` in names.js."""
    *before, last = names
    if not before:
        return last
    language = get_language() or "en"
    two, more, between = _AND.get(language, _AND["en"])
    if language == "es" and _LIKE_I.match(last):
        two = more = " e "
    return between.join(before) + (more if len(before) > 1 else two) + last
