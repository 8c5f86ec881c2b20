"""What the county keeps registers of, as data: one definition feeds form, list, sheet, API and history."""

from collections.abc import Mapping
from types import MappingProxyType

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.sharing.registers.common import COMMON
from liandong.sharing.registers.enterprise import ENTERPRISE
from liandong.sharing.registers.equipment import EQUIPMENT
from liandong.sharing.registers.experience import EXPERIENCE
from liandong.sharing.registers.expert import EXPERT
from liandong.sharing.registers.field import Field, Kind
from liandong.sharing.registers.plan_paper import PLAN_PAPER
from liandong.sharing.registers.protected_object import PROTECTED_OBJECT
from liandong.sharing.registers.register import AREA, LINE, POINT, Register
from liandong.sharing.registers.risk_source import RISK_SOURCE
from liandong.sharing.registers.shelter import SHELTER
from liandong.sharing.registers.team import TEAM

REGISTERS: Mapping[str, Register] = MappingProxyType(
    {
        register.kind: register
        for register in (
            RISK_SOURCE,
            TEAM,
            EXPERT,
            EQUIPMENT,
            SHELTER,
            PROTECTED_OBJECT,
            ENTERPRISE,
            EXPERIENCE,
            PLAN_PAPER,
        )
    }
)


def register_of(kind: str) -> Register:
    """The register of a kind. Raises ``Missing`` for a kind there is none of."""
    if kind not in REGISTERS:
        raise Missing(
            _("没有这种登记簿。"), place=kind[:40], remedy=_("请从信息共享的首页进入。")
        )
    return REGISTERS[kind]


__all__ = [
    "AREA",
    "COMMON",
    "LINE",
    "POINT",
    "REGISTERS",
    "Field",
    "Kind",
    "Register",
    "register_of",
]
