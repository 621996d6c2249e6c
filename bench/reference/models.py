"""The reference's one table."""

from typing import ClassVar

from django.db import models


class Message(models.Model):
    objects: ClassVar[models.Manager["Message"]] = models.Manager()
    room = models.CharField(max_length=100)
    user = models.CharField(max_length=100)
    text = models.TextField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "reference"
        indexes: ClassVar = [models.Index(fields=["room", "id"])]
