"""Finds every sentence that people read, in Python, templates and JavaScript. Knows no language but English.

A sentence is a plain literal: in `gettext("…")`, `{% translate "…" %}`, `t("…")`, `n(count, "…", "…")`, as the words
of a refusal (`raise Forbidden("…")`, `require(allowed, "…")`, `sentence = "…"`, a `ValueError` of the vocabulary),
or marked with `sentence("…")`.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / "digi"
TEMPLATES = ROOT / "digi" / "web" / "templates"
SCRIPTS = ROOT / "digi" / "web" / "static" / "digi"
APART = {"vendor", "languages"}

REFUSALS = {"NotFound", "Forbidden", "Invalid", "Conflict", "TooFast", "Unavailable", "Unauthenticated", "Broken"}
GETTEXT = {"gettext", "gettext_lazy", "_", "sentence"}
NGETTEXT = {"ngettext", "ngettext_lazy"}


class Sentence(NamedTuple):
    """`other` is what stands for every number but one, or "" where nothing is counted."""

    one: str
    other: str = ""


# ── the server ──


def of_the_server() -> set[Sentence]:
    found: set[Sentence] = set()
    for file in sorted(PYTHON.rglob("*.py")):
        if "console" not in file.parts:  # it speaks English to whoever runs the server
            found.update(_in_python(ast.parse(file.read_text("utf-8")), is_vocabulary="protocol" in file.parts))
    for file in sorted(TEMPLATES.rglob("*.html")):
        found.update(_in_template(file.read_text("utf-8")))
    return found


def _in_python(tree: ast.AST, *, is_vocabulary: bool) -> Iterator[Sentence]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _in_call(node, is_vocabulary=is_vocabulary)
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(target, ast.Name) and target.id == "sentence" and (text := _literal(node.value)):
                yield Sentence(text)


def _in_call(call: ast.Call, *, is_vocabulary: bool) -> Iterator[Sentence]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    texts = [_literal(argument) for argument in call.args]
    if name in REFUSALS | GETTEXT and texts and texts[0]:
        yield Sentence(texts[0])
    elif name in NGETTEXT and len(texts) > 1 and texts[0] and texts[1]:
        yield Sentence(texts[0], texts[1])
    elif name == "require" and len(texts) > 1 and texts[1]:
        yield Sentence(texts[1])
    elif name == "ValueError" and is_vocabulary and texts and texts[0]:
        yield Sentence(f"{{what}} {texts[0]}.")


def _literal(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


_TRANSLATE = re.compile(r"""\{%-?\s*(?:translate|trans)\s+(?:"([^"]*)"|'([^']*)')|\b_\("([^"]*)"\)""")
_BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b([^%]*)%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)


def _in_template(text: str) -> Iterator[Sentence]:
    for match in _TRANSLATE.finditer(text):
        yield Sentence(match[1] or match[2] or match[3])
    for match in _BLOCK.finditer(text):
        parts = [_as_format(part, "trimmed" in match[1]) for part in re.split(r"\{%\s*plural\s*%\}", match[2])]
        yield Sentence(*parts)


def _as_format(text: str, is_trimmed: bool) -> str:  # noqa: FBT001 - one caller
    """As Django looks a block up: `{{ name }}` becomes `%(name)s`."""
    if is_trimmed:
        text = " ".join(line.strip() for line in text.strip().splitlines())
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", text.replace("%", "%%"))


# ── the browser ──

_TEXT = r'"((?:[^"\\]|\\.)*)"'
_T = re.compile(rf"(?<![\w.$])t\(\s*{_TEXT}")
_N = re.compile(rf"(?<![\w.$])n\(\s*[^\"]*?,\s*{_TEXT},\s*{_TEXT}", re.DOTALL)


def of_the_browser() -> set[Sentence]:
    found: set[Sentence] = set()
    for file in scripts():
        text = file.read_text("utf-8")
        found.update(Sentence(json.loads(f'"{match[1]}"')) for match in _T.finditer(text))
        found.update(Sentence(*(json.loads(f'"{part}"') for part in match.groups())) for match in _N.finditer(text))
    return found


def scripts() -> list[Path]:
    return [file for file in sorted(SCRIPTS.rglob("*.js")) if not APART & set(file.relative_to(SCRIPTS).parts)]


def keys_that_are_no_literals() -> list[str]:
    """Calls of `t` with something that cannot be found here, and so has no translation."""
    return [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in scripts()
        if file.name != "language.js"
        for match in re.finditer(r"(?<![\w.$\"])t\((?!\s*\")[^)\n]*\)", file.read_text("utf-8"))
    ]
