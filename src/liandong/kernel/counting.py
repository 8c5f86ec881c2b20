"""How much an actor sees: asked on every page, so put into SQL once and then only given other values."""

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.statements import execute

Rows = Callable[[Actor], QuerySet[Any]]
# Stand in the statement where the actor's own will stand.
PERSON, POST = UUID(int=1), UUID(int=2)
REALM, SCOPES = "·realm", ["·scope"]


def count_for(actor: Actor, rows: Rows) -> int:
    """How many rows an actor sees.

    ``rows`` is a function of a module, and asks of the actor no more than realm, person, post and scopes.
    """
    return int(_ask("SELECT count(*) FROM ({}) AS seen", actor, rows) or 0)


def any_for(actor: Actor, rows: Rows) -> bool:
    """Whether an actor sees any row; of ``rows`` the same is asked as for a count."""
    return bool(_ask("SELECT EXISTS ({})", actor, rows))


def _ask(question: str, actor: Actor, rows: Rows) -> Any:
    person, post = _key(actor.person), _key(actor.post)
    sql, values = _statement(
        rows, person is not None, post is not None, EVERYTHING in actor.scopes
    )
    if not sql:
        return None
    given = {PERSON: person, POST: post, REALM: actor.realm}
    scopes = sorted(actor.scopes)
    found = execute(
        question.format(sql),
        [scopes if value == SCOPES else given.get(value, value) for value in values],
    )
    return next(found)[0]


@cache
def _statement(
    rows: Rows,
    has_person: bool,  # noqa: FBT001 -- what the statement's shape depends on
    has_post: bool,  # noqa: FBT001 -- as above
    sees_all: bool,  # noqa: FBT001 -- as above
) -> tuple[str, tuple[Any, ...]]:
    somebody = Actor(
        person=str(PERSON) if has_person else "",
        post=str(POST) if has_post else "",
        realm=REALM,
        scopes=frozenset({EVERYTHING} if sees_all else SCOPES),
    )
    try:
        return rows(somebody).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "", ()


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
