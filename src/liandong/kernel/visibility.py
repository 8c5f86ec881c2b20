"""Who may see a row: the audience on it, matched against the reader's scopes. The only source."""

from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import QuerySet, Value

from liandong.kernel.actors import EVERYTHING, Actor

M = TypeVar("M", bound=models.Model)
SCOPES: "ArrayField[Any, Any]" = ArrayField(models.CharField(max_length=100))


class Scoped(models.Model):
    """A row of one realm, seen by those who hold one of its scope keys."""

    realm = models.CharField(max_length=64, editable=False)
    audience = ArrayField(models.CharField(max_length=100), editable=False)

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["audience"], name="%(app_label)s_%(class)s_seen")]


def visible(rows: QuerySet[M], actor: Actor) -> QuerySet[M]:
    """Keep the rows of the actor's realm that the actor may see."""
    mine = rows.filter(realm=actor.realm)
    if EVERYTHING in actor.scopes:
        return mine
    return mine.filter(audience__overlap=scopes_of(actor))


def scopes_of(actor: Actor) -> Value:
    """An actor's scopes as one value of a query: of a list Django makes an expression for each."""
    return Value(sorted(actor.scopes), output_field=SCOPES)
