"""What can be found, and what of it has to be written anew."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from liandong.kernel.visibility import Scoped


class SearchRow(Scoped):
    """检索行: something that can be found, as its app said it last; of no realm where it is in all.

    ``names`` are the plain names, ``spelled`` the same with readings, a line each, the title
    first; ``terms`` is what the index leads by. ``at`` is when it happened, none for what
    merely is. Written anew at any time from the rows it speaks of: not journaled.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    detail = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    weight = models.SmallIntegerField(default=0)
    at = models.DateTimeField(null=True)
    names = models.TextField()
    spelled = models.TextField()
    terms = ArrayField(models.TextField())

    class Meta(Scoped.Meta):
        indexes = [
            *Scoped.Meta.indexes,
            # What waits to be sorted into the index is read through by every search: not much of it.
            GinIndex(fields=["terms"], name="search_terms", gin_pending_list_limit=512),
            models.Index(fields=["realm", "-at"], name="search_recent"),
        ]
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="found_once")]

    def __str__(self) -> str:
        return self.title


class SearchMark(models.Model):
    """How far the journal was read for search: the position of the last entry; one row."""

    position = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.position)


class SearchDue(models.Model):
    """待检索: a row that reads otherwise and that the worker has still to write anew.

    ``is_stuck``: it could not be read; nobody finds it until the index is rebuilt.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=100)
    is_stuck = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="search_due", condition=models.Q(is_stuck=False))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
