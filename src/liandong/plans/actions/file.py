"""Files put with a plan: letters, receipts, signed papers, and what a manuscript was read from."""

from collections.abc import Iterable
from typing import BinaryIO

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.files.actions import store_file
from liandong.kernel.files.models import File
from liandong.kernel.problems import IllegalMove, Missing
from liandong.kernel.wording import gettext as _
from liandong.plans import queries, rules
from liandong.plans.actions.passing import EVERYBODY
from liandong.plans.events import PlanFileAttached
from liandong.plans.models import Manuscript, PlanFile, PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import PaperKind

VERSION, MANUSCRIPT = "plans.plan_version", "plans.manuscript"


@action(Permission.ATTACH_FILE)
def attach_plan_file(
    actor: Actor,
    *,
    to: PlanVersion | Manuscript,
    file: File,
    what: PaperKind,
    caption: str = "",
    idempotency_key: str = "",
) -> PlanFile:
    """Put a file that was stored before with a version or a manuscript; seen by whoever sees the file.

    Publishes ``PlanFileAttached`` with its digest. A version of any state takes files: receipts and
    reports come late. Refuses a file that was stored for something else. Clause 三(二)1.
    """
    rules.demand_actual(actor)
    _demand_concern(actor, to, what)
    if (file.subject_kind, file.subject_id) != (_kind(to), str(to.pk)):
        raise IllegalMove(
            _("“%(file)s”不是交给这部预案的文件。") % {"file": file.name},
            place=str(to),
            remedy=_("请从预案页面的“材料”重新上传。"),
        )
    row = PlanFile.objects.create(
        realm=actor.realm,
        audience=file.audience,
        plan_version=to if isinstance(to, PlanVersion) else None,
        manuscript=to if isinstance(to, Manuscript) else None,
        file=file,
        what=what,
        caption=caption.strip(),
        by=actor.label,
        at=clock.now(actor.realm),
    )
    fact = PlanFileAttached(
        subject_id=str(row.pk),
        title=str(to),
        what=str(row.get_what_display()),
        file_id=str(file.pk),
        file_name=file.name,
        caption=row.caption or file.name,
        digest=file.digest,
    )
    happened(fact, audience=row.audience)
    return row


def keep_paper(
    actor: Actor,
    *,
    to: PlanVersion | Manuscript,
    name: str,
    content: BinaryIO,
    what: PaperKind,
    caption: str = "",
    audience: Iterable[str] = EVERYBODY,
    idempotency_key: str = "",
) -> PlanFile:
    """Store a file and put it with a plan. Publishes what storing and attaching publish."""
    file = store_file(
        actor,
        name=name,
        content=content,
        audience=audience,
        subject_kind=_kind(to),
        subject_id=str(to.pk),
        idempotency_key=idempotency_key,
    )
    return attach_plan_file(
        actor,
        to=to,
        file=file,
        what=what,
        caption=caption,
        idempotency_key=idempotency_key,
    )


def _demand_concern(actor: Actor, to: PlanVersion | Manuscript, what: PaperKind) -> None:
    """A unit hands in its letter about a draft it was asked about; all else is its companions'."""
    if any(map(actor.may, (Permission.ADVANCE_VERSION, Permission.APPROVE_VERSION))):
        return
    asked = queries.opinions_visible(actor).filter(plan_version=to.pk)
    if what != PaperKind.OPINION or not asked.exists():
        raise Missing(
            _("当前岗位不经办这部预案的材料。"), remedy=_("意见函请在“书面意见”里答复时附上。")
        )


def _kind(to: PlanVersion | Manuscript) -> str:
    return VERSION if isinstance(to, PlanVersion) else MANUSCRIPT
