"""Facts about bodies, posts, people, shifts and what was read in."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("organization.county_founded", about="organization.body")
class CountyFounded(Event):
    """When a node received its first administrators."""

    county: str
    administrators: list[str]
    say = _("平台启用，设系统、安全、审计三员")


@event("organization.county_laid_out", about="organization.body")
class CountyLaidOut(Event):
    """When the usual bodies, posts and duties were set up where the county had none."""

    bodies: int
    posts: int
    duties: int
    say = _("按模板补齐机构 {bodies} 个、岗位 {posts} 个、职责 {duties} 条")


@event("organization.usual_roles_granted", about="organization.body")
class UsualRolesGranted(Event):
    """When usual posts that held no role received their usual ones; ``posts`` are their keys."""

    posts: list[str]
    say = _("按模板为岗位授权")


@event("organization.body_created", about="organization.body")
class BodyCreated(Event):
    """When a body entered the county's mechanism."""

    key: str
    title: str
    kind: str
    say = _("设立机构：{title}")


@event("organization.body_renamed", about="organization.body")
class BodyRenamed(Event):
    """When a body took another name; the old one stays among its boards."""

    before: str
    title: str
    say = _("机构更名：{before}改称{title}")


@event("organization.body_merged", about="organization.body")
class BodyMerged(Event):
    """When a body ceased to be and another took over its work; orders no longer go to it."""

    title: str
    into: str
    into_title: str
    paper: str
    say = _("{title}并入{into_title}（{paper}）")


@event("organization.body_located", about="organization.body")
class BodyLocated(Event):
    """When the seat of a body was fixed, or corrected, on the map: degrees of WGS-84, as text."""

    title: str
    lon: str
    lat: str
    say = _("在地图上标定{title}驻地：东经 {lon}°，北纬 {lat}°")


@event("organization.post_created", about="organization.post")
class PostCreated(Event):
    """When a body received a post."""

    key: str
    body_id: str
    title: str
    superior_id: str
    say = _("设立岗位：{title}")


@event("organization.roles_set", about="organization.post")
class RolesSet(Event):
    """When the roles of a post were settled anew. ``roles``: role, body and hazard of each."""

    title: str
    before: list[str]
    roles: list[str]
    say = _("岗位授权：{title}")


@event("organization.person_added", about="organization.person")
class PersonAdded(Event):
    """When somebody entered the book of people."""

    person_name: str
    say = _("登记人员：{person_name}")


@event("organization.appointment_made", about="organization.post")
class AppointmentMade(Event):
    """When a person was appointed to a post, as its holder or as deputy."""

    appointment_id: str
    person_id: str
    person_name: str
    post_title: str
    is_deputy: bool
    from_at: str
    say = _("{person_name}任{post_title}")


@event("organization.appointment_ended", about="organization.post")
class AppointmentEnded(Event):
    """When a person left a post."""

    appointment_id: str
    person_id: str
    person_name: str
    post_title: str
    until_at: str
    say = _("{person_name}不再任{post_title}")


@event("organization.duty_set", about="organization.body")
class DutySet(Event):
    """When a cell of the duty matrix was written."""

    duty_id: str
    hazard: str
    phase: str
    text: str
    say = _("明确职责：{text}")


@event("organization.deputy_named", about="organization.post")
class DeputyNamed(Event):
    """When somebody was named to stand in at a post from one moment to another."""

    appointment_id: str
    person_id: str
    person_name: str
    post_title: str
    from_at: str
    until_at: str
    span: str
    say = _("{person_name}代{post_title}（{span}）")


@event("organization.person_moved", about="organization.person")
class PersonMoved(Event):
    """When a person left one post for another in one deed; ``successor`` took over, if anybody."""

    person_name: str
    from_post_id: str
    from_title: str
    to_post_id: str
    to_title: str
    successor: str
    say = _("{person_name}由{from_title}调任{to_title}")


@event("organization.sheet_taken", about="organization.intake")
class SheetTaken(Event):
    """When a spreadsheet was taken in; ``digest`` is that of the file."""

    kind: str
    file_name: str
    digest: str
    new: int
    changed: int
    unchanged: int
    say = _("导入{kind}表格：{file_name}，新增 {new} 行，变更 {changed} 行")


@event("organization.shifts_laid", about="organization.shift")
class ShiftsLaid(Event):
    """When shifts were put on the roster: so many, of one kind, between two moments."""

    role: str
    count: int
    since: str
    until: str
    people: list[str]
    say = _("排班：{role} {count} 班，{since} 至 {until}")


@event("organization.shift_swapped", about="organization.shift")
class ShiftSwapped(Event):
    """When somebody took over a shift from somebody else."""

    role: str
    from_at: str
    before: str
    person_name: str
    reason: str
    say = _("调班：{before}改为{person_name}（{reason}）")


@event("organization.shift_withdrawn", about="organization.shift")
class ShiftWithdrawn(Event):
    """When a shift was taken off the roster."""

    role: str
    from_at: str
    person_name: str
    reason: str
    say = _("撤销班次：{person_name}（{reason}）")
