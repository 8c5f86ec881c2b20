"""Tables of the journal."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from liandong.kernel.ids import uuid7


class Entry(models.Model):
    """One fact: an envelope, and a commitment to a payload that stands beside it. Insert-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    realm = models.CharField(max_length=64)
    at = models.DateTimeField()
    happened_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    subject_kind = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    actor = models.JSONField()
    cause = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="effects"
    )
    incident = models.CharField(max_length=64, blank=True)
    audience = ArrayField(models.CharField(max_length=100))
    algorithm = models.CharField(max_length=20)
    commitment = models.CharField(max_length=128)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="entry_subject"),
            models.Index(
                fields=["incident", "id"], name="entry_incident", condition=~Q(incident="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.id}"

    def envelope(self) -> dict[str, Any]:
        """Everything the chain's digest covers: all columns, none of the payload."""
        return {
            "id": str(self.id),
            "realm": self.realm,
            "at": _moment(self.at),
            "happened_at": _moment(self.happened_at) if self.happened_at else None,
            "name": self.name,
            "version": self.version,
            "subject_kind": self.subject_kind,
            "subject_id": self.subject_id,
            "actor": self.actor,
            "cause": str(self.cause_id) if self.cause_id else None,
            "incident": self.incident,
            "audience": self.audience,
            "algorithm": self.algorithm,
            "commitment": self.commitment,
        }


def _moment(at: datetime) -> str:
    """Write a moment so that every time zone and Python gives the same text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class Payload(models.Model):
    """What an entry said. May be erased by law (《突发事件应对法》第85条): the chain holds."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT)
    salt = models.CharField(max_length=64)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]


class Outbox(models.Model):
    """An entry that waits for its position."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"waiting: {self.entry_id}"


class Link(models.Model):
    """A place in the chain. Written by the sequencer alone, insert-only."""

    position = models.BigIntegerField(primary_key=True)
    epoch = models.PositiveIntegerField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    digest = models.CharField(max_length=128)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.epoch}:{self.position}"


class Delivery(models.Model):
    """That one handler still owes one entry an answer. Paid, it is gone."""

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="deliveries")
    handler = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    dead = models.BooleanField(default=False)
    trouble = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["handler", "subject_kind", "subject_id", "link"], name="delivery_queue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler} for {self.link_id}"


class Call(models.Model):
    """An idempotency key that was used, for what, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    realm = models.CharField(max_length=64)
    holder = models.CharField(max_length=100)
    action = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64)
    result_kind = models.CharField(max_length=100, blank=True)
    result_id = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "holder", "action", "key"], name="call_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"
