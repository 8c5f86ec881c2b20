"""Actions: the only way a row that matters changes. One permission, one transaction, one entry."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.apps import apps
from django.db import models, transaction

from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.events import Event
from liandong.kernel.ids import uuid7
from liandong.kernel.journal import causes
from liandong.kernel.journal.writing import Called, Fact, append
from liandong.kernel.problems import Forbidden, Invalid, KeyReused, Stale
from liandong.kernel.realms import demand_open
from liandong.kernel.statements import execute
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded

LONGEST_KEY = 200
LONGEST_HOLDER = 100
# Deadlock and serialization: the database gave one of two who came at once the way.
CAUGHT = frozenset({"40P01", "40001"})
# Halves of characters beyond the basic plane, as JSON may escape them one without the other.
HALF = re.compile("[\ud800-\udfff]")

P = ParamSpec("P")
R = TypeVar("R", bound=models.Model)


@dataclass
class _Act:
    actor: Actor
    facts: list[Fact]
    calls: list[Called]


@dataclass(frozen=True)
class Action:
    """An entry of the catalog: what can be done, and the permission it asks for."""

    name: str
    permission: str
    run: Callable[..., models.Model]


catalog: dict[str, Action] = {}
_act: ContextVar[_Act | None] = ContextVar("act", default=None)


def action(
    permission: str,
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function an action: check the permission, open the transaction, keep the journal.

    ``idempotency_key``: a key that was used returns the row it made, waits for a first call
    still running, and raises ``KeyReused`` for other arguments. Raises ``Forbidden`` when no
    grant of the actor names the permission; how far a grant reaches the action itself asks.
    Raises ``RealmClosed`` in a drill that is over.
    Raises ``SignatureWanted`` where a shared machine may do it only as somebody who signs.
    Inside, words are the county's: what is kept and sent does not depend on who reads in what.
    """

    def decorate(fn: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        name = f"{fn.__module__.split('.')[1]}.{fn.__name__}"

        @wraps(fn)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            actor.demand(permission)
            # What an ordinary deed entails needs no signature of its own.
            if _act.get() is None:
                actor.demand_signature(permission)
            _refuse_nul(kwargs)
            with recorded(), _acting(actor) as act:
                key = str(kwargs.get("idempotency_key") or "")
                call = _claim(name, actor, key, kwargs) if key else None
                if isinstance(call, _Before):
                    model: type[models.Model] = apps.get_model(call.kind)
                    return cast("R", model._base_manager.get(pk=call.pk))
                result = fn(actor, *args, **kwargs)
                if call:
                    act.calls.append(Called(call, result._meta.label, str(result.pk)))
                return result

        catalog[name] = Action(name, str(permission), run)
        return run

    return decorate


@contextmanager
def _acting(actor: Actor) -> Iterator[_Act]:
    """Collect facts; the outermost act appends them. Only a delivery may wrap that act."""
    outer = _act.get()
    if outer and outer.actor.realm != actor.realm:
        raise Forbidden(_("一次办理不能跨越演练与实战。"))
    act = _Act(actor, outer.facts if outer else [], outer.calls if outer else [])
    before = len(act.facts), len(act.calls)
    token = _act.set(act)
    cause = causes.current.get()
    try:
        with transaction.atomic(durable=outer is None and cause is None):
            if outer is None and actor.realm != ACTUAL:
                demand_open(actor.realm)
            yield act
            if outer is None:
                append(act.facts, act.calls, cause=cause)
    except BaseException as trouble:
        del act.facts[before[0] :], act.calls[before[1] :]
        if getattr(trouble.__cause__, "sqlstate", "") in CAUGHT:
            raise Stale(
                _("别人正在办理同一件事，这一次没有办成。"),
                remedy=_("请看最新情况后再办一次。"),
            ) from trouble
        raise
    finally:
        _act.reset(token)


def happened(
    fact: Event,
    *,
    incident: str = "",
    audience: Iterable[str],
    told: datetime | None = None,
    by: Actor | None = None,
) -> None:
    """Record a fact; it reaches the journal if, and only if, the action commits.

    ``by`` is the same person in another of their chairs, where it is that one that counts.
    """
    act = _act.get()
    if act is None:
        raise RuntimeError("facts happen inside actions")
    act.facts.append(Fact(fact, by or act.actor, incident, frozenset(audience), told))


@dataclass(frozen=True)
class _Before:
    """What an earlier call with the same key made."""

    kind: str
    pk: str


CLAIM = """
INSERT INTO kernel_call (id, realm, holder, action, key, asked, result_kind, result_id)
VALUES (%s, %s, %s, %s, %s, %s, '', '') ON CONFLICT DO NOTHING
"""
FIND = """
SELECT asked, result_kind, result_id FROM kernel_call
WHERE realm = %s AND holder = %s AND action = %s AND key = %s
"""


def _claim(name: str, actor: Actor, key: str, arguments: Mapping[str, Any]) -> str | _Before:
    """Claim the key, or find what it made: a second caller waits here for the first's commit."""
    if len(key) > LONGEST_KEY:
        raise Invalid(
            _("办理编号太长。"), place="idempotency_key", remedy=_("请刷新页面后再办。")
        )
    plain = sorted((k, _plain(v)) for k, v in arguments.items())
    asked = hashlib.sha256(repr(plain).encode()).hexdigest()
    holder = actor.post or actor.account or actor.device or actor.label
    place = (actor.realm, holder[:LONGEST_HOLDER], name, key)
    pk = str(uuid7())
    if execute(CLAIM, [pk, *place, asked]).rowcount:
        return pk
    before, kind, made = execute(FIND, place).fetchall()[0]
    if before != asked:
        raise KeyReused(
            _("这份表单已经提交过，而内容不同。"),
            remedy=_("请刷新页面，核对已办的结果后重新填写。"),
        )
    return _Before(kind, made)


def _plain(value: object) -> str:
    if isinstance(value, models.Model):
        return f"{value._meta.label}:{value.pk}"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_plain, value))}]"
    if isinstance(value, set | frozenset):  # whose order differs from process to process
        return repr(sorted(_plain(item) for item in value))
    if isinstance(value, Mapping):
        return repr(sorted((str(key), _plain(item)) for key, item in value.items()))
    return repr(value)


def _refuse_nul(arguments: Mapping[str, Any]) -> None:
    """PostgreSQL text holds no NUL and no half character; say so before anything is written."""
    bad = [name for name, value in arguments.items() if not _is_storable(value)]
    if bad:
        raise Invalid(
            _("文字里有不可见的空字符(NUL)或残缺的字符。"),
            remedy=_("请删去后重新输入。"),
            fields={name: _("含有存不下的字符") for name in bad},
        )


def _is_storable(value: object) -> bool:
    if isinstance(value, str):
        return "\0" not in value and not HALF.search(value)
    if isinstance(value, Mapping):
        return all(_is_storable(one) for pair in value.items() for one in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(_is_storable, value))
    return True
