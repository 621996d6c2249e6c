"""Lets Django's own commands live beside ours."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "digi.console"
