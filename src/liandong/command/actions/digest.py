"""Digests: compiled in one click, put in better words, signed and sent."""

from collections.abc import Mapping, Sequence
from datetime import date

from liandong.command.actions.claims import demand_realm, lend, lock_register
from liandong.command.events import DigestCompiled, DigestEdited, DigestIssued
from liandong.command.models import Digest, Incident
from liandong.command.permissions import Permission
from liandong.command.queries import digest as queries
from liandong.command.queries.address import name_of
from liandong.command.rules.digest import demand_known, demand_unissued, span_of, text_of
from liandong.command.rules.order import demand_words
from liandong.command.states import DIGEST_MOVES, DigestKind, DigestState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization.models import Post

AUDIENCE = ("duty",)
MOST_TEXT = 2000


@action(Permission.COMPILE_DIGEST)
def compile_digest(
    actor: Actor,
    *,
    kind: DigestKind,
    day: date | None = None,
    incidents: Sequence[Incident] = (),
    idempotency_key: str = "",
) -> Digest:
    """Compile a digest of a day, of some incidents or of a week, as its compiler sees the registers.

    What there is nothing of says 无. Compiled again it is the next edition; those before stay.
    Publishes ``DigestCompiled``. Refuses a day that has not begun. Clause 二(二)2.
    """
    now = clock.now(actor.realm)
    kind = DigestKind(kind)
    from_at, until_at = span_of(kind, now, day)
    span = queries.Span(actor, from_at, until_at)
    if kind == DigestKind.WEEKLY:
        sections = queries.weekly_sections(span)
    elif kind == DigestKind.BULLETIN:
        sections = queries.bulletin_sections(span, incidents)
    else:
        sections = queries.daily_sections(span)
    lock_register(actor.realm, now)  # of two who compile at once the second is the next edition
    made = Digest.objects.create(
        realm=actor.realm,
        audience=list(AUDIENCE),
        kind=kind,
        from_at=from_at,
        until_at=until_at,
        edition=queries.next_edition(actor.realm, kind, from_at),
        sections=[one.plain() for one in sections],
        compiled_by=actor.label[:120],
        compiled_at=now,
    )
    fact = DigestCompiled(
        subject_id=str(made.pk),
        kind=kind,
        title=made.title,
        from_at=from_at.isoformat(),
        until_at=until_at.isoformat(),
        edition=made.edition,
    )
    happened(fact, audience=AUDIENCE)
    return made


@action(Permission.COMPILE_DIGEST)
def edit_digest(
    actor: Actor,
    *,
    digest: Digest,
    texts: Mapping[str, str],
    expected_version: int,
    idempotency_key: str = "",
) -> Digest:
    """Put sections of a digest in other words before it goes out; an emptied one says 无.

    Registers in it stay as they are. Publishes ``DigestEdited``. Refuses an issued one, sections
    it has not, and when nothing changes. Clause 二(二)2.
    """
    demand_realm(actor, digest)
    demand_unissued(digest)
    demand_known(digest, texts)
    new = {key: text.strip() or _("无") for key, text in texts.items()}
    before = {
        one["key"]: one["text"]
        for one in digest.sections
        if new.get(one["key"], one["text"]) != one["text"]
    }
    if not before:
        raise Invalid(
            _("没有改动。"), place=digest.title, remedy=_("请改了再提交，不改请返回。")
        )
    sections = [{**one, "text": new.get(one["key"], one["text"])} for one in digest.sections]
    digest.change(expected_version=expected_version, sections=sections)
    fact = DigestEdited(
        subject_id=str(digest.pk),
        title=digest.title,
        before=before,
        after={key: new[key] for key in before},
    )
    happened(fact, audience=digest.audience)
    return digest


@action(Permission.ISSUE_DIGEST)
def issue_digest(
    actor: Actor,
    *,
    digest: Digest,
    signed_by: str,
    posts: Sequence[Post],
    expected_version: int,
    idempotency_key: str = "",
) -> Digest:
    """Sign a digest and send it to posts, whose receipts stand beside it; from then on it stays.

    Publishes ``DigestIssued`` and a message to each. Refuses one that nobody signs, without a
    receiver, a vacant post, and what was issued. Clause 二(二)2.
    """
    demand_realm(actor, digest)
    DIGEST_MOVES.check(digest.state, DigestState.ISSUED)
    demand_words(signed_by, field="signed_by", what=_("签发人"))
    if not posts:
        raise Invalid(
            _("没有选送给谁。"),
            place=_("送"),
            remedy=_("请至少选一个岗位。"),
            fields={"posts": _("请至少选一个岗位")},
        )
    seen = sorted({*digest.audience, *(f"post:{post.pk}" for post in posts)})
    digest.change(
        expected_version=expected_version,
        state=DigestState.ISSUED,
        signed_by=signed_by.strip()[:120],
        issued_by=actor.label[:120],
        issued_at=clock.now(actor.realm),
        audience=seen,
    )
    text = text_of(digest)
    fact = DigestIssued(
        subject_id=str(digest.pk),
        title=digest.title,
        signed_by=digest.signed_by,
        to=listed(name_of(post) for post in posts),
        text=text,
    )
    happened(fact, audience=seen)
    sender = lend(actor, Messaging.SEND_MESSAGE)
    for post in posts:
        send_message(
            sender,
            to_post=post,
            title=digest.title[:200],
            text=text[:MOST_TEXT],
            subject_kind="command.digest",
            subject_id=str(digest.pk),
            audience=AUDIENCE,
            link=f"/command/digests/{digest.pk}/",
        )
    return digest
