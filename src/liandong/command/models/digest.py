"""Digests of what came in and was done: of a day, of some incidents, of a week."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from liandong.command.states import DigestKind, DigestState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.web.times import moment


class Digest(Scoped, Versioned):
    """值班日报、要情、台账: one edition of a digest of a span of time, as it was when it was compiled.

    ``sections`` in order, each ``key``, ``title``, ``text``, and, of a register, ``heads`` with
    ``rows``. Whoever wants it otherwise after it was issued compiles the next edition.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("种类"), max_length=20, choices=DigestKind)
    from_at = models.DateTimeField(_("起"))
    until_at = models.DateTimeField(_("止"))
    edition = models.PositiveIntegerField(_("版次"), default=1)
    sections = models.JSONField(_("内容"), default=list)
    state = models.CharField(
        _("状态"), max_length=20, choices=DigestState, default=DigestState.COMPILED
    )
    compiled_by = models.CharField(_("编制"), max_length=120)
    compiled_at = models.DateTimeField(_("编制时间"))
    signed_by = models.CharField(_("签发"), max_length=120, blank=True)
    issued_by = models.CharField(_("发出"), max_length=120, blank=True)
    issued_at = models.DateTimeField(_("发出时间"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("值班信息")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["realm", "-compiled_at"], name="digest_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "kind", "from_at", "edition"], name="digest_editions_counted"
            ),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="digest_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """值班日报（2030年1月1日）, 要情（1月1日 08:00—1月1日 20:00）, with the edition after the first."""
        kind = DigestKind(self.kind)
        start = localtime(self.from_at)
        span = (
            _("%(year)d年%(month)d月%(day)d日")
            % {"year": start.year, "month": start.month, "day": start.day}
            if kind == DigestKind.DAILY
            else f"{moment(self.from_at)}—{moment(self.until_at)}"
        )
        words = {"kind": kind.label, "span": span, "edition": self.edition}
        if self.edition == 1:
            return _("%(kind)s（%(span)s）") % words
        return _("%(kind)s（%(span)s）第 %(edition)d 版") % words

    @property
    def is_issued(self) -> bool:
        """Whether it has gone out; from then on it stands as it is."""
        return self.state == DigestState.ISSUED
