"""Facts the organization publishes."""

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


@event("organization.account_created", about="organization.account")
class AccountCreated(Event):
    """When a person received an account. No password is ever told."""

    username: str
    person_id: str
    say = _("开设账号：{username}")


@event("organization.account_locked", about="organization.account")
class AccountLocked(Event):
    """When an administrator closed an account; its sessions end at once."""

    username: str
    reason: str
    say = _("锁定账号：{username}（{reason}）")
    cuts = True


@event("organization.account_unlocked", about="organization.account")
class AccountUnlocked(Event):
    """When an administrator opened a locked account again."""

    username: str
    say = _("解锁账号：{username}")


@event("organization.password_reset", about="organization.account")
class PasswordReset(Event):
    """When an administrator gave out a one-time password; sessions end at once."""

    username: str
    say = _("重置口令：{username}")
    cuts = True


@event("organization.password_changed", about="organization.account")
class PasswordChanged(Event):
    """When somebody chose a new password; other sessions end at once."""

    username: str
    say = _("修改口令：{username}")
    cuts = True


@event("organization.sessions_cut", about="organization.account")
class SessionsCut(Event):
    """When all sessions of an account were ended."""

    username: str
    reason: str
    say = _("结束全部登录：{username}")
    cuts = True


@event("organization.rights_changed", about="organization.account")
class RightsChanged(Event):
    """When the posts or roles behind an account changed: what it sees live is settled anew."""

    username: str
    say = _("权限随岗位变动：{username}")
    cuts = True


@event("organization.device_registered", about="organization.account")
class DeviceRegistered(Event):
    """When a device received an account and its first token."""

    username: str
    title: str
    body_id: str
    say = _("登记设备：{title}")


@event("organization.token_rotated", about="organization.account")
class TokenRotated(Event):
    """When a device received another token; the old one is worth nothing from then on."""

    username: str
    say = _("更换设备令牌：{username}")
    cuts = True


@event("organization.signed_in", about="organization.account")
class SignedIn(Event):
    """When somebody came in; ``methods`` says how they proved it."""

    username: str
    address: str
    methods: list[str]
    say = _("登录：{username}（{address}）")


@event("organization.sign_in_failed", about="organization.account")
class SignInFailed(Event):
    """When a known account was tried with a wrong password or code."""

    username: str
    address: str
    step: str
    say = _("登录未成功：{username}（{address}）")


@event("organization.sign_in_locked", about="organization.account")
class SignInLocked(Event):
    """When too many failures shut an account for a while, as tried from one address."""

    username: str
    address: str
    minutes: int
    say = _("多次登录未成功，暂停{minutes}分钟：{username}（{address}）")


@event("organization.signed_out", about="organization.account")
class SignedOut(Event):
    """When somebody signed out."""

    username: str
    say = _("退出登录：{username}")


@event("organization.second_factor_added", about="organization.account")
class SecondFactorAdded(Event):
    """When somebody bound a second factor to their account."""

    username: str
    method: str
    say = _("绑定第二因素：{username}")


@event("organization.second_factor_withdrawn", about="organization.account")
class SecondFactorWithdrawn(Event):
    """When a second factor was taken off an account, by its owner or an administrator."""

    username: str
    method: str
    say = _("取消第二因素：{username}")
    cuts = True


@event("organization.session_ended", about="organization.account")
class SessionEnded(Event):
    """When one sign-in of an account was ended from elsewhere; the others go on."""

    username: str
    browser: str
    address: str
    say = _("结束一处登录：{username}（{browser} {address}）")
    cuts = True


@event("organization.second_factor_reset", about="organization.account")
class SecondFactorReset(Event):
    """When an administrator took every second factor off, whose owner had lost it."""

    username: str
    reason: str
    identity: str
    witness: str
    say = _("重置第二因素：{username}（{reason}；{identity}）")
    cuts = True


@event("organization.desk_registered", about="organization.account")
class DeskRegistered(Event):
    """When a machine of the duty room received an account and the code that lets it in once."""

    username: str
    title: str
    post_id: str
    say = _("登记值班机：{title}")


@event("organization.desk_code_renewed", about="organization.account")
class DeskCodeRenewed(Event):
    """When a duty-room machine was shut out, and another code given to let it in again."""

    username: str
    title: str
    say = _("更换值班机登记码：{title}")
    cuts = True


@event("organization.desk_enrolled", about="organization.account")
class DeskEnrolled(Event):
    """When a browser became a duty-room machine by the code it was given."""

    username: str
    title: str
    browser: str
    address: str
    say = _("值班机启用：{title}（{browser} {address}）")


@event("organization.shift_joined", about="organization.account")
class ShiftJoined(Event):
    """When somebody came on duty at a machine; ``by`` is how they proved who they are."""

    attendance_id: str
    person_id: str
    person_name: str
    title: str
    by: str
    say = _("{person_name}在{title}签到上班")


@event("organization.shift_left", about="organization.account")
class ShiftLeft(Event):
    """When somebody went off duty at a machine."""

    attendance_id: str
    person_id: str
    person_name: str
    title: str
    say = _("{person_name}在{title}签退下班")


@event("organization.pin_set", about="organization.account")
class PinSet(Event):
    """When somebody chose the PIN they sign with on shared machines; it is told to nobody."""

    username: str
    say = _("设定签名口令：{username}")


@event("organization.pin_reset", about="organization.account")
class PinReset(Event):
    """When an administrator took away a PIN; its owner chooses another."""

    username: str
    say = _("取消签名口令：{username}")


@event("organization.signature_failed", about="organization.account")
class SignatureFailed(Event):
    """When a wrong PIN or code was given in somebody's name at a shared machine."""

    username: str
    desk: str
    say = _("签名未成功：{username}（{desk}）")


@event("organization.pin_locked", about="organization.account")
class PinLocked(Event):
    """When too many failures shut a PIN; the account itself stays open."""

    username: str
    desk: str
    say = _("签名口令已锁定：{username}（{desk}）")


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
