"""Pages as browsers get them: one client for each of the cast, and what stands on a page."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from digi.accounts.models import User

PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.fixture(autouse=True)
def _plain_names_and_no_memory(settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN}}
    cache.clear()  # allauth counts tries there
    yield
    cache.clear()


@pytest.fixture
def as_() -> Callable[[User], Client]:
    def as_(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return as_


class Page(HTMLParser):
    """The elements of a page, and the text between them."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, Any]]] = []
        self._texts: list[str] = []
        self.feed(response.content.decode())
        self.text = " ".join(" ".join(self._texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value if value is not None else "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self._texts.append(data)

    def all(self, tag: str, **wanted: str) -> list[dict[str, Any]]:
        return [
            attrs
            for name, attrs in self.elements
            if name == tag and all(attrs.get(key.strip("_")) == value for key, value in wanted.items())
        ]


@pytest.fixture
def read() -> type[Page]:
    return Page
