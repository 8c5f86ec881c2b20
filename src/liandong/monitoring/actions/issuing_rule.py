"""Laying down whose approval which warnings need."""

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring import rules
from liandong.monitoring.events import IssuingRuleDropped, IssuingRuleSet
from liandong.monitoring.models import IssuingRule
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import Level
from liandong.organization.models import Body, Post

AUDIENCE = ("county",)
LONGEST = 24 * 60


@action(Permission.SET_ISSUING)
def set_issuing_rule(
    actor: Actor,
    *,
    level: str,
    approver: Post,
    body: Body | None = None,
    hazard: str = "",
    minutes: int = 10,
    cite: str = "",
    idempotency_key: str = "",
) -> IssuingRule:
    """Lay down who approves a unit's warnings of a hazard from a level up, or change it.

    Publishes ``IssuingRuleSet``. Warnings that wait already go on waiting where they are. Refuses
    unknown levels, no time or more than a day, and a drill. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    wrong = {}
    if level not in Level.values:
        wrong["level"] = _("级别应为蓝、黄、橙、红之一")
    if not 1 <= minutes <= LONGEST:
        wrong["minutes"] = _("应为 1 到 1440 分钟")
    if wrong:
        raise Invalid(
            _("发布审批设置有误。"),
            place=_("发布审批"),
            remedy=_("请按提示改正。"),
            fields=wrong,
        )
    row, _is_new = IssuingRule.objects.update_or_create(
        body=body,
        hazard=hazard.strip(),
        level=level,
        defaults={"approver": approver, "minutes": minutes, "cite": cite.strip()[:200]},
    )
    fact = IssuingRuleSet(
        subject_id=str(row.pk),
        body=str(body or ""),
        hazard=row.hazard,
        level=level,
        approver=f"{approver.body} {approver}",
        minutes=minutes,
        cite=row.cite,
    )
    happened(fact, audience=AUDIENCE)
    return row


@action(Permission.SET_ISSUING)
def drop_issuing_rule(
    actor: Actor, *, rule: IssuingRule, expected_version: int, idempotency_key: str = ""
) -> IssuingRule:
    """Let units issue by themselves again what this rule had approved. Publishes ``IssuingRuleDropped``.

    Refuses whoever saw an older version, and a drill. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    rule.change(expected_version=expected_version)
    fact = IssuingRuleDropped(
        subject_id=str(rule.pk),
        body=str(rule.body or ""),
        hazard=rule.hazard,
        level=rule.level,
        approver=f"{rule.approver.body} {rule.approver}",
    )
    happened(fact, audience=AUDIENCE)
    IssuingRule.objects.filter(pk=rule.pk).delete()
    return rule
