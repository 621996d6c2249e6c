"""What makes the island an app: the service worker, the page without the server, and the manifest."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client, override_settings

from digi.web import modules, policy
from digi.web.views import installing


@pytest.fixture(autouse=True)
def _anew():
    """Each answer is made once in a process, and here for more than one kind of storage."""
    yield
    installing._worker.cache_clear()
    installing._shell.cache_clear()


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    root = tmp_path_factory.mktemp("static")
    storages = {"staticfiles": {"BACKEND": "digi.web.storage.HashedStaticFiles"}}
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


@pytest.fixture
def serving(collected, settings):
    """Settings under which the collected files are served."""
    settings.STATIC_ROOT = collected
    settings.STORAGES = {"staticfiles": {"BACKEND": "digi.web.storage.HashedStaticFiles"}}
    installing._worker.cache_clear()
    installing._shell.cache_clear()
    return collected


def build(script: str) -> dict:
    [told] = re.findall(r"\Aself\.BUILD = (.*);\n", script)
    return json.loads(told)


def test_the_worker_may_serve_the_whole_site_and_is_never_old(client):
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers.items() >= policy.HEADERS.items()
    assert not answer.cookies


def test_scripts_may_make_the_address_of_the_worker_and_no_other(client):
    content = client.get("/shell/").headers["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in content
    assert f"trusted-types {policy.TRUSTED_TYPES}" in content
    assert "worker-src 'self'" in content
    assert "manifest-src 'self'" in content


def test_the_worker_names_every_file_that_the_island_may_ask_for(client, serving):
    told = build(client.get("/sw.js").content.decode())
    for path in told["files"]:
        assert (serving / path.removeprefix("/static/")).is_file(), path
    names = " ".join(told["files"])
    for path in ("main", "css/island.joined", "icons", "keeping", "cache", "installing", "shell", "css/settings"):
        assert re.search(rf"/digi/{path}\.[0-9a-f]{{12}}\.\w+", names), path
    reached = modules.reached_from(modules.ENTRY)
    later = {
        file.relative_to(serving).as_posix()
        for file in serving.rglob("digi/**/*.js")
        if re.search(r"\.[0-9a-f]{12}\.js$", file.name) and file.stat().st_size <= modules.LARGE
    }
    assert later
    for path in later:
        plain = re.sub(r"\.[0-9a-f]{12}\.", ".", path)
        assert plain in modules.ALONE or f"/static/{path}" in told["files"], path
        assert plain == modules.ENTRY or plain not in reached, f"{plain} is in the joined module"


def test_nothing_that_pages_of_the_server_use_alone_is_fetched_for_the_island(client, serving):
    names = " ".join(build(client.get("/sw.js").content.decode())["files"])
    assert not re.search(r"/(pages|lite|still|tokens|leaving|worker)\.", names)
    assert not re.search(r"\.(ts|txt|json|png)", names)


def test_another_file_is_another_version(client, serving, monkeypatch):
    before = build(client.get("/sw.js").content.decode())["version"]
    assert before == build(client.get("/sw.js").content.decode())["version"]
    installing._worker.cache_clear()
    monkeypatch.setattr(modules, "kept_offline", lambda: ["/static/digi/main.000000000000.js"])
    assert build(client.get("/sw.js").content.decode())["version"] != before


def test_in_development_nothing_is_kept(client, settings):
    settings.DEBUG = True
    assert build(client.get("/sw.js").content.decode())["files"] == []


@pytest.mark.django_db
def test_the_page_without_the_server_holds_nothing_of_anybody(alice, as_, client):
    inside, outside = as_(alice).get("/shell/"), Client(headers={"accept-language": "de"}).get("/shell/")
    assert inside.content == outside.content
    assert b"alice" not in inside.content.lower()
    assert not inside.cookies
    assert b'id="boot"' not in inside.content


def test_the_page_without_the_server_has_the_addresses_of_this_version(client, serving):
    page = client.get("/shell/").content.decode()
    [embedded] = re.findall(r'<script type="application/json" id="shell">(.*?)</script>', page)
    told = json.loads(embedded)
    files = build(client.get("/sw.js").content.decode())["files"]
    assert told["urls"]["icons"] in files
    assert told["limits"]["body"] == 8000
    assert set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', page)) <= set(files)


def test_the_manifest_is_named_after_the_server_and_its_pictures_exist(client, settings):
    settings.DIGI_NAME = "Greenhouse"
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert told["name"] == "Greenhouse"
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        file = Path(finders.find(urlsplit(icon["src"]).path.removeprefix("/static/")) or "")
        assert size(file) == tuple(map(int, icon["sizes"].split("x")))


def test_every_page_names_the_manifest_and_the_icon_of_apples_home_screen(client):
    page = client.get("/about/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    [icon] = re.findall(r'<link rel="apple-touch-icon" href="/static/([^"]+)">', page)
    assert size(Path(finders.find(icon) or "")) == (180, 180)


def size(png: Path) -> tuple[int, int]:
    content = png.read_bytes()
    assert content.startswith(b"\x89PNG")
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
