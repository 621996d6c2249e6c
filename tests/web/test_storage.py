import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.management import call_command

from digi.web import modules, weight
from digi.web.storage import HashedStaticFiles

HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
# What a browser would load, found in another way than the storage finds it: all strings after from, import, import(.
LOADED = re.compile(r"""(?:\bfrom|\bimport|\bimport\s*\()\s*["'](\.[^"']+)["']""")
FIRST_LOAD = 60 * 1024  # bytes of script and style, compressed


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    storages = {"staticfiles": {"BACKEND": "digi.web.storage.HashedStaticFiles"}}
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def twin(collected: Path, path: str) -> Path:
    """The hashed file of a static path."""
    stem, _, ending = path.rpartition(".")
    [found] = [file for file in collected.glob(f"{stem}.*.{ending}") if HASHED.search(file.name)]
    return found


def sources() -> dict[str, str]:
    """Our own modules and sheets, as they are developed."""
    root = Path(finders.find("digi/main.js") or "").parent.parent
    found = [*root.glob("digi/**/*.js"), *root.glob("digi/**/*.css")]
    return {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in found}


def test_every_import_of_every_module_names_a_hashed_file_that_exists(collected: Path):
    hashed = [file for file in collected.rglob("digi/**/*.js") if HASHED.search(file.name)]
    assert hashed
    for file in hashed:
        for path in LOADED.findall(file.read_text("utf-8")):
            assert HASHED.search(path), f"{file.name} loads {path}; does it end with a semicolon?"
            assert (file.parent / path).is_file(), f"{file.name} loads {path}"


def test_the_first_load_is_one_module_and_one_sheet(collected: Path, caplog):
    main = twin(collected, "digi/main.js").read_text("utf-8")
    assert not re.search(r"""\bfrom\s*["']""", main), "the modules could not be joined"
    assert "export function" not in main
    sheet = twin(collected, modules.JOINED_SHEET).read_text("utf-8")
    assert all(f"--{name}" in sheet for name in ("accent", "ink"))


def test_the_first_load_is_small(collected: Path):
    files = [twin(collected, path) for path in (*modules.first_modules(), *modules.first_sheets())]
    sizes = {file.name: len(brotli.compress(file.read_bytes(), quality=11)) for file in files}
    assert sum(sizes.values()) <= FIRST_LOAD, sizes


def test_every_file_has_its_hashed_and_its_compressed_twin(collected: Path):
    for name in ("icons.svg", "favicon.svg", "main.js", "css/island.joined.css", "css/pages.css"):
        file = twin(collected, f"digi/{name}")
        compressed = file.with_name(f"{file.name}.br")
        assert compressed.is_file() or file.stat().st_size < 1000
        assert not compressed.is_file() or brotli.decompress(compressed.read_bytes()) == file.read_bytes()


def test_all_modules_of_one_version_carry_one_hash(collected: Path):
    hashes = {HASHED.search(file.name)[0] for file in collected.rglob("digi/**/*.js") if HASHED.search(file.name)}  # type: ignore[index]
    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("// One.\n// Two.\nlet a = 1;\n", "let a = 1;\n"),
        ("/** @type {X} */\nlet a;", "let a;"),
        ("/**\n * Many\n * lines.\n */\nlet a;", "let a;"),
        ("let a; // behind", "let a;"),
        ("f(/** @type {X} */ (a));", "f((a));"),
        ("{\n    let a;\n\n    let b;\n}", "{\nlet a;\nlet b;\n}"),
        ('let a = "https://b";', 'let a = "https://b";'),
        ('let a = "image/*"; let b = "*/";', 'let a = "image/*"; let b = "*/";'),
        (".a { color: red; } /* why */\n", ".a { color: red; } \n"),
    ],
)
def test_comments_and_indentation_are_not_sent(source, sent):
    assert weight.without_comments(source) == sent


def test_no_comment_that_is_taken_away_holds_the_end_of_a_text():
    for path, source in sources().items():
        if path.startswith(weight.VENDORED):
            continue
        for found in weight._SPARE.finditer(source):
            before = source[source.rfind("\n", 0, found.start()) + 1 : found.start()]
            code = re.sub(r"/(?:\\.|[^/\\\n])+/", "", before)
            odd = [quote for quote in "\"'`" if code.count(quote) % 2]
            assert not found[0].strip() or not odd, f"{path}: {before}{found[0]}"


def test_no_text_of_several_lines_depends_on_its_indentation():
    """Of html`…` it is dropped anyway; other templates have to be of one line."""
    for path, source in sources().items():
        if path.endswith(".js") and not path.startswith(weight.VENDORED):
            text = weight.without_comments(source)
            assert not re.findall(r"(?:[=:?,+] |=> |\((?=`[^`\n]*$)|\breturn )`[^`\n{]*\n.*", text, re.MULTILINE), path


@pytest.fixture
def rewritten(tmp_path):
    def rewritten(**files: str) -> dict[str, str]:
        storage = HashedStaticFiles(location=tmp_path, base_url="/static/")
        for name, source in files.items():
            storage._save(f"digi/{name}.js", ContentFile(source.encode()))
        paths = {f"digi/{name}.js": (storage, f"digi/{name}.js") for name in files}
        done = {name: hashed for name, hashed, processed in storage.post_process(paths) if HASHED.search(str(hashed))}
        return {name: (tmp_path / done[f"digi/{name}.js"]).read_text() for name in files}

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
        'const b = import("./b.js").then(use);',
        'let x=1;import{a}from"./b.js";',
        '// Views alone import this.\nimport { a } from "./b.js";',
        '/** an import of a */\nimport { a } from "./b.js";',
    ],
)
def test_a_relative_import_becomes_hashed_however_it_is_written(rewritten, statement, settings):
    settings.STATIC_URL = "/static/"
    source = rewritten(a=statement, b="export const a = 1;")["a"]
    assert HASHED.search(LOADED.findall(source)[0])


@pytest.mark.parametrize(
    "comment",
    ['/** @type {import("./none.js").T} */', '// import("./none.js")', '/*\n * import { x } from "./none.js";\n */'],
)
def test_an_import_in_a_comment_is_none(rewritten, comment):
    assert rewritten(a=f"{comment}\nexport const a = 1;")["a"] == "export const a = 1;"


def test_modules_may_load_each_other_later(rewritten):
    made = rewritten(a='export const later = () => import("./b.js");', b='import { later } from "./a.js";\nlater();')
    assert all(HASHED.search(LOADED.findall(source)[0]) for source in made.values())


def test_a_long_chain_of_imports_is_followed_to_its_end(rewritten):
    files = {f"m{number}": f'import "./m{number + 1}.js";' for number in range(12)} | {"m12": "export {};"}
    assert all(HASHED.search(LOADED.findall(source)[0]) for name, source in rewritten(**files).items() if name != "m12")


def test_modules_that_cannot_be_joined_stay_apart(caplog):
    files = {"digi/main.js": 'import "./a.js";', "digi/a.js": 'import "./main.js";'}
    assert set(weight.lightened(files)) >= set(files)
    assert "cycle" in caplog.text


def test_in_development_the_page_asks_for_all_modules_at_once(tmp_path, monkeypatch, settings):
    sources = {
        "app/main.js": '// import it\nimport { a } from "./room/a.js";\nimport "./b.js";\n/** {import("./t.js").T} */',
        "app/room/a.js": 'import { b } from "../b.js";\nexport const a = () => import("./later.js");',
        "app/b.js": "export const b = 1;",
        "app/room/later.js": "export const c = 1;",
    }
    for name, source in sources.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source)
    found = {name: str(tmp_path / name) for name in sources}
    monkeypatch.setattr(finders, "find", found.get)
    modules.reached_from.cache_clear()
    assert modules.reached_from("app/main.js") == ("app/main.js", "app/room/a.js", "app/b.js")
    modules.reached_from.cache_clear()
    settings.DEBUG = True
    assert modules.first_sheets() == modules.SHEETS
