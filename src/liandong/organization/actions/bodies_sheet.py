"""Taking bodies in from a spreadsheet: townships above all, whose names no template can know."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liandong.documents.sheets import NEW, SAME, Change, Draft, Finding, draft, refuse_findings
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division
from liandong.kernel.problems import Stale
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.body import add_bodies
from liandong.organization.actions.intake import record_intake
from liandong.organization.actions.layout import set_up_posts
from liandong.organization.models import Body, Intake
from liandong.organization.permissions import Permission
from liandong.organization.queries import Boards
from liandong.organization.states import BodyKind, IntakeKind

CODE = re.compile(r"\d{6}(\d{3}){0,2}", re.ASCII)
LONGEST = 100
OF_VILLAGE, OF_TOWNSHIP = 12, 9  # digits of their codes
VILLAGES = ("村", "社区", "村委会", "居委会", "村民委员会", "居民委员会")
KINDS = {
    "乡镇": BodyKind.TOWNSHIP,
    "乡镇（街道）": BodyKind.TOWNSHIP,
    "街道": BodyKind.TOWNSHIP,
    "成员单位": BodyKind.UNIT,
    "单位": BodyKind.UNIT,
    "协同单位": BodyKind.PARTNER,
    "村": BodyKind.VILLAGE,
    "村（社区）": BodyKind.VILLAGE,
    "社区": BodyKind.VILLAGE,
    "企业": BodyKind.ENTERPRISE,
    "上级机关": BodyKind.SUPERIOR,
    "毗邻县": BodyKind.NEIGHBOR,
}


@dataclass(frozen=True, kw_only=True)
class BodyRow:
    """One row: a body by name, its kind in words, its code, the body it belongs to."""

    row: int
    name: str
    short: str = ""
    kind: str = ""
    code: str = ""
    parent: str = ""
    letters: tuple[tuple[str, str], ...] = ()

    def wrong(self, key: str, text: str) -> Finding:
        """Say what is wrong with one of its cells."""
        return Finding(self.row, dict(self.letters).get(key, ""), text)


def plan_bodies(
    place: Division, rows: Sequence[BodyRow], found: Sequence[Finding] = ()
) -> Draft:
    """Say what taking these bodies in would do: which are new, which are there, what is wrong."""
    known = queries.boards(place)
    changes: list[Change] = []
    findings = list(found)
    seen: dict[tuple[str, str], int] = {}
    for one in rows:
        there = _there(one, known)
        wrong = list(_faults(one, known, there, seen))
        findings += wrong
        seen.setdefault(_whose(one, known), one.row)
        if there:
            changes.append(Change(one.row, SAME, one.name, _said_there(there[0], one)))
        elif not wrong:
            changes.append(Change(one.row, NEW, one.name, str(_kind(one).label)))
    return draft(changes, findings)


@action(Permission.CREATE_BODY)
def take_bodies(
    actor: Actor,
    *,
    place: Division,
    rows: Sequence[BodyRow],
    seen: str,
    name: str,
    digest: str,
    idempotency_key: str = "",
) -> Intake:
    """Set up the bodies of a spreadsheet that are not there yet, with their usual posts.

    Publishes ``BodyCreated`` and ``PostCreated`` for each, and ``SheetTaken``. Refuses rows that
    are wrong, and whoever saw another draft than ``seen``. What is there is left alone.
    """
    rules.demand_actual(actor)
    drafted = plan_bodies(place, rows)
    refuse_findings(drafted.findings)
    demand_seen(drafted, seen)
    new = {change.row for change in drafted.changes if change.kind == NEW}
    known = queries.boards(place)
    numbers = _free_numbers()
    bodies = []
    for order, one in enumerate((one for one in rows if one.row in new), start=1):
        kind = _kind(one)
        body = Body(
            key=f"{kind.value}-{next(numbers[kind])}",
            name=one.name,
            short_name=one.short or _short(one.name, place),
            kind=kind,
            parent=_parent(one, known),
            division_code=one.code,
            order=1000 + order,
        )
        bodies.append(body)
    add_bodies(bodies)
    set_up_posts(actor, [(body, queries.usual_posts(body.key, body.kind)) for body in bodies])
    return record_intake(
        actor,
        kind=IntakeKind.BODIES,
        name=name,
        digest=digest,
        new=drafted.new,
        changed=drafted.changed,
        unchanged=drafted.same,
    )


def demand_seen(drafted: Draft, seen: str) -> None:
    """Refuse to do what is no longer what was looked at."""
    if seen != drafted.fingerprint:
        raise Stale(
            _("核对之后，登记的内容又有变动。"),
            remedy=_("请按页面上最新的逐行结果再确认一次。"),
        )


def _whose(one: BodyRow, known: Boards) -> tuple[str, str]:
    """A name, and for a village the township, however it is told: many townships have a 新村."""
    if _kind(one) != BodyKind.VILLAGE:
        return one.name, ""
    above = _parent(one, known)
    return one.name, above.key if above else one.parent or one.code[:OF_TOWNSHIP]


def _there(one: BodyRow, known: Boards) -> tuple[Body, ...]:
    """The bodies that a row means already."""
    there = known.called(one.name)
    if _kind(one) != BodyKind.VILLAGE or not (one.parent or one.code):
        return there
    above = _parent(one, known)
    return tuple(
        body
        for body in there
        if body.parent_id == (above.pk if above else None)
        or (one.code and body.division_code == one.code)
    )


def _parent(one: BodyRow, known: Boards) -> Body | None:
    """The body that a row names above itself; for a village else the township that its code says."""
    if one.parent:
        return next(iter(known.called(one.parent)), None)
    if len(one.code) != OF_VILLAGE:
        return None
    return known.townships.get(one.code[:OF_TOWNSHIP])


def _faults(
    one: BodyRow, known: Boards, there: Sequence[Body], seen: Mapping[tuple[str, str], int]
) -> Iterator[Finding]:
    if len(one.name) > LONGEST:
        yield one.wrong("name", _("名称超过 100 字。"))
    if (row := seen.get(_whose(one, known))) is not None:
        yield one.wrong("name", _("与第 %(row)d 行重复。") % {"row": row})
    if len(there) > 1:
        yield one.wrong("name", _("有几个机构都叫这个名字，请写全称。"))
    if one.kind and one.kind not in KINDS:
        yield one.wrong(
            "kind", _("类别应为：%(all)s。") % {"all": "、".join(dict.fromkeys(KINDS))}
        )
    if one.code and not CODE.fullmatch(one.code):
        yield one.wrong("code", _("行政区划代码应为 6、9 或 12 位数字。"))
    if one.parent and len(known.called(one.parent)) != 1:
        yield one.wrong("parent", _("没有找到“%(name)s”。") % {"name": one.parent[:40]})
    if len(one.code) == OF_VILLAGE and not _parent(one, known):
        yield one.wrong(
            "code",
            _("代码前 9 位 %(code)s 不是本县已有的乡镇；请先导入乡镇，或在“隶属”里写明。")
            % {"code": one.code[:OF_TOWNSHIP]},
        )


def _kind(one: BodyRow) -> BodyKind:
    """As the row says, else as the name sounds."""
    if one.kind in KINDS:
        return KINDS[one.kind]
    bare = one.name.removesuffix("人民政府").removesuffix("办事处")
    if bare.endswith(("镇", "乡", "街道", "苏木")):
        return BodyKind.TOWNSHIP
    return BodyKind.VILLAGE if bare.endswith(VILLAGES) else BodyKind.UNIT


def _said_there(there: Body, one: BodyRow) -> str:
    return "" if there.name == one.name else _("即“%(name)s”") % {"name": there.name}


def _short(name: str, place: Division) -> str:
    return name.removeprefix(place.county).removesuffix("人民政府")[:40] or name[:40]


def _free_numbers() -> dict[BodyKind, Iterator[int]]:
    """Numbers no key of a kind has yet."""
    taken = {body.key for body in queries.all_bodies()}

    def free(kind: BodyKind) -> Iterator[int]:
        return (n for n in range(1, 100_000) if f"{kind.value}-{n}" not in taken)

    return {kind: free(kind) for kind in BodyKind}
