"""Static files at the start of a server: collected when they changed, and those of older versions kept for a while."""

import os
import time

import pytest

from digi.console import preparing

OLD = "digi/later.0123456789ab.js"


@pytest.fixture
def root(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    preparing.collect_static_files()
    return settings.STATIC_ROOT


def changed(monkeypatch) -> None:
    monkeypatch.setattr(preparing, "_fingerprint", lambda: "another version")


def test_files_are_collected_once_and_again_when_one_has_changed(root, monkeypatch):
    stamp = root / ".collected"
    before = stamp.stat().st_mtime_ns
    preparing.collect_static_files()
    assert stamp.stat().st_mtime_ns == before
    changed(monkeypatch)
    preparing.collect_static_files()
    assert stamp.read_text() == "another version"
    assert list(root.glob("digi/main.*.js"))


def test_a_page_of_an_older_version_still_finds_its_files(root, monkeypatch):
    for name in (OLD, f"{OLD}.br"):
        (root / name).write_text("old")
    (root / "digi/dropped.js").write_text("not hashed")
    changed(monkeypatch)
    preparing.collect_static_files()
    assert (root / OLD).read_text() == (root / f"{OLD}.br").read_text() == "old"
    assert not (root / "digi/dropped.js").exists()
    assert [path.name for path in root.parent.iterdir()] == ["static"]


def test_what_is_a_month_old_goes(root, monkeypatch):
    (root / OLD).write_text("old")
    long_ago = time.time() - preparing.KEPT - 60
    os.utime(root / OLD, (long_ago, long_ago))
    changed(monkeypatch)
    preparing.collect_static_files()
    assert not (root / OLD).exists()
