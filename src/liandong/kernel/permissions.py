"""Roles, and what the apps permit each of them. Permissions are named ``app:thing:deed``."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a post can be trusted with. Posts hold roles; the post held now decides."""

    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")
    DUTY_OFFICER = "duty_officer", _("值班员")
    DUTY_LEADER = "duty_leader", _("带班领导")
    COMMANDER = "commander", _("指挥长")
    HEADQUARTERS_OFFICE = "headquarters_office", _("指挥部办公室")
    UNIT_LIAISON = "unit_liaison", _("单位联络员")
    TOWNSHIP = "township", _("乡镇")
    VILLAGE_INFORMANT = "village_informant", _("村级信息员")
    ON_SCENE_COMMANDER = "on_scene_commander", _("现场指挥长")
    GROUP_LEADER = "group_leader", _("工作组组长")
    TEAM_LEADER = "team_leader", _("队伍负责人")
    EXPERT = "expert", _("专家")
    ENTERPRISE = "enterprise", _("企业")
    INFORMATION_OFFICE = "information_office", _("新闻宣传")
    FINANCE = "finance", _("财政")
    DEVICE = "device", _("设备")
    PEER_NODE = "peer_node", _("对等节点")
    PUBLIC = "public", _("公众")


_permitted: dict[str, set[str]] = defaultdict(set)
_ordinary: set[str] = set()


def permitted(role: Role, *permissions: str) -> None:
    """Let holders of a role do something. Said by each app, at the end of its permissions module."""
    _permitted[role.value].update(str(permission) for permission in permissions)


def ordinary(*permissions: str) -> None:
    """Let a shared machine's shift do something without anybody's signature (日常登记).

    Whatever is not named so asks for one there: what an app forgets to think of is signed.
    """
    _ordinary.update(str(permission) for permission in permissions)


def to_be_signed(permissions: Iterable[str]) -> frozenset[str]:
    """Those of some permissions that a shared machine uses only with somebody's signature."""
    return frozenset(permissions) - _ordinary


def permissions_of(role: str) -> frozenset[str]:
    """Everything the apps let a role do."""
    return frozenset(_permitted[role])


def every_permission() -> frozenset[str]:
    """All permissions that some role holds."""
    return frozenset(p for some in _permitted.values() for p in some)
