"""Versions of plans."""

from functools import lru_cache

from django.db.models import Case, QuerySet, When

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.plans.language import Plan, load
from liandong.plans.models import PlanVersion
from liandong.plans.states import VersionState


def versions_in_force() -> QuerySet[PlanVersion]:
    """The plans that hold now, one version each."""
    return PlanVersion.objects.filter(state=VersionState.IN_FORCE).order_by("key")


def one_version_each() -> QuerySet[PlanVersion]:
    """Every plan once: the version in force, else the newest."""
    holds = Case(When(state=VersionState.IN_FORCE, then=0), default=1)
    return PlanVersion.objects.order_by("key", holds, "-number").distinct("key")


def versions_of(key: str) -> QuerySet[PlanVersion]:
    """All versions of a plan, the newest first."""
    return PlanVersion.objects.filter(key=key).order_by("-number")


def plans_known() -> list[tuple[str, str]]:
    """Every plan the county has, in force or not: its key, and what its newest version is called."""
    newest = PlanVersion.objects.order_by("key", "-number").distinct("key")
    return list(newest.values_list("key", "title"))


def version_numbered(key: str, number: int) -> PlanVersion:
    """One version of a plan. Raises ``Missing``."""
    version = versions_of(key).filter(number=number).first()
    if version is None:
        raise Missing(_("没有这部预案。"), remedy=_("请从预案列表进入。"))
    return version


def version_by_id(key: str) -> PlanVersion:
    """The version with an id."""
    return PlanVersion.objects.get(pk=key)


def active_version(key: str) -> PlanVersion:
    """The version of a plan that holds now; raises ``Missing`` when none does."""
    version = versions_in_force().filter(key=key).first()
    if version is None:
        raise Missing(
            _("没有现行的“%(key)s”预案。") % {"key": key},
            place=_("预案"),
            remedy=_("请先印发施行这部预案的一个版本。"),
        )
    return version


def plan_of(version: PlanVersion) -> Plan:
    """The document of a version."""
    return _read(version.text)


@lru_cache(maxsize=64)
def _read(text: str) -> Plan:
    return load(text)
