"""Who was in overall command of an incident, from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import CommandLevel
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class CommandTerm(Scoped, Versioned):
    """指挥期: overall command passed to a headquarters, which has it until the next begins.

    An incident without one is commanded by the county, as from its opening. It passed by a
    ``paper``, or by a call of which it is kept who made it, when, and how it was said back.
    ``keeps``: what the county goes on doing by itself; ``liaison``: whom the superior speaks to.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="command_terms"
    )
    level = models.CharField(_("指挥层级"), max_length=20, choices=CommandLevel)
    headquarters = models.CharField(_("指挥机构"), max_length=120, blank=True)
    paper = models.CharField(_("文号"), max_length=60, blank=True)
    told_by = models.CharField(_("通知人"), max_length=120, blank=True)
    told_at = models.DateTimeField(_("通知时间"), null=True, blank=True)
    read_back = models.TextField(_("复诵内容"), blank=True)
    reason = models.TextField(_("依据"))
    keeps = models.TextField(_("县里继续负责"), blank=True)
    liaison = models.ForeignKey(
        "organization.Post",
        verbose_name=_("县联络员"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts_at = models.DateTimeField(_("起"))
    ended_at = models.DateTimeField(_("止"), null=True, blank=True)
    entered_by = models.CharField(_("登记"), max_length=120)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta(Scoped.Meta):
        verbose_name = _("指挥期")
        constraints = [
            models.UniqueConstraint(
                fields=["incident"], condition=Q(ended_at=None), name="one_commands_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("starts_at")),
                name="command_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        level = self.get_level_display()
        if not self.headquarters:
            return str(level)
        return _("%(level)s（%(headquarters)s）") % {
            "level": level,
            "headquarters": self.headquarters,
        }

    @property
    def is_superior(self) -> bool:
        """Whether somebody above the county commands in it."""
        return self.level != CommandLevel.COUNTY
