"""What is said of missing people. Names and places are kept in these payloads and nowhere else."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.missing_person_reported", about="command.missing_person")
class MissingPersonReported(Event):
    """Nobody can find somebody: who, what they look like, where they were seen last, who says so."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "ordinal", "missing"})
    incident_id: str
    ordinal: int
    township: str
    called: str
    about: str
    last_seen: str
    reporter: str
    missing: int
    say = _("登记第{ordinal}名失踪人员，尚未找到{missing}人")


@event("command.missing_person_settled", about="command.missing_person")
class MissingPersonSettled(Event):
    """What became of somebody who was missing; ``words`` says where and how."""

    stays: ClassVar[frozenset[str]] = frozenset(
        {"incident_id", "ordinal", "before", "state", "missing"}
    )
    incident_id: str
    ordinal: int
    before: str
    state: str
    outcome: str
    words: str
    missing: int
    say = _("第{ordinal}名失踪人员：{outcome}，尚未找到{missing}人")


@event("command.missing_person_reopened", about="command.missing_person")
class MissingPersonReopened(Event):
    """What was said to have become of somebody was wrong: they are missing again."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "ordinal", "before", "missing"})
    incident_id: str
    ordinal: int
    before: str
    reason: str
    missing: int
    say = _("第{ordinal}名失踪人员重新列为失踪，尚未找到{missing}人")
