"""Who is on the spot: parties that came, and everybody in them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.field_post import FieldGroup, FieldPost
from liandong.command.states import FieldPresenceState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned


class FieldParty(models.Model):
    """到场队伍: those who came to a field headquarters together, one or many.

    What they are called, and their telephones, stand in the journal alone, in the entry about this
    party: destroyed there (《突发事件应对法》第85条), they are nowhere, and the count remains.
    ``body`` is the county's body whose chair signed them in, which may sign them out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    field_post = models.ForeignKey(FieldPost, on_delete=models.PROTECT, related_name="parties")
    group = models.ForeignKey(
        FieldGroup,
        verbose_name=_("工作组"),
        null=True,
        on_delete=models.PROTECT,
        related_name="parties",
    )
    unit = models.CharField(_("单位、队伍"), max_length=120)
    job = models.CharField(_("任务"), max_length=120, blank=True)
    body = models.ForeignKey(
        "organization.Body", null=True, on_delete=models.PROTECT, related_name="+"
    )
    insured = models.BooleanField(_("已买人身意外伤害保险"))
    geared = models.BooleanField(_("防护装备齐全"))
    waiver = models.TextField(_("仍须上场的理由"), blank=True)
    arrived_at = models.DateTimeField(_("到场时间"))
    entered_by = models.CharField(_("登记"), max_length=120)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("到场队伍")
        ordering = ["arrived_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(insured=True, geared=True) | ~Q(waiver=""),
                name="unprotected_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.unit


class FieldPresence(Versioned):
    """到场人员: one person of a party, at work, resting or gone; ``since_at`` that moment.

    ``ordinal`` is their place in the party's list of names; who stands beyond it was counted,
    not named.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey(FieldParty, on_delete=models.PROTECT, related_name="people")
    ordinal = models.PositiveSmallIntegerField()
    person = models.ForeignKey(
        "organization.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("状态"),
        max_length=20,
        choices=FieldPresenceState,
        default=FieldPresenceState.AT_WORK,
    )
    since_at = models.DateTimeField(_("自何时"))

    class Meta:
        verbose_name = _("到场人员")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["party", "ordinal"], name="one_place_in_a_party")
        ]
        indexes = [
            models.Index(
                fields=["since_at"],
                condition=Q(state=FieldPresenceState.AT_WORK),
                name="presence_at_work",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.ordinal + 1}"
