import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.management import call_command

from digi.web import modules
from digi.web.storage import HashedStaticFiles

HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
# What a browser would load, found in another way than the storage finds it: all strings after from, import, import(.
LOADED = re.compile(r"""(?:\bfrom|\bimport|(?:await|=>)\s+import\s*\()\s*["'](\.[^"']+)["']""")


def without_comments(source: str) -> str:
    return re.sub(r"(?s:/\*.*?\*/)|^\s*//.*$", "", source, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    storages = {"staticfiles": {"BACKEND": "digi.web.storage.HashedStaticFiles"}}
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def test_every_import_of_every_module_names_a_hashed_file_that_exists(collected: Path):
    hashed = [file for file in collected.rglob("digi/**/*.js") if HASHED.search(file.name)]
    loads = [(file, path) for file in hashed for path in LOADED.findall(without_comments(file.read_text("utf-8")))]
    assert len(hashed) == len(list(collected.rglob("digi/**/*.js"))) / 2
    for file, path in loads:
        assert HASHED.search(path), f"{file.name} loads {path}; does it end with a semicolon?"
        assert (file.parent / path).is_file(), f"{file.name} loads {path}"


def test_every_file_has_its_hashed_and_its_compressed_twin(collected: Path):
    for name in ("icons.svg", "favicon.svg", "css/tokens.css", "css/pages.css"):
        stem, _, ending = name.rpartition(".")
        [twin] = [file for file in collected.glob(f"digi/{stem}.*.{ending}") if HASHED.search(file.name)]
        assert twin.with_name(f"{twin.name}.br").is_file() or twin.stat().st_size < 1000


@pytest.fixture
def rewritten(tmp_path):
    def rewritten(**files: str) -> dict[str, str]:
        storage = HashedStaticFiles(location=tmp_path, base_url="/static/")
        for name, source in files.items():
            storage._save(f"{name}.js", ContentFile(source.encode()))
        paths = {f"{name}.js": (storage, f"{name}.js") for name in files}
        done = {name: hashed for name, hashed, processed in storage.post_process(paths) if HASHED.search(str(hashed))}
        return {name: (tmp_path / done[f"{name}.js"]).read_text() for name in files}

    return rewritten


@pytest.mark.parametrize(
    "statement",
    [
        'import { a } from "./b.js";',
        "import { a } from './b.js' ;",
        'import{a as c}from"./b.js";',
        'import * as b from "./b.js";',
        'import b, {\n  a,\n} from "./b.js";',
        'export * from "./b.js";',
        'export { a } from "./b.js";',
        'import "./b.js";',
        'const b = await import("./b.js");',
        'const b = () => import("./b.js");',
        'let x=1;import{a}from"./b.js";',
        '// Views alone import this.\nimport { a } from "./b.js";',
        '/** an import of a */\nimport { a } from "./b.js";',
    ],
)
def test_a_relative_import_becomes_hashed_however_it_is_written(rewritten, statement, settings):
    settings.STATIC_URL = "/static/"
    source = rewritten(a=statement, b="export const a = 1;")["a"]
    assert HASHED.search(LOADED.findall(without_comments(source))[0])


@pytest.mark.parametrize(
    "comment", ['/** @type {import("./none.js").T} */', '// import("./none.js")', ' * import { x } from "./none.js";']
)
def test_comments_are_left_alone(rewritten, comment):
    assert comment in rewritten(a=f"{comment}\nexport const a = 1;")["a"]


def test_a_long_chain_of_imports_is_followed_to_its_end(rewritten):
    files = {f"m{number}": f'import "./m{number + 1}.js";' for number in range(12)} | {"m12": "export {};"}
    assert all(HASHED.search(LOADED.findall(source)[0]) for name, source in rewritten(**files).items() if name != "m12")


def test_the_page_can_ask_for_all_modules_at_once(tmp_path, monkeypatch):
    sources = {
        "app/main.js": '// import it\nimport { a } from "./room/a.js";\nimport "./b.js";\n/** {import("./t.js").T} */',
        "app/room/a.js": 'import { b } from "../b.js";\nexport const a = 1;',
        "app/b.js": "export const b = 1;",
    }
    for name, source in sources.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source)
    found = {name: str(tmp_path / name) for name in sources}
    monkeypatch.setattr(finders, "find", found.get)
    modules.reached_from.cache_clear()
    assert modules.reached_from("app/main.js") == ("app/main.js", "app/room/a.js", "app/b.js")
    modules.reached_from.cache_clear()
