"""The documentation says what is there, all of it, and nothing else."""

import json
import re
from pathlib import Path

import pytest

from digi.api.urls import api
from digi.console import main
from digi.protocol import commands

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_READ = re.compile(r"""(?:_env|Environment\(\))\.(text|secret|choice|number|flag|items)\(\s*"([A-Z_]+)\"""")


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def settings() -> set[str]:
    """Every environment variable that Digi itself reads."""
    found = set()
    for path in ("digi/config/settings.py", "digi/kit/threads.py"):
        for reader, name in _READ.findall(read(path)):
            found |= {name, f"{name}_FILE"} if reader == "secret" else {name}
    return found


def documented_settings() -> set[str]:
    table = read("docs/operations.md").partition("## Settings")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_one_exists():
    assert {"DIGI_DATA", "DATABASE_URL", "DIGI_ID_KEY_FILE", "DIGI_THREADS"} <= settings()
    assert documented_settings() == settings()


def test_no_page_speaks_of_a_setting_that_is_not_there():
    known = settings() | set(re.findall(r"DIGI_\w+", read("tests/services.py") + read("tests/browsers.py")))
    for page in PAGES:
        spoken = set(re.findall(r"\b(?:DIGI_[A-Z_]+[A-Z]|DATABASE_URL|REDIS_URL)\b", page.read_text("utf-8")))
        assert spoken <= known, page.name


@pytest.mark.parametrize("name", commands.BY_NAME)
def test_every_command_has_a_section_in_the_manual(name):
    assert f"\n### `{name}`\n" in read("docs/protocol.md")


def test_every_request_of_the_api_is_in_the_manual():
    manual = read("docs/protocol.md")
    for path, methods in api.get_openapi_schema()["paths"].items():
        if "/commands/" not in path:
            for method in methods:
                assert re.search(rf"`{method.upper()} {re.escape(path)}[?`]", manual), f"{method} {path}"


def test_every_word_of_the_digi_command_is_in_operations():
    table = read("docs/operations.md").partition("## Commands")[2].partition("\n## ")[0]
    subparsers = next(action for action in main._parser()._actions if action.dest == "command")
    assert isinstance(subparsers.choices, dict)
    for name, parser in subparsers.choices.items():
        assert f"`digi {name}" in table
        for option in re.findall(r"--[a-z-]+", parser.format_help()):
            assert option == "--help" or option in table, f"digi {name} {option}"


def requirements(path: str) -> set[str]:
    lines = [line.partition("#")[0].strip() for line in read(path).splitlines()]
    return {re.split(r"[\[~<>=; ]", line)[0] for line in lines if line and not line.startswith("-")}


def packages() -> set[str]:
    found = set()
    for path in ("package.json", "requirements/chromium/package.json", "bench/socketio/package.json"):
        declared = json.loads(read(path))
        found |= {*declared.get("dependencies", {}), *declared.get("devDependencies", {})}
    vendored = json.loads(read("digi/web/static/digi/vendor/vendor.json"))["libraries"]
    return found | {library["package"] for library in vendored}


def test_every_dependency_has_its_reason():
    declared = set().union(
        *(requirements(f"requirements/{path.name}") for path in (ROOT / "requirements").glob("*.in"))
    )
    reasons = set(re.findall(r"^\| ([@\w/.-]+)", read("docs/dependencies.md"), re.MULTILINE)) - {"Package", "---"}
    assert reasons == declared | packages()


def links(page: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_promises_name_tests_that_exist():
    table = read("docs/architecture.md").partition("## Promises")[2].partition("\n## ")[0]
    named = re.findall(r"`(tests/[\w/.]+)`", table)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_decision_is_listed():
    listed = read("docs/adr/README.md")
    for page in (ROOT / "docs/adr").glob("0*.md"):
        assert f"]({page.name})" in listed
