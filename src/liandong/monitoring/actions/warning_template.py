"""The county's own words for drafts of warnings."""

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring import rules
from liandong.monitoring.events import WarningTemplateDropped, WarningTemplateSet
from liandong.monitoring.models import WarningTemplate
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import Level

AUDIENCE = ("county",)


@action(Permission.SET_TEMPLATE)
def set_warning_template(
    actor: Actor,
    *,
    hazard: str,
    level: str,
    category: str,
    cautions: str,
    measures: str,
    idempotency_key: str = "",
) -> WarningTemplate:
    """Lay down what drafts of a hazard at a level say. Publishes ``WarningTemplateSet``.

    Drafts that are written already stay as they are. Refuses unknown levels, anything left blank,
    and a drill. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    said = {"category": category, "cautions": cautions, "measures": measures}
    wrong = {name: _("请填写") for name, text in said.items() if not text.strip()}
    if level not in Level.values:
        wrong["level"] = _("级别应为蓝、黄、橙、红之一")
    if not hazard.strip():
        wrong["hazard"] = _("请选灾种")
    if wrong:
        raise Invalid(
            _("拟稿用语不完整。"),
            place=_("拟稿用语"),
            remedy=_("请按提示改正。"),
            fields=wrong,
        )
    row, _is_new = WarningTemplate.objects.update_or_create(
        hazard=hazard.strip(),
        level=level,
        defaults={name: text.strip() for name, text in said.items()},
    )
    fact = WarningTemplateSet(
        subject_id=str(row.pk),
        hazard=row.hazard,
        category=row.category,
        level=level,
        cautions=row.cautions,
        measures=row.measures,
    )
    happened(fact, audience=AUDIENCE)
    return row


@action(Permission.SET_TEMPLATE)
def drop_warning_template(
    actor: Actor, *, template: WarningTemplate, expected_version: int, idempotency_key: str = ""
) -> WarningTemplate:
    """Use the program's words again. Publishes ``WarningTemplateDropped``.

    Refuses whoever saw an older version, and a drill. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    template.change(expected_version=expected_version)
    fact = WarningTemplateDropped(
        subject_id=str(template.pk),
        hazard=template.hazard,
        category=template.category,
        level=template.level,
    )
    happened(fact, audience=AUDIENCE)
    WarningTemplate.objects.filter(pk=template.pk).delete()
    return template
