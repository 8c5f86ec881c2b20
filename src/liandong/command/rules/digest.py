"""Which span a digest covers, and when one may still be changed."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from liandong.command.models import Digest
from liandong.command.states import DigestKind
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _

# The county's day on duty: from eight to eight.
BEGINS = time(8)


def day_of(at: datetime) -> date:
    """The day on duty a moment belongs to: before eight it is still yesterday's."""
    here = timezone.localtime(at)
    return here.date() if here.time() >= BEGINS else here.date() - timedelta(days=1)


def span_of(kind: DigestKind, now: datetime, day: date | None) -> tuple[datetime, datetime]:
    """From when to when a digest tells: the last whole day or week if none is named.

    What is not over yet is told until now. Of a bulletin the day that runs.
    """
    today = day_of(now)
    if kind == DigestKind.WEEKLY:
        first = day or today - timedelta(days=7)
        start, days = first - timedelta(days=first.weekday()), 7
    else:
        whole = kind == DigestKind.DAILY
        start, days = day or (today - timedelta(days=1) if whole else today), 1
    from_at = _opening(start)
    if from_at >= now:
        raise Invalid(
            _("这一天还没有开始。"),
            place=_("日期"),
            remedy=_("请选今天或以前的日期；值班日从8:00算起。"),
            fields={"day": _("请选今天或以前的日期")},
        )
    return from_at, min(_opening(start + timedelta(days=days)), now)


def demand_unissued(digest: Digest) -> None:
    """Refuse to change what has gone out."""
    if digest.is_issued:
        raise IllegalMove(
            _("“%(digest)s”已经签发，不能再改。") % {"digest": digest.title},
            place=digest.title,
            remedy=_("请另编一版，再签发；原来的一版留着。"),
        )


def demand_known(digest: Digest, texts: Mapping[str, str]) -> None:
    """Refuse words for a section the digest has not."""
    strange = sorted(set(texts) - {one["key"] for one in digest.sections})
    if strange:
        raise Invalid(
            _("“%(digest)s”没有“%(key)s”这一栏。")
            % {"digest": digest.title, "key": strange[0]},
            place=digest.title,
            remedy=_("请刷新后再改。"),
        )


def text_of(digest: Digest) -> str:
    """The digest as plain text, to be copied, mailed and kept."""
    lines = [digest.title]
    for one in digest.sections:
        lines += ["", one["title"], one["text"]]
        lines += ["\t".join(row) for row in [one.get("heads", []), *one.get("rows", [])] if row]
    return "\n".join(line for line in lines)


def _opening(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, BEGINS))
