"""Which measures may be chosen while a warning is in force."""

from collections.abc import Collection, Sequence

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.plans.language import Step


def demand_chosen(chosen: Collection[str], offered: Sequence[Step]) -> None:
    """Refuse to adopt nothing, or what the document does not have at this level."""
    unknown = set(chosen) - {step.id for step in offered}
    if unknown or not chosen:
        what = _("没有“%(step)s”这项措施。") % {"step": min(unknown)} if unknown else ""
        raise Invalid(
            what or _("没有选任何措施。"),
            place=_("预警期措施"),
            remedy=_("请至少选一项；一项也不采取的，请办理“不采取”并写明理由。"),
            fields={"steps": _("请选择措施")},
        )
