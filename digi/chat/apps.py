"""Registers rooms' logs, and rooms' part of people's logs, as streams."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "digi.chat"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        from digi.chat import logs
        from digi.live import sources
        from digi.live.changes import PERSON, ROOM

        sources.register(ROOM, heads=logs.heads, changes=logs.room_changes)
        sources.register(PERSON, changes=logs.person_changes)
