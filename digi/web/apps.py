"""The pages as a Django app, for its templates and static files; knows nothing else."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "digi.web"
