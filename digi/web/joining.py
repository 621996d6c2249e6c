"""Joins the ES modules that an entry reaches statically into one. Knows text alone: no file, no hash, no browser.

Each module becomes a function that runs once, in the order of the imports, and returns what it exports; so names never
meet. A module outside asks the joined one for such an object. What this cannot be done with, is refused (Unjoinable):
a cycle, an export that is assigned again, `import.meta`, a name that is imported and not exported.
"""

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

_START = r"(?m)(?:^|(?<=[;}]))"
_PATH = r"""["'](?P<path>\.[^"']*)["']"""
_STATIC = re.compile(rf"{_START}(?:(?P<what>import|export)\b(?P<clause>[^;'\"()]*?)\bfrom|import)\s*{_PATH}\s*;")
_DYNAMIC = re.compile(rf"\bimport\(\s*{_PATH}\s*\)")
_DECLARED = re.compile(r"(?m)^export\s+(?=(?:async\s+)?(?:function\b\s*\*?|class|const)\s*(?P<name>[\w$]+))")
_LISTED = re.compile(rf"{_START}export\s*\{{(?P<names>[^}}]*)\}}\s*;?")
_DEFAULT = re.compile(rf"{_START}export\s+default\b")
_LEFT = re.compile(rf"{_START}(?:import|export)\b(?!\s*\()|\bimport\.meta\b")


class Unjoinable(ValueError):
    """Modules that only a browser can put together."""


def joined(entry: str, read: Callable[[str], str], others: Iterable[str]) -> dict[str, str]:
    """New sources by path: of `entry`, with all it reaches, and of those `others` that are not reached.

    `read` gives a module's source without comments, by its path.
    """
    joint = _Joint(entry, {path: f"${number}" for number, path in enumerate(_in_order(entry, read))})
    inside = [joint.inside(path, read(path)) for path in joint.names]
    outside = {path: joint.outside(path, read(path)) for path in others if path not in joint.names}
    if joint.asked:
        inside.append(f"export{{{','.join(sorted(joint.asked))}}};")
    return {entry: "\n".join(inside), **outside}


def _in_order(entry: str, read: Callable[[str], str]) -> list[str]:
    """What `entry` reaches, each after what it imports itself; `entry` is the last."""
    order: dict[str, None] = {}

    def visit(path: str, above: tuple[str, ...]) -> None:
        if path in above:
            raise Unjoinable(f"a cycle of imports: {' > '.join([*above[above.index(path) :], path])}")
        if path not in order:
            for found in _STATIC.finditer(read(path)):
                visit(_resolved(path, found["path"]), (*above, path))
            order[path] = None

    visit(entry, ())
    return list(order)


@dataclass
class _Joint:
    entry: str
    names: dict[str, str]
    """What each module's object is called, in the order in which they run."""
    exports: dict[str, set[str]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """The objects that modules outside want."""

    def inside(self, module: str, source: str) -> str:
        """The module as a function."""
        given: dict[str, str] = {}

        def imported(found: re.Match[str]) -> str:
            target = _resolved(module, found["path"])
            if found["what"] == "export":
                names = {b: f"{self.names[target]}.{a}" for a, b in self._named(found["clause"], target)}
                given.update(names)
                return ""
            return self._binding(found["clause"], target, self.names[target])

        def declared(found: re.Match[str]) -> str:
            given[found["name"]] = found["name"]
            return ""

        def listed(found: re.Match[str]) -> str:
            given.update({outer: inner for inner, outer in _pairs(found["names"])})
            return ""

        def defaulted(_: re.Match[str]) -> str:
            given["default"] = "$default"
            return "const $default="

        body = _LISTED.sub(listed, _DECLARED.sub(declared, _STATIC.sub(imported, source)))
        body = _DEFAULT.sub(defaulted, _DYNAMIC.sub(lambda found: self._dynamic(module, found), body))
        if left := _LEFT.search(body):
            raise Unjoinable(f"{module}: {body[left.start() : left.start() + 60]!r}")
        self.exports[module] = set(given)
        pairs = ",".join(outer if outer == inner else f"{outer}:{inner}" for outer, inner in given.items())
        return f"const {self.names[module]}=(()=>{{{body}\n;return{{{pairs}}}}})();"

    def outside(self, module: str, source: str) -> str:
        """The module, asking the joined one for what is in there."""
        count = 0

        def imported(found: re.Match[str]) -> str:
            nonlocal count
            target = _resolved(module, found["path"])
            if target not in self.names:
                return found[0]
            count += 1
            self.asked.add(self.names[target])
            alias = f"{self.names[target]}_{count}"
            head = f'import{{{self.names[target]} as {alias}}}from"{self._way(module)}";'
            if found["what"] != "export":
                return head + self._binding(found["clause"], target, alias)
            pairs = ",".join(f"{a}:{b}" for a, b in self._named(found["clause"], target))
            return f"{head}export const{{{pairs}}}={alias};"

        return _DYNAMIC.sub(lambda found: self._dynamic(module, found), _STATIC.sub(imported, source))

    def _dynamic(self, module: str, found: re.Match[str]) -> str:
        target = _resolved(module, found["path"])
        if target not in self.names:
            base = self.entry if module in self.names else module
            return f'import("{_relative(target, base)}")'
        if module in self.names:
            return f"Promise.resolve({self.names[target]})"
        self.asked.add(self.names[target])
        return f'import("{self._way(module)}").then((all)=>all.{self.names[target]})'

    def _binding(self, clause: str | None, target: str, name: str) -> str:
        """`import <clause> from` as constants; the clause may be missing."""
        clause = (clause or "").strip()
        if whole := re.fullmatch(r"\*\s*as\s+([\w$]+)", clause):
            return f"const {whole[1]}={name};"
        pairs = ",".join(a if a == b else f"{a}:{b}" for a, b in self._named(clause, target))
        return f"const{{{pairs}}}={name};" if pairs else ""

    def _named(self, clause: str, target: str) -> list[tuple[str, str]]:
        """What a clause takes of `target`, and what it calls that."""
        first, _, rest = clause.strip().partition("{")
        default = [("default", first.strip(" ,"))] if first.strip(" ,") else []
        pairs = [*default, *_pairs(rest.partition("}")[0])]
        missing = [a for a, _ in pairs if a not in self.exports[target]]
        if missing or "*" in first:
            raise Unjoinable(f"{target} does not plainly export {', '.join(missing) or clause}")
        return pairs

    def _way(self, module: str) -> str:
        return _relative(self.entry, module)


def _pairs(names: str) -> list[tuple[str, str]]:
    """`a, b as c` as (a, a), (b, c)."""
    parts = [re.split(r"\s+as\s+", part.strip()) for part in names.split(",") if part.strip()]
    return [(part[0], part[-1]) for part in parts]


def _resolved(module: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), path))


def _relative(target: str, module: str) -> str:
    way = posixpath.relpath(target, posixpath.dirname(module))
    return way if way.startswith(".") else f"./{way}"
