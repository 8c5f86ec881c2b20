"""What a county's telephone list means: who each row is, which post, what would be new."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from liandong.documents.sheets import CHANGED, NEW, SAME, SKIPPED, Change, Draft, Finding, draft
from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division
from liandong.kernel.permissions import Role
from liandong.kernel.wording import gettext as _
from liandong.messaging.models import ContactPoint
from liandong.messaging.states import Channel
from liandong.organization import queries as organization
from liandong.organization.models import Appointment, Person, Post

Way = tuple[str, str]
ADMINISTRATORS = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}


@dataclass(frozen=True, kw_only=True)
class PhoneRow:
    """One row: somebody at a post of a unit, and the ways to reach them, as they are kept.

    ``name`` is empty where the list says that the post is vacant.
    """

    row: int
    unit: str
    post: str
    name: str
    ways: tuple[Way, ...] = ()
    is_deputy: bool = False
    letters: tuple[tuple[str, str], ...] = ()

    def wrong(self, key: str, text: str) -> Finding:
        """Say what is wrong with one of its cells."""
        return Finding(self.row, dict(self.letters).get(key, ""), text)

    @property
    def mobiles(self) -> frozenset[str]:
        """The mobile numbers, by which people of one name are told apart."""
        return frozenset(address for channel, address in self.ways if channel == Channel.MOBILE)


@dataclass(frozen=True)
class Step:
    """What one row asks for: somebody known or new, put into a post, reached in new ways."""

    row: PhoneRow
    who: str
    person: Person | None
    post: Post | None
    appoints: bool
    ends: Appointment | None
    adds: tuple[Way, ...]


@dataclass(frozen=True)
class BookPlan:
    """Every row's step, and the draft that a person looks at."""

    steps: tuple[Step, ...]
    draft: Draft


def plan_phone_book(
    actor: Actor, place: Division, rows: Sequence[PhoneRow], findings: Sequence[Finding] = ()
) -> BookPlan:
    """Say what taking a telephone list in would do, in as many queries for one row as for a thousand."""
    return _Planner(actor, place, rows).plan(findings)


@dataclass
class _Planner:
    """The county as it is, and what the rows before have said."""

    actor: Actor
    place: Division
    rows: Sequence[PhoneRow]
    steps: list[Step] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.boards = organization.boards(self.place)
        # A name that nobody bears stands in many rows, and what comes near it takes long to find.
        self.near = cache(self.boards.near)
        posts = list(organization.all_posts().prefetch_related("roles"))
        self.posts: dict[UUID, list[Post]] = defaultdict(list)
        for post in posts:
            self.posts[post.body_id].append(post)
        self.chairs = organization.chairs_at(posts)
        names = {one.name for one in self.rows}
        self.people: dict[str, list[Person]] = defaultdict(list)
        for person in organization.all_people().filter(name__in=names):
            self.people[person.name].append(person)
        self.ways: dict[UUID, set[Way]] = defaultdict(set)
        self.owners: dict[str, Person] = {}
        points = ContactPoint.objects.filter(retired_at=None).exclude(person=None)
        for point in points.select_related("person"):
            if point.person is None:
                continue
            self.ways[point.person.pk].add((point.channel, point.address))
            if point.channel == Channel.MOBILE:
                self.owners[point.address] = point.person
        self.said: dict[str, tuple[int, str]] = {}
        self.held: dict[UUID, tuple[int, str]] = {}
        self.fresh: dict[str, dict[str, set[str]]] = defaultdict(dict)
        self.added: set[tuple[str, Way]] = set()

    def plan(self, findings: Sequence[Finding]) -> BookPlan:
        """Go through the rows in their order."""
        self.findings += findings
        faulty = {one.row for one in findings}
        for one in self.rows:
            if not one.name:
                what = f"{one.unit} {one.post}".strip()
                self.changes.append(Change(one.row, SKIPPED, what, _("空缺，不登记")))
            elif one.row not in faulty:
                self._step(one)
        return BookPlan(tuple(self.steps), draft(self.changes, self.findings))

    def _step(self, one: PhoneRow) -> None:
        wrong = list(self._faults(one))
        post = self._post(one, wrong)
        if wrong:
            self.findings += wrong
            return
        who, person = self._who(one, post)
        sitting = self._sitting(post, person)
        if sitting and sitting.is_deputy != one.is_deputy:
            now, then = (_("B角"), _("A角")) if sitting.is_deputy else (_("A角"), _("B角"))
            self.findings.append(
                one.wrong(
                    "deputy",
                    _("现任%(now)s，表中为%(then)s；如要改任，请先在组织页结束现在的任职。")
                    % {"now": now, "then": then},
                )
            )
            return
        appoints = post is not None and sitting is None
        ends = self._outgoing(post) if appoints and not one.is_deputy else None
        if appoints and post and self._is_forbidden(one, post, person):
            return
        known = self.ways[person.pk] if person else set()
        adds = tuple(
            way
            for way in dict.fromkeys(one.ways)
            if way not in known and (who, way) not in self.added
        )
        self.added |= {(who, way) for way in adds}
        self.steps.append(Step(one, who, person, post, appoints, ends, adds))
        self._tell(self.steps[-1])

    def _faults(self, one: PhoneRow) -> Iterator[Finding]:
        """Numbers that are already somebody else's, here or in a row above."""
        for number in sorted(one.mobiles):
            row, name = self.said.setdefault(number, (one.row, one.name))
            if name != one.name:
                yield one.wrong(
                    "mobile",
                    _("%(number)s 在第 %(row)d 行是%(name)s的。")
                    % {"number": number, "row": row, "name": name},
                )
            owner = self.owners.get(number)
            if owner and owner.name != one.name:
                yield one.wrong(
                    "mobile",
                    _("%(number)s 已登记在%(name)s名下；号码确已换人的，请先停用原来的一条。")
                    % {"number": number, "name": owner.name},
                )

    def _post(self, one: PhoneRow, wrong: list[Finding]) -> Post | None:
        if not one.unit and not one.post:
            return None
        bodies = self.boards.called(one.unit)
        if len(bodies) != 1:
            wrong.append(one.wrong("unit", self._no_body(one.unit, len(bodies))))
            return None
        if not one.post:
            return None
        body = bodies[0]
        post = organization.post_called(self.posts[body.pk], one.post)
        if post is None:
            titles = "、".join(other.title for other in self.posts[body.pk]) or _("还没有岗位")
            wrong.append(
                one.wrong(
                    "post",
                    _("“%(body)s”没有“%(post)s”这个岗位；现有：%(titles)s。")
                    % {"body": body.short_name, "post": one.post[:30], "titles": titles},
                )
            )
            return None
        before = self.held.get(post.pk)
        if not one.is_deputy and before and before[1] != one.name:
            wrong.append(
                one.wrong(
                    "name",
                    _(
                        "第 %(row)d 行已把%(name)s列为这个岗位的A角；一个岗位只有一个A角，其余请填B角。"
                    )
                    % {"row": before[0], "name": before[1]},
                )
            )
        elif not one.is_deputy:
            self.held[post.pk] = (one.row, one.name)
        return post

    def _no_body(self, unit: str, found: int) -> str:
        if not unit:
            return _("“单位”没有填。")
        if found:
            return _("有几个机构都叫“%(unit)s”，请写全称。") % {"unit": unit[:40]}
        near = self.near(unit)
        hint = _("是不是“%(near)s”？") % {"near": "”“".join(near)} if near else ""
        return _("没有“%(unit)s”这个单位。%(hint)s没有设立的，请系统管理员先设立机构。") % {
            "unit": unit[:40],
            "hint": hint,
        }

    def _who(self, one: PhoneRow, post: Post | None) -> tuple[str, Person | None]:
        """Tell people of one name apart: by mobile number, by the unit, at last by being the only one."""
        named = self.people.get(one.name, [])
        by_number = [p for p in named if one.mobiles & self._mobiles(p)]
        by_unit = [
            p
            for p in named
            if post
            and any(chair.post.body_id == post.body_id for chair in getattr(p, "now_at", []))
            and not (one.mobiles and self._mobiles(p))
        ]
        loose = [p for p in named if not one.mobiles or not self._mobiles(p)]
        found = by_number or by_unit or (loose if len(loose) == 1 else [])
        if found:
            return str(found[0].pk), found[0]
        if len(loose) > 1 and not one.mobiles:
            text = _("有 %(n)d 个人叫%(name)s，请写上手机号，好分清是谁。")
            self.findings.append(
                one.wrong("mobile", text % {"n": len(loose), "name": one.name})
            )
        return self._newcomer(one), None

    def _newcomer(self, one: PhoneRow) -> str:
        """Rows above may have brought the same new person already."""
        known = self.fresh[one.name]
        for key, numbers in known.items():
            if not one.mobiles or not numbers or numbers & one.mobiles:
                numbers.update(one.mobiles)
                return key
        key = f"{one.name}:{len(known)}"
        known[key] = set(one.mobiles)
        return key

    def _mobiles(self, person: Person) -> set[str]:
        return {
            address for channel, address in self.ways[person.pk] if channel == Channel.MOBILE
        }

    def _sitting(self, post: Post | None, person: Person | None) -> Appointment | None:
        chairs = self.chairs.get(post.pk, []) if post and person else []
        return next(
            (chair for chair in chairs if person and chair.person_id == person.pk), None
        )

    def _outgoing(self, post: Post | None) -> Appointment | None:
        chairs = self.chairs.get(post.pk, []) if post else []
        return next((chair for chair in chairs if not chair.is_deputy), None)

    def _is_forbidden(self, one: PhoneRow, post: Post, person: Person | None) -> bool:
        """Nobody appoints themselves, and administrators are not appointed by list."""
        text = ""
        if person and str(person.pk) == self.actor.person:
            text = _("不能办理自己的任职，请由另一位有权限的人办理。")
        if any(role.role in ADMINISTRATORS for role in post.roles.all()):
            text = _("管理员岗位不从表格任职，请由安全管理员在组织页办理。")
        if text:
            self.findings.append(one.wrong("post", text))
        return bool(text)

    def _tell(self, step: Step) -> None:
        one, post = step.row, step.post
        what = (
            f"{one.name} {f'{post.body.short_name} {post.title}' if post else one.unit}".strip()
        )
        notes = []
        if step.person is None and self.people.get(one.name):
            notes.append(_("另有同名的人，按新人登记"))
        if step.ends:
            notes.append(_("接替%(name)s") % {"name": step.ends.person.name})
        if post and post.title != one.post:
            notes.append(_("表中写“%(title)s”") % {"title": one.post})
        if step.adds:
            notes.append(_("新号码 %(n)d 个") % {"n": len(step.adds)})
        kind = CHANGED if step.ends or (step.person and (step.appoints or step.adds)) else NEW
        if step.person and not step.appoints and not step.adds:
            kind = SAME
        deputy = _("B角") if one.is_deputy else ""
        self.changes.append(
            Change(one.row, kind, f"{what} {deputy}".strip(), "；".join(str(n) for n in notes))
        )
