"""Writing plans and putting them into force."""

import hashlib
from datetime import datetime

from django.db import connection

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.plans import queries, rules
from liandong.plans.events import PlanAdopted, PlanDrafted
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import VERSION_MOVES, VersionState

EVERYBODY = ("county",)


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


@action(Permission.ADOPT_VERSION)
def adopt_version(
    actor: Actor,
    *,
    text: str,
    in_force_from: datetime | None = None,
    idempotency_key: str = "",
) -> PlanVersion:
    """Put a new version of a plan into force; the one before is superseded. Publishes ``PlanAdopted``.

    Refuses, with place and remedy of each flaw, a text that is no sound plan. Clause 三(二)1.
    """
    version = _written(actor, text, Permission.ADOPT_VERSION)
    return _in_force(actor, version, in_force_from)


@action(Permission.ADOPT_VERSION)
def adopt_draft(
    actor: Actor,
    *,
    draft: PlanVersion,
    expected_version: int,
    in_force_from: datetime | None = None,
    idempotency_key: str = "",
) -> PlanVersion:
    """Put a draft into force; the version before is superseded. Publishes ``PlanAdopted``.

    Refuses what is no draft, and whoever saw an older state of it. Clause 三(二)1.
    """
    rules.demand_actual(actor)
    actor.demand(Permission.ADOPT_VERSION, hazard=draft.hazard)
    _line_up(draft.key)
    draft.refresh_from_db()
    VERSION_MOVES.check(draft.state, VersionState.IN_FORCE)
    rules.readable_plan(draft.text)
    return _in_force(actor, draft, in_force_from, expected_version)


def _written(actor: Actor, text: str, permission: Permission) -> PlanVersion:
    rules.demand_actual(actor)
    plan = rules.readable_plan(text)
    actor.demand(permission, hazard=plan.hazard)
    _line_up(plan.plan)
    newest = queries.versions_of(plan.plan).first()
    return PlanVersion.objects.create(
        key=plan.plan,
        number=newest.number + 1 if newest else 1,
        title=plan.title,
        hazard=plan.hazard,
        text=text,
        document=plan.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        drafted_at=clock.now(actor.realm),
    )


def _in_force(
    actor: Actor, version: PlanVersion, since: datetime | None, expected_version: int = 1
) -> PlanVersion:
    now = clock.now(actor.realm)
    before = queries.versions_in_force().filter(key=version.key).first()
    if before:
        VERSION_MOVES.check(before.state, VersionState.SUPERSEDED)
        before.change(
            expected_version=before.version, state=VersionState.SUPERSEDED, superseded_at=now
        )
    version.change(
        expected_version=expected_version,
        state=VersionState.IN_FORCE,
        in_force_from=since or now,
    )
    fact = PlanAdopted(
        subject_id=str(version.pk),
        key=version.key,
        title=version.title,
        number=version.number,
        digest=version.digest,
        replaces=str(before.pk) if before else "",
    )
    happened(fact, audience=EVERYBODY)
    return version


def _line_up(key: str) -> None:
    """Let those who write one plan at once go one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"plans/{key}"]
        )
