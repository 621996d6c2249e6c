"""The API as programs and pages call it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from digi.accounts import sessions
from digi.accounts.models import User

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call() -> Call:
    """`call(user, "/rooms")`, or `call(user, "/commands/room.open", {"name": "…"})`: the status and the answer."""
    tokens: dict[int, str] = {}

    def call(user: User | None, path: str, body: Any = None, *, method: str = "") -> tuple[int, Any]:
        headers = {}
        if user is not None:
            tokens[user.pk] = tokens.get(user.pk) or sessions.new_token(user)
            headers["Authorization"] = f"Bearer {tokens[user.pk]}"
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        response = client.generic(
            method or ("GET" if body is None else "POST"),
            f"/api/v1{path}",
            b"" if body is None else content,
            content_type="application/json",
            headers=headers,
        )
        assert response["Content-Type"] == "application/json", response.content
        return response.status_code, json.loads(response.content)

    return call
