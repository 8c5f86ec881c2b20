"""The weather and water services: they look at what is proposed, and issue or lift warnings."""

from datetime import timedelta

from liandong.demo.cast import liaison
from liandong.demo.stage import WITNESS, Reaction, Stage
from liandong.kernel.journal.reading import Told
from liandong.monitoring import actions as monitoring
from liandong.monitoring import queries
from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.states import WarningState
from liandong.organization.models import Body

LOOKING = timedelta(minutes=3)
MAKING_SURE = timedelta(minutes=20)


class Watchers:
    """Whoever watches rain and river in the issuing service."""

    def take_places(self, stage: Stage) -> None:
        """Answer what monitoring proposes."""
        stage.when("monitoring.warning_drafted", self.look)
        stage.when("monitoring.lifting_proposed", self.make_sure)

    def look(self, told: Told) -> Reaction:
        """Confirm a proposed warning after a look at it."""
        return Reaction(LOOKING, lambda: self.issue(told.subject_id))

    def make_sure(self, told: Told) -> Reaction:
        """Lift a warning that nothing holds up any more."""
        return Reaction(MAKING_SURE, lambda: self.lift(told.subject_id, told.payload["reason"]))

    def issue(self, key: str) -> None:
        """Issue what is still waiting to be confirmed, or adjust what it replaces."""
        draft = _warning(key)
        if draft.state != WarningState.DRAFT:
            return
        monitoring.issue_warning(
            liaison(_body(draft)),
            warning=draft,
            expected_version=draft.version,
            idempotency_key=f"issue/{key}",
        )

    def lift(self, key: str, reason: str) -> None:
        """Lift what is still in force."""
        warning = _warning(key)
        if warning.state != WarningState.ISSUED:
            return
        monitoring.lift_warning(
            liaison(_body(warning)),
            warning=warning,
            expected_version=warning.version,
            reason=reason,
            idempotency_key=f"lift/{key}",
        )


def _warning(key: str) -> Warning:
    return queries.warnings_for(WITNESS).select_related("issuing_body").get(pk=key)


def _body(warning: Warning) -> Body:
    if warning.issuing_body is None:
        raise LookupError("a warning of the scenario has its issuer")
    return warning.issuing_body
