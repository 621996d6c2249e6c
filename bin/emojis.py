"""Makes the browser's emoji data out of the package emojibase-data; knows neither where it is from nor where it goes.

`base.js` names them in the order of Unicode: a line for each, with its short names, and one that begins with "~" before
each group. After an emoji that comes in tones of skin stands a "+". The module of a language has, line by line, what
they are called in it: the name, then what else one may look for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

LANGUAGES = ("en", "de", "es", "fr")
NEWEST = 15.1  # of Unicode Emoji: what is younger is an empty box on many systems
SHORT_NAMES = ("github", "emojibase", "iamcal")
TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
COMPONENT = 2  # the group of what is no emoji by itself
TONE_NAMES = ("light", "medium-light", "medium", "medium-dark", "dark")

Read = Callable[[str], Any]


def modules(read: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Name and source of each module; `read` gives a file of the package by its path."""

    def load(path: str) -> Any:
        return json.loads(read(path))

    yield "emoji/base.js", _module(list="\n".join(_base(load)))
    for language in LANGUAGES:
        yield f"emoji/{language}.js", _module(**_words(load, language))


def _module(**values: object) -> str:
    return f"export default {json.dumps(values, ensure_ascii=False, separators=(',', ':'))};\n"


def _chosen(load: Read, language: str) -> list[dict[str, Any]]:
    found = load(f"{language}/data.json")
    fitting = [one for one in found if one.get("group") not in {None, COMPONENT} and one["version"] <= NEWEST]
    return sorted(fitting, key=lambda one: (one["group"], one["order"]))


def _base(load: Read) -> Iterator[str]:
    names = [load(f"en/shortcodes/{kind}.json") for kind in SHORT_NAMES]
    emojis = _chosen(load, "en")
    bases = {one["emoji"][0] for one in emojis if one.get("skins") and len(one["emoji"].replace("\ufe0f", "")) == 1}
    group = None
    for one in emojis:
        if one["group"] != group:
            group = one["group"]
            yield "~"
        short = [name for kind in names for name in _listed(kind.get(one["hexcode"], []))]
        yield " ".join([one["emoji"] + ("+" if _has_tones(one, bases) else ""), *dict.fromkeys(short)])


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _has_tones(emoji: dict[str, Any], bases: set[str]) -> bool:
    """Whether it comes in tones, and each is made by putting it behind all that take one."""
    skins = {one["emoji"] for one in emoji.get("skins", [])}
    return bool(skins) and all(toned(emoji["emoji"], tone, bases) in skins for tone in TONES)


def toned(emoji: str, tone: str, bases: set[str]) -> str:
    """As the browser does it: emoji/data.js."""
    made = ""
    for char in emoji:
        if char != "\ufe0f" or made[-1:] != tone:
            made += char + (tone if char in bases else "")
    return made


def _words(load: Read, language: str) -> dict[str, object]:
    order = {one["hexcode"]: at for at, one in enumerate(_chosen(load, "en"))}
    emojis = sorted(
        (one for one in load(f"{language}/data.json") if one["hexcode"] in order), key=lambda one: order[one["hexcode"]]
    )
    messages = load(f"{language}/messages.json")
    groups = [one["message"] for one in sorted(messages["groups"], key=lambda one: one["order"])]
    tones = {one["key"]: one["message"] for one in messages["skinTones"]}
    lines = ["|".join(dict.fromkeys([one["label"], *one.get("tags", [])])) for one in emojis]
    return {
        "groups": [name for number, name in enumerate(groups) if number != COMPONENT],
        "tones": [tones[name] for name in TONE_NAMES],
        "list": "\n".join(lines),
    }
