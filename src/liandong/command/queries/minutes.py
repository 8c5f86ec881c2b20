"""What the minutes say at first: what was known, what each said, where they differ. People correct it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liandong.command.models import Attendee, Consultation
from liandong.command.queries.consultation import attendees_of, differing
from liandong.command.states import InvitationAnswer, Stance
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

MOST_FACTS = 20


@dataclass(frozen=True)
class DraftMinutes:
    """The first words of each part of the minutes; blank where nobody said anything."""

    chair: str
    situation: str
    findings: str
    dissent: str


def draft_minutes(consultation: Consultation) -> DraftMinutes:
    """Write down what is on record, in nobody's words but those who spoke. Two queries.

    Nothing is concluded: findings are what the plans propose and what was agreed to.
    """
    people = attendees_of(consultation)
    return DraftMinutes(
        chair=_chair(people),
        situation=situation_of(consultation.pack),
        findings=_findings(consultation.pack, people),
        dissent="\n".join(_voice(one.attendee, one) for one in differing(people)),
    )


def present(attendees: Sequence[Attendee]) -> list[Attendee]:
    """Those who were there: who came, and before anybody was noted, who said that they would come."""
    came = [one for one in attendees if one.came_at]
    cannot = InvitationAnswer.CANNOT
    return came or [one for one in attendees if one.answer and one.answer != cannot]


def _chair(people: Sequence[Attendee]) -> str:
    """Whoever came first; nobody while nobody is there."""
    came = [(one.came_at, one.name) for one in people if one.came_at]
    return min(came)[1] if came else ""


def situation_of(pack: Mapping[str, Any]) -> str:
    """What a pack knows, in sentences: facts with who said them, warnings, how much is under way."""
    rows = _rows(pack, "facts")[:MOST_FACTS]
    told: dict[str, list[str]] = {}
    for label, value, source in rows:
        told.setdefault(source, []).append(f"{label} {value}")
    facts = [
        _("%(source)s：%(facts)s。") % {"source": source, "facts": "；".join(said)}
        for source, said in told.items()
    ]
    warnings = [row[0] for row in _rows(pack, "warnings")]
    orders = len(_rows(pack, "orders"))
    lines = [
        *facts,
        _("生效中：%(warnings)s。") % {"warnings": listed(warnings)} if warnings else "",
        _("未办完的指令 %(n)d 条。") % {"n": orders} if orders else "",
    ]
    return "\n".join(str(line) for line in lines if line)


def _findings(pack: Mapping[str, Any], people: Sequence[Attendee]) -> str:
    proposed = [f"{row[0]}：{row[1]}" for row in _rows(pack, "grading")]
    agreed = [
        _voice(one, one.said[-1])
        for one in people
        if one.said and one.said[-1].stance == Stance.SUPPORT and one.said[-1].words
    ]
    return "\n".join([*proposed, *agreed])


def _voice(attendee: Attendee, opinion: Any) -> str:
    stance = str(opinion.get_stance_display())
    words = opinion.words or (_("见书面意见“%(file)s”") % {"file": opinion.file})
    return _("%(who)s（%(stance)s）：%(words)s") % {
        "who": attendee.name,
        "stance": stance,
        "words": words,
    }


def _rows(pack: Mapping[str, Any], key: str) -> list[Sequence[str]]:
    found = (one for one in pack.get("sections", ()) if one["key"] == key)
    return [row["cells"] for one in found for row in one["rows"]]
