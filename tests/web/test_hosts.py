"""Which Host a page may be asked of."""

import pytest
from django.test import Client

from digi.kit import hosts


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST", "digi.localhost", "127.0.0.1:80"]
)
def test_loopback_is_this_machine(host: str) -> None:
    assert hosts.is_own(host)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "192.0.2.7", "0.0.0.0", "", "[2001:db8::1]:80"]
)
def test_a_foreign_name_or_address_is_not(host: str) -> None:
    assert not hosts.is_own(host)


@pytest.mark.django_db
def test_a_page_of_a_foreign_name_is_refused(client: Client) -> None:
    assert client.get("/about/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/about/", headers={"host": "localhost:8000"}).status_code == 200


@pytest.mark.django_db
def test_the_name_of_the_server_is_allowed_where_it_is_said(client: Client, settings) -> None:
    settings.DIGI_URL, settings.ALLOWED_HOSTS = "https://chat.example", ["chat.example"]
    assert client.get("/about/", headers={"host": "chat.example"}, secure=True).status_code == 200
    assert client.get("/about/", headers={"host": "evil.example"}, secure=True).status_code == 400
