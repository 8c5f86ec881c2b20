"""Who may come to the spot, for how long, and who may sign them in and out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from liandong.command.models import FieldParty, FieldPost, Incident
from liandong.command.permissions import Permission
from liandong.command.rules.field_post import is_commander
from liandong.command.states import Fitness
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

LONGEST_SHIFT_HOURS = 24
LARGEST_PARTY = 500
MAJORITY = 18
LONGEST_NAME = 60
NAMED_WHEN_REFUSED = 8
# Of class 11G those of grassland have a regulation of their own.
FOREST, GRASSLAND = ("11G", "forest_fire"), "11G02"
AGE = re.compile(r"\d{1,3}岁?")
PHONE = re.compile(r"\+?\d[\d-]{6,19}")


@dataclass(frozen=True)
class Newcomer:
    """Somebody of a party as they were told: a name, a telephone, an age where it was said."""

    name: str
    phone: str = ""
    age: int | None = None


def read_newcomers(text: str) -> list[Newcomer]:
    """Read a list, one a line: name, then telephone and age in any order, parted by anything."""
    found = []
    for line in text.splitlines():
        words = [word for word in re.split(r"[\s,，;；、]+", line) if word]
        if not words:
            continue
        ages = [int(word.rstrip("岁")) for word in words if AGE.fullmatch(word)]
        phones = [word for word in words if PHONE.fullmatch(word)]
        names = [word for word in words if not re.match(r"\+?\d", word)]
        found.append(
            Newcomer(
                " ".join(names)[:LONGEST_NAME],
                phones[0] if phones else "",
                ages[0] if ages else None,
            )
        )
    return found


def burns_forest(incident: Incident) -> bool:
    """Say whether those who come fight a forest fire."""
    return incident.hazard.startswith(FOREST) and not incident.hazard.startswith(GRASSLAND)


def demand_fit(incident: Incident, fitness: str, people: Sequence[Newcomer]) -> None:
    """Nobody whom the law keeps from it goes to a forest fire. 《森林防火条例》第三十五条."""
    if not burns_forest(incident):
        return
    young = [one.name for one in people if one.age is not None and one.age < MAJORITY]
    if young:
        raise Invalid(
            _("%(names)s不满十八周岁，不能参加森林火灾扑救（《森林防火条例》第三十五条）。")
            % {"names": listed(young)},
            place=_("人员名单"),
            remedy=_("请让他们离开火场，从名单里划去，核对人数后再签到。"),
            fields={"listed": _("有不满十八周岁的人")},
        )
    if not fitness:
        raise Invalid(
            _("还没有逐人问过有没有未成年人、孕妇、残疾人和其他不适宜扑火的人。"),
            place=_("是否适宜扑火"),
            remedy=_("请领队逐人问过再签到（《森林防火条例》第三十五条）。"),
            fields={"fitness": _("请选择")},
        )
    if fitness != Fitness.FIT:
        raise Invalid(
            _("%(whom)s：不得动员他们参加森林火灾扑救（《森林防火条例》第三十五条）。")
            % {"whom": Fitness(fitness).label},
            place=_("是否适宜扑火"),
            remedy=_("请让不适宜的人离开火场，从名单和人数里划去后再签到。"),
            fields={"fitness": _("不能参加扑火")},
        )


def demand_protected(
    actor: Actor, field_post: FieldPost, *, insured: bool, geared: bool, waiver: str
) -> None:
    """Without insurance or gear nobody goes but by a reason of whoever commands. 《突发事件应对法》第四十条."""
    if insured and geared:
        return
    lacking = listed(
        what
        for what, has in ((_("人身意外伤害保险"), insured), (_("防护装备"), geared))
        if not has
    )
    if not waiver.strip():
        raise Invalid(
            _("没有确认%(lacking)s（《突发事件应对法》第四十条）。") % {"lacking": lacking},
            place=_("保险和防护"),
            remedy=_("请补齐后再签到；非上不可的，由现场指挥长写明理由。"),
            fields={"waiver": _("请现场指挥长写明理由")},
        )
    if not (is_commander(actor, field_post) or actor.may(Permission.OPEN_FIELD_POST)):
        raise Forbidden(
            _("没有%(lacking)s的人能不能上，由现场指挥长决定。") % {"lacking": lacking},
            place=str(field_post),
            remedy=_("请报现场指挥长，由指挥长或指挥部签到。"),
        )


def demand_headcount(headcount: int, named: int) -> None:
    """The number is the number: at least those named, and a number somebody can have counted."""
    if not 1 <= headcount <= LARGEST_PARTY:
        raise Invalid(
            _("一次签到 1 至 %(most)d 人。") % {"most": LARGEST_PARTY},
            place=_("人数"),
            remedy=_("请清点人数；人多的分队签到。"),
            fields={"headcount": _("请核对人数")},
        )
    if named > headcount:
        raise Invalid(
            _("名单上有 %(named)d 人，人数却填 %(n)d。") % {"named": named, "n": headcount},
            place=_("人数"),
            remedy=_("请重新清点，人数不能少于名单。"),
            fields={"headcount": _("少于名单人数")},
        )


def demand_named(people: Sequence[Newcomer]) -> None:
    """Refuse a line of the list that names nobody, and a name that stands there twice."""
    if any(not one.name for one in people):
        raise Invalid(
            _("名单里有一行没有姓名。"),
            place=_("人员名单"),
            remedy=_("请一行写一人，姓名写在前面；叫不出名字的只计人数。"),
            fields={"listed": _("有一行没有姓名")},
        )
    seen: set[Newcomer] = set()
    for one in people:
        if one in seen:
            raise Invalid(
                _("“%(name)s”在名单里写了两次。") % {"name": one.name},
                place=_("人员名单"),
                remedy=_("请划去一个；确是同名的两人，请写明电话。"),
                fields={"listed": _("有人写了两次")},
            )
        seen.add(one)


def demand_not_there(already: Iterable[str]) -> None:
    """Refuse to count somebody twice."""
    there = list(already)
    if there:
        raise IllegalMove(
            _("%(names)s已经在现场，还没有签退。") % {"names": listed(there)},
            place=_("现场人员"),
            remedy=_("请先核对名单；确已离开的，先签退再签到。"),
        )


def may_sign(actor: Actor, field_post: FieldPost) -> bool:
    """Say whether the actor may sign people in: who commands or works there, or the desk."""
    works = {scope for scope in field_post.audience if scope.startswith(("body:", "post:"))}
    return actor.may(Permission.SIGN_FIELD_PEOPLE) and (
        is_commander(actor, field_post)
        or actor.may(Permission.NOTE_DELIVERY)
        or bool(works & actor.scopes)
    )


def demand_may_sign(actor: Actor, field_post: FieldPost) -> None:
    """People are signed in by those who command or work there, or written down at the desk."""
    if not may_sign(actor, field_post):
        raise Forbidden(
            _("签到由现场指挥长、工作组或成员单位办理。"),
            place=str(field_post),
            remedy=_("请到现场指挥部报到；电话报到由值班员代录。"),
        )


def moves_all(actor: Actor, field_post: FieldPost) -> bool:
    """Say whether the actor answers for everybody there, not only for those they signed in."""
    leads = any(f"post:{one.leader_id}" in actor.scopes for one in field_post.groups.all())
    return (
        leads or is_commander(actor, field_post) or actor.may(Permission.NOTE_DELIVERY)
    ) and actor.may(Permission.SIGN_FIELD_PEOPLE)


def demand_answers_for(
    actor: Actor, field_post: FieldPost, parties: Iterable[FieldParty]
) -> None:
    """A unit signs out its own people; all others are seen to by commander, leaders or the desk."""
    if moves_all(actor, field_post):
        return
    if any(f"body:{one.body_id}" not in actor.scopes for one in parties):
        raise Forbidden(
            _("这里有别的单位签到的人。"),
            place=str(field_post),
            remedy=_("请只选本单位的人；其他人由工作组组长、现场指挥长或值班员办理。"),
        )


def demand_some(people: Sequence[object]) -> None:
    """Refuse a deed about nobody."""
    if not people:
        raise Invalid(
            _("没有选人。"),
            place=_("现场人员"),
            remedy=_("请勾选要办理的人。"),
            fields={"people": _("请勾选")},
        )


def demand_moment(
    at: datetime | None, now: datetime, after: Iterable[datetime] = ()
) -> datetime:
    """The moment that was said, else now; refuses one ahead, or before what it follows."""
    moment = at or now
    if moment > now:
        raise Invalid(
            _("填写的时间晚于现在。"),
            place=_("时间"),
            remedy=_("请核对时间；现在办理的留空。"),
            fields={"at": _("不能晚于现在")},
        )
    if any(moment < before for before in after):
        raise Invalid(
            _("填写的时间早于他们到场或上一次变动的时间。"),
            place=_("时间"),
            remedy=_("请核对时间；时间不同的分开办理。"),
            fields={"at": _("早于到场时间")},
        )
    return moment


def demand_hours(hours: int) -> None:
    """Refuse a shift nobody can work."""
    if not 1 <= hours <= LONGEST_SHIFT_HOURS:
        raise Invalid(
            _("班时应为 1 至 %(most)d 小时。") % {"most": LONGEST_SHIFT_HOURS},
            place=_("班时"),
            remedy=_("请核对后重填。"),
            fields={"hours": _("请核对小时数")},
        )


def demand_all_signed_out(left: Sequence[str], n: int) -> None:
    """Nobody is left on the spot unaccounted for when command there is withdrawn."""
    if n:
        raise IllegalMove(
            _("现场还有 %(n)d 人没有签退：%(named)s。")
            % {"n": n, "named": listed(left[:NAMED_WHEN_REFUSED])},
            place=_("现场人员"),
            remedy=_("请逐一核实下落，签退以后再撤销。"),
        )
