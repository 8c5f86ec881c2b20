"""That a process is alive: housekeeping, not journalled."""

import os
import socket

from django.db import models

from liandong.kernel import clock


class Heartbeat(models.Model):
    """The last sign of life of a part of the node."""

    part = models.CharField(primary_key=True, max_length=100)
    process = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.part} {self.at:%F %T}"


def beat(part: str) -> None:
    """Say that this part of the node lives."""
    process = f"{socket.gethostname()}:{os.getpid()}"
    Heartbeat.objects.update_or_create(
        part=part, defaults={"process": process, "at": clock.real()}
    )
