"""Which names are this machine's own."""

import socket

import pytest

from digi.kit import hosts


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8000",
        "localhost.",
        "127.0.0.1",
        "127.0.0.1:8000",
        "127.8.9.1",
        "[::1]",
        "[::1]:8000",
        "a.localhost",
    ],
)
def test_loopback_is_ones_own(host):
    assert hosts.is_own(host)


def test_the_machines_name_is_its_own():
    assert hosts.is_own(socket.gethostname())


@pytest.mark.parametrize(
    "host",
    [
        "",
        "example.org",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "192.0.2.1",
        "0.0.0.0",
        "[::]",
        "[2001:db8::1]",
        "224.0.0.1",
        "[",
        ":",
    ],
)
def test_everything_else_is_foreign(host):
    assert not hosts.is_own(host)
