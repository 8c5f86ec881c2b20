"""What the journal is told of somebody who was called."""

from liandong.kernel.actions import happened
from liandong.messaging.events import CalleeAnswered, CalleeAssigned, CalleeNotMet
from liandong.messaging.models import Callee
from liandong.messaging.states import AnswerWay, CallOutcome


def tell_answered(callee: Callee) -> None:
    """Somebody has answered; once a person."""
    happened(
        CalleeAnswered(
            subject_id=str(callee.call_out_id),
            callee=str(callee.pk),
            person=callee.name,
            area=callee.area_name,
            way=callee.way,
            way_label=str(AnswerWay(callee.way).label),
            answered_by=callee.answered_by,
            answered_at=callee.answered_at.isoformat() if callee.answered_at else "",
            tries=callee.tries,
        ),
        incident=callee.call_out.incident,
        audience=callee.call_out.audience,
    )


def tell_assigned(callee: Callee) -> None:
    """Somebody goes to them; once a person, unless another is sent."""
    outcome = str(CallOutcome(callee.outcome).label) if callee.outcome else ""
    happened(
        CalleeAssigned(
            subject_id=str(callee.call_out_id),
            callee=str(callee.pk),
            person=callee.name,
            area=callee.area_name,
            goer=callee.goer_name,
            go_by=callee.go_by.isoformat() if callee.go_by else "",
            tries=callee.tries,
            trouble=callee.trouble or outcome,
        ),
        incident=callee.call_out.incident,
        audience=callee.call_out.audience,
    )


def tell_not_met(callee: Callee) -> None:
    """Whoever went did not find them."""
    happened(
        CalleeNotMet(
            subject_id=str(callee.call_out_id),
            callee=str(callee.pk),
            person=callee.name,
            area=callee.area_name,
            goer=callee.goer_name,
            trouble=callee.trouble,
        ),
        incident=callee.call_out.incident,
        audience=callee.call_out.audience,
    )
