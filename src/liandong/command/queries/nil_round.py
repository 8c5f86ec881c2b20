"""Rounds of nil reports: who has answered what, who has not, and what it comes to."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from liandong.command.models import Incident, NilReturn, NilRound
from liandong.command.queries.incident import within
from liandong.command.states import NilReturnState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

M = TypeVar("M", NilRound, NilReturn)


@dataclass(frozen=True)
class RoundTold:
    """A round with what each answered."""

    round: NilRound
    returns: list[NilReturn]

    def of(self, state: NilReturnState) -> list[NilReturn]:
        """Those that answered so."""
        return [one for one in self.returns if one.state == state]

    @property
    def awaited(self) -> list[NilReturn]:
        """Those that have not answered."""
        return self.of(NilReturnState.AWAITED)

    @property
    def answered(self) -> int:
        """How many have answered."""
        return len(self.returns) - len(self.awaited)

    @property
    def words(self) -> str:
        """What the round comes to, as it is written into a report: nobody silent is counted as well."""
        news, awaited = self.of(NilReturnState.NEWS), self.awaited
        parts = [
            _("%(all)d 个单位中 %(nil)d 个平安")
            % {"all": len(self.returns), "nil": len(self.of(NilReturnState.NIL))}
        ]
        parts += [
            _("%(body)s：%(text)s") % {"body": one.body.short_name, "text": one.text}
            for one in news
        ]
        if awaited:
            parts.append(
                _("未报：%(bodies)s")
                % {"bodies": listed(one.body.short_name for one in awaited)}
            )
        return _("零报告：%(parts)s") % {"parts": "；".join(parts)}


def visible_nil_rounds(actor: Actor) -> QuerySet[NilRound]:
    """The rounds an actor may see, the newest first."""
    rows = NilRound.objects.select_related("incident").order_by("-asked_at", "-id")
    return visible(rows, actor)


def visible_nil_returns(actor: Actor) -> QuerySet[NilReturn]:
    """The answers an actor may see: the desk all, a township its own."""
    rows = NilReturn.objects.select_related("round__incident", "body", "post")
    return visible(rows.order_by("body__sort_key", "id"), actor)


def nil_round_for(actor: Actor, pk: UUID | str) -> NilRound:
    """Return one round; raises ``Missing``."""
    return _found(visible_nil_rounds(actor), pk)


def nil_return_for(actor: Actor, pk: UUID | str) -> NilReturn:
    """Return one answer; raises ``Missing``."""
    return _found(visible_nil_returns(actor), pk)


def round_told(actor: Actor, round_: NilRound) -> RoundTold:
    """A round with what each answered."""
    return RoundTold(round_, list(visible_nil_returns(actor).filter(round=round_)))


def last_round(actor: Actor, incident: Incident) -> RoundTold | None:
    """The newest round of an incident; two queries."""
    newest = visible_nil_rounds(actor).filter(within(incident)).first()
    return round_told(actor, newest) if newest else None


def _found(rows: QuerySet[M], pk: UUID | str) -> M:
    try:
        found = rows.filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这份零报告，或者您所在岗位看不到它。"), remedy=_("请从消息或事件室进入。")
        )
    return found
