import json
import re
from pathlib import Path

import pytest

from digi.web import licences

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = (ROOT / "THIRD_PARTY_LICENSES").read_text("utf-8")
LOCKED = sorted(
    set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;]+)", (ROOT / "requirements/run.txt").read_text(), re.MULTILINE))
)
LIBRARIES = json.loads((ROOT / "digi/web/static/digi/vendor/vendor.json").read_text())["libraries"]
NOTICES = {notice.name: notice for notice in licences.read(DOCUMENT)}
BSD = (
    "Redistribution and use in source and binary forms",
    "Redistributions of source code must retain the above copyright",
    "Redistributions in binary form must reproduce the above copyright",
    "endorse or promote products",
    "THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS",
)


def of(name: str) -> licences.Notice:
    [found] = [notice for title, notice in NOTICES.items() if title.split(" ")[0] == name]
    return found


@pytest.mark.parametrize(("name", "version"), LOCKED)
def test_every_locked_package_is_noticed_in_its_version(name, version):
    assert version in re.split(r"[ ,]+", of(name).name), "run bin/licences"


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library["package"])
def test_every_library_of_the_browser_is_noticed(library):
    notice = NOTICES[f"{library['package']} {library['version']} (npm)"]
    assert len(notice.text) > 500


@pytest.mark.parametrize("name", ["django", "channels", "daphne", "channels-redis"])
def test_the_bsd_notices_of_what_digi_stands_on_are_kept_in_full(name):
    text = " ".join(of(name).text.split())
    assert "Copyright (c) Django Software Foundation" in text
    assert all(sentence in text for sentence in BSD)


def test_nobody_is_said_to_endorse_digi():
    assert "do not endorse" in " ".join(DOCUMENT[:1000].split())


def test_the_page_shows_them_all(client, db, read):
    page = read(client.get("/about/licences/"))
    assert len(page.all("details")) == len(NOTICES) > 40
    assert "do not endorse Digi" in page.text


def test_a_notice_is_read_as_it_was_written():
    notice = licences.Notice("a 1", "MIT", "text\n\nmore | text")
    assert licences.read("intro\n" + licences.written(notice) * 2) == (notice, notice)
