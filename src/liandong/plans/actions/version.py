"""Writing plans and putting them into force."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.plans import queries, rules
from liandong.plans.actions.duty import set_reminders
from liandong.plans.actions.passing import EVERYBODY, begin, pass_on, tell
from liandong.plans.events import DraftRevised, PlanAdopted, PlanDrafted
from liandong.plans.language import Plan
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import VERSION_MOVES, VersionState, Way


@action(Permission.DRAFT_VERSION)
def draft_version(actor: Actor, *, text: str, idempotency_key: str = "") -> PlanVersion:
    """Keep a new version of a plan as a draft. Publishes ``PlanDrafted``.

    Refuses, with place and remedy of each flaw, a text that is no sound plan. Clause 三(二)1.
    """
    version = _written(actor, text, Permission.DRAFT_VERSION)
    fact = PlanDrafted(
        subject_id=str(version.pk),
        key=version.key,
        title=version.title,
        number=version.number,
        digest=version.digest,
    )
    happened(fact, audience=EVERYBODY)
    return version


@action(Permission.DRAFT_VERSION)
def revise_draft(
    actor: Actor,
    *,
    draft: PlanVersion,
    text: str,
    expected_version: int,
    idempotency_key: str = "",
) -> PlanVersion:
    """Replace the text of a draft; its number stays. Publishes ``DraftRevised``.

    Refuses, with place and remedy of each flaw, a text that is no sound plan, or is another plan;
    a version on its way already, which has to go back first; and whoever saw an older state of it.
    Clause 三(二)1.
    """
    rules.demand_actual(actor)
    plan = rules.readable_plan(text)
    for hazard in {plan.hazard, draft.hazard}:
        actor.demand(Permission.DRAFT_VERSION, hazard=hazard)
    remedy = _("退回起草后再改；已经印发的，另起草一版。")
    rules.demand_state(draft, VersionState.DRAFT, remedy=remedy)
    if plan.plan != draft.key:
        raise Invalid(
            _("这不是“%(key)s”的文本。") % {"key": draft.key},
            place="plan",
            remedy=_("预案代号要与草案的一样；要编另一部预案，请另起草。"),
            fields={"text": _("预案代号变了")},
        )
    before = draft.digest
    draft.change(expected_version=expected_version, **_contents(plan, text))
    tell(DraftRevised, draft, before=before, after=draft.digest)
    return draft


@action(Permission.ADOPT_VERSION)
def adopt_version(
    actor: Actor,
    *,
    text: str,
    in_force_from: datetime | None = None,
    issued_on: date | None = None,
    paper: str = "",
    idempotency_key: str = "",
) -> PlanVersion:
    """Enter a plan that had been issued on paper before; the version before is superseded. Publishes ``PlanAdopted``.

    Filing and publication are owed from the day it was issued: said here or in its text, else today. Refuses,
    with place and remedy of each flaw, a text that is no sound plan. Clause 三(二)1.
    """
    version = _written(actor, text, Permission.ADOPT_VERSION)
    return _entered(actor, version, in_force_from, issued_on, paper)


@action(Permission.ADOPT_VERSION)
def adopt_draft(
    actor: Actor,
    *,
    draft: PlanVersion,
    expected_version: int,
    in_force_from: datetime | None = None,
    issued_on: date | None = None,
    paper: str = "",
    idempotency_key: str = "",
) -> PlanVersion:
    """Enter a draft as a plan that had been issued on paper before; the version before is superseded. Publishes ``PlanAdopted``.

    Refuses what is no draft, and whoever saw an older state of it. Clause 三(二)1.
    """
    begin(actor, Permission.ADOPT_VERSION, draft, VersionState.DRAFT)
    return _entered(actor, draft, in_force_from, issued_on, paper, expected_version)


def _written(actor: Actor, text: str, permission: Permission) -> PlanVersion:
    rules.demand_actual(actor)
    plan = rules.readable_plan(text)
    actor.demand(permission, hazard=plan.hazard)
    _line_up(plan.plan)
    newest = queries.versions_of(plan.plan).first()
    return PlanVersion.objects.create(
        key=plan.plan,
        number=newest.number + 1 if newest else 1,
        drafted_at=clock.now(actor.realm),
        **_contents(plan, text),
    )


def _contents(plan: Plan, text: str) -> dict[str, Any]:
    return {
        "title": plan.title,
        "hazard": plan.hazard,
        "text": text,
        "document": plan.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "digest": hashlib.sha256(text.encode()).hexdigest(),
    }


def _entered(
    actor: Actor,
    version: PlanVersion,
    since: datetime | None,
    issued_on: date | None,
    paper: str,
    expected_version: int = 1,
) -> PlanVersion:
    """Put into force what was issued before it came here, and say so; the text may name day and number."""
    written = queries.plan_of(version).document
    read = written.issued if written.issued and written.issued <= queries.today() else None
    return put_in_force(
        actor,
        version,
        expected_version=expected_version,
        since=since,
        way=Way.BEFORE,
        issued_on=issued_on or read,
        paper=paper or written.number or "",
    )


def put_in_force(
    actor: Actor,
    version: PlanVersion,
    *,
    expected_version: int,
    way: Way,
    paper: str,
    issued_on: date | None = None,
    since: datetime | None = None,
) -> PlanVersion:
    """Let a version hold from now on, and the one before no longer."""
    _line_up(version.key)
    rules.readable_plan(version.text)
    rules.demand_number(paper)
    now = clock.now(actor.realm)
    issued_on = issued_on or localtime(min(since or now, now)).date()
    rules.demand_day("issued_on", issued_on, localtime(now).date())
    before = queries.versions_in_force().filter(key=version.key).first()
    if before:
        rules.demand_newer(version, before)
        VERSION_MOVES.check(before.state, VersionState.SUPERSEDED)
        before.change(
            expected_version=before.version, state=VersionState.SUPERSEDED, superseded_at=now
        )
        set_reminders(before)
    pass_on(
        actor,
        version,
        VersionState.IN_FORCE,
        expected_version=expected_version,
        reason=str(way.label) if way == Way.BEFORE else "",
        paper=paper,
        way=way,
        in_force_from=since or now,
        issued_on=issued_on,
        issue_number=paper,
    )
    set_reminders(version)
    fact = PlanAdopted(
        subject_id=str(version.pk),
        key=version.key,
        title=version.title,
        number=version.number,
        digest=version.digest,
        replaces=str(before.pk) if before else "",
        way=way,
        issued_on=str(issued_on),
        paper=paper,
    )
    happened(fact, audience=EVERYBODY)
    return version


def _line_up(key: str) -> None:
    """Let those who write one plan at once go one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"plans/{key}"]
        )
