"""Registers the person's log as a stream; knows no other app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "digi.accounts"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext

        from digi import errors
        from digi.accounts import queries, sessions
        from digi.kit import cursors, threads
        from digi.live import sources
        from digi.live.changes import PERSON

        errors.speak(gettext)
        sources.register(PERSON, heads=queries.heads, changes=queries.changes)
        sessions.watch()
        threads.before_each(cursors.tidy)
