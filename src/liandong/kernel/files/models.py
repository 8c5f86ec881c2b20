"""Tables of files: what is kept, and what is still on its way in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.visibility import Scoped


class File(Scoped):
    """A file somebody handed in: name and audience here, the bytes in the storage by digest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("文件名"), max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    subject_kind = models.CharField(max_length=100, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    account = models.CharField(max_length=64, blank=True)

    class Meta(Scoped.Meta):
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["subject_kind", "subject_id"], name="file_subject"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Where the storage keeps the bytes."""
        return f"{self.digest[:2]}/{self.digest}"


class Upload(models.Model):
    """A file of which only a part has arrived; housekeeping until it is whole."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.received}/{self.size}"
