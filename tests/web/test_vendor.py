"""The browser's libraries are what `vendor.json` says: every file as it was published, every licence kept."""

import hashlib
import json
import re
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parents[2] / "digi/web/static/digi/vendor"
LIBRARIES = json.loads((VENDOR / "vendor.json").read_text())["libraries"]
FILES = [(library, file) for library in LIBRARIES for file in library["files"]]


@pytest.mark.parametrize(("library", "file"), FILES, ids=lambda value: value.get("name", value.get("package")))
def test_a_vendored_file_is_the_one_that_was_noted(library, file):
    assert hashlib.sha256((VENDOR / file["name"]).read_bytes()).hexdigest() == file["sha256"]


def test_nothing_lies_there_that_nobody_noted():
    noted = {file["name"] for _, file in FILES} | {"vendor.json"}
    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert {name for name in found - noted if not name.endswith(".d.ts")} == set()


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library["package"])
def test_a_library_has_its_version_origin_and_licence(library):
    assert re.fullmatch(r"\d+\.\d+\.\d+", library["version"])
    assert library["integrity"].startswith("sha512-")
    assert library["licence"] in {"MIT", "Apache-2.0"}
    licences = [file["name"] for file in library["files"] if file["name"].startswith("licences/")]
    assert licences
    assert all((VENDOR / name).stat().st_size > 500 for name in licences)


@pytest.mark.parametrize("script", sorted(VENDOR.glob("*.js")), ids=lambda path: path.name)
def test_a_vendored_module_asks_only_its_neighbours(script):
    text = script.read_text()
    asked = re.findall(r"""\bfrom\s*["']([^"']+)["']""", text)
    assert all(name.startswith("./") and (VENDOR / name).is_file() for name in asked)
    assert "sourceMappingURL" not in text
    assert not re.search(r"\beval\(|new Function\(", text)
