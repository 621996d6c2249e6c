"""The catalogs of all languages against the sentences of the code: brings them in step, or says what is not.

The server's are gettext's (`digi/locale/*/LC_MESSAGES/django.po`, compiled beside it), the browser's small modules.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import sentences
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from sentences import ROOT, SCRIPTS, Sentence

LANGUAGES = ("de", "es", "fr", "ar")
PLURALS = {"de": ("one", "other"), "es": ("one", "many", "other"), "fr": ("one", "many", "other")}
PLURALS["ar"] = ("zero", "one", "two", "few", "many", "other")
HOLE = re.compile(r"%\(\w+\)s|\{\w+\}")
COUNT = {"{count}"}
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""What is compiled says when it was; two runs would differ."""
HEADER = "# What the server says. See bin/words."


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bin/words", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a catalog is not in step")
    if not parser.parse_args(arguments).check:
        for language in LANGUAGES:
            write_server(language)
            write_browser(language)
    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


def problems() -> list[str]:
    found = sentences.keys_that_are_no_literals()
    for language in LANGUAGES:
        found += _of_server(language) + _of_browser(language)
    return found


# ── the server's ──


def po_file(language: str) -> Path:
    return ROOT / "digi" / "locale" / language / "LC_MESSAGES" / "django.po"


def read_server(language: str) -> Catalog:
    file = po_file(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def write_server(language: str) -> None:
    """Keep what is translated, drop what is no longer said, add what is new without a translation."""
    before, after = read_server(language), Catalog(locale=language, header_comment=HEADER, fuzzy=False)
    for sentence in sorted(sentences.of_the_server()):
        key = (sentence.one, sentence.other) if sentence.other else sentence.one
        known = before.get(sentence.one)
        fits = known is not None and bool(known.pluralizable) == bool(sentence.other)
        after.add(key, known.string if known is not None and fits else "")
    po_file(language).parent.mkdir(parents=True, exist_ok=True)
    po_file(language).write_bytes(_po(after))
    po_file(language).with_suffix(".mo").write_bytes(_mo(after))


def _po(catalog: Catalog) -> bytes:
    stream = io.BytesIO()
    write_po(stream, catalog, width=0, omit_header=False, sort_output=True)
    # Dates and tools in the header would differ with each run.
    lines = [
        line
        for line in stream.getvalue().split(b"\n")
        if not re.match(rb'"(Project|POT?-|Generated|Report|Last|Lang.*-Team)', line)
    ]
    return b"\n".join(lines)


def _mo(catalog: Catalog) -> bytes:
    catalog.creation_date = catalog.revision_date = NO_DATE
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def _of_server(language: str) -> list[str]:
    catalog, wanted = read_server(language), sentences.of_the_server()
    found = [
        f"{language}: no longer said: {message.id}" for message in catalog if message.id and _key(message) not in wanted
    ]
    for sentence in sorted(wanted):
        known = catalog.get(sentence.one)
        strings = () if known is None else known.string
        said = list(strings) if isinstance(strings, tuple | list) else [strings]
        found += _wrong(language, sentence, [words or "" for words in said])
    mo = po_file(language).with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != _mo(catalog):
        found.append(f"{language}: django.mo is stale: run bin/words")
    return found


def _key(message: object) -> Sentence:
    said = message.id  # type: ignore[attr-defined]
    return Sentence(*said) if isinstance(said, tuple | list) else Sentence(said)


# ── the browser's ──


def js_file(language: str) -> Path:
    return SCRIPTS / "languages" / f"{language}.js"


def read_browser(language: str) -> dict[str, str | dict[str, str]]:
    file = js_file(language)
    if not file.exists():
        return {}
    text = file.read_text("utf-8")
    words: dict[str, str | dict[str, str]] = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return words


def write_browser(language: str) -> None:
    before = read_browser(language)
    after: dict[str, str | dict[str, str]] = {}
    for sentence in sorted(sentences.of_the_browser()):
        key = sentence.other or sentence.one
        known = before.get(key)
        if sentence.other:
            after[key] = {form: known.get(form, "") if isinstance(known, dict) else "" for form in PLURALS[language]}
        else:
            after[key] = known if isinstance(known, str) else ""
    words = json.dumps(after, ensure_ascii=False, indent=2)
    js_file(language).write_text(
        f"// @ts-check\n// Words of the page; the English is the key. See bin/words.\nexport default {words};\n",
        "utf-8",
    )


def _of_browser(language: str) -> list[str]:
    words, wanted = read_browser(language), sentences.of_the_browser()
    keys = {sentence.other or sentence.one for sentence in wanted}
    found = [f"{language}: no longer said in the browser: {key}" for key in sorted(words.keys() - keys)]
    for sentence in sorted(wanted):
        known = words.get(sentence.other or sentence.one, "")
        found += _wrong(language, sentence, list(known.values()) if isinstance(known, dict) else [known])
    return found


def _wrong(language: str, sentence: Sentence, said: list[str]) -> list[str]:
    """What is wrong with the translations of one sentence: empty, or not the same holes to fill."""
    if not said or not all(said):
        return [f"{language}: not translated: {sentence.one}"]
    holes = set(HOLE.findall(sentence.other or sentence.one))
    loose = COUNT | {"%(count)s"} if sentence.other else set()
    for words in said:
        if set(HOLE.findall(words)) - loose != holes - loose and set(HOLE.findall(words)) != holes:
            return [f"{language}: other holes than in the English: {words!r} for {sentence.one!r}"]
    return []


if __name__ == "__main__":
    sys.exit(main())
