"""When two names look alike (UTS #39 skeletons), and what stands for a name in a small circle; knows no person."""

import json
import unicodedata
from functools import cache
from importlib.resources import files


def folded(name: str) -> str:
    """`name` as it is compared: NFKC and case-folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def skeleton(name: str) -> str:
    """Equal for names a reader could take for one another: `paypal`, `PayPal` and `pаypal` with a Cyrillic а."""
    prototypes = _prototypes()
    shape = unicodedata.normalize("NFD", folded(name))
    return unicodedata.normalize("NFD", "".join(prototypes.get(char, char) for char in shape)).casefold()


def initials(name: str) -> str:
    """The first letters of the first and last word, upper-cased; two letters of a single word."""
    words = [letters for word in name.split() if (letters := _letters(word))]
    if not words:
        return "?"
    chosen = [words[0][0], words[-1][0]] if len(words) > 1 else words[0][:2]
    return "".join(letter.upper()[:1] + letter[1:] for letter in chosen)


def _letters(word: str) -> list[str]:
    """The letters and digits of a word, each with the marks that belong to it, as Indic vowels do."""
    letters: list[str] = []
    for char in unicodedata.normalize("NFC", word):
        if char.isalnum():
            letters.append(char)
        elif letters and len(letters[-1]) < 3 and unicodedata.category(char).startswith("M"):
            letters[-1] += char
    return letters


@cache
def _prototypes() -> dict[str, str]:
    source = files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8")
    alike = {char: [_bare(other["c"]) for other in others] for char, others in json.loads(source).items()}
    return {char: found for char, others in alike.items() if (found := _prototype(char, others, alike)) != char}


def _prototype(char: str, others: list[str], alike: dict[str, list[str]]) -> str:
    # The data lists every look-alike under the prototype, and under a look-alike only its prototype.
    if len(others) != 1:
        return char
    only = others[0]
    return only if len(alike.get(only, ())) != 1 else min(char, only)


def _bare(text: str) -> str:
    return text.replace("\u200e", "")
