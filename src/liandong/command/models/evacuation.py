"""Who has to leave their homes, household by household, and where they went."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import HouseholdState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class EvacuationList(Scoped):
    """转移清单: the households of a village or group that have to leave, and who leads them.

    What they and whoever leads are called, telephones and who needs help how stand in the journal
    alone, in the entry about this list: destroyed there (《突发事件应对法》第85条), the counts remain.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="evacuation_lists"
    )
    township = models.ForeignKey(
        "organization.Body",
        verbose_name=_("乡镇"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    place = models.CharField(_("村、组"), max_length=120)
    entered_by = models.CharField(_("登记"), max_length=120)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta(Scoped.Meta):
        verbose_name = _("转移清单")

    def __str__(self) -> str:
        return self.place


class EvacuationHousehold(Versioned):
    """转移户: one household of a list, by its place there; how many they are and where they stand.

    ``shelter`` is a record of the register of shelters; moved without one, they are with relatives.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    list = models.ForeignKey(
        EvacuationList, on_delete=models.PROTECT, related_name="households"
    )
    ordinal = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField(_("人数"))
    needs_help = models.BooleanField(_("需要帮助"))
    state = models.CharField(
        _("状态"), max_length=20, choices=HouseholdState, default=HouseholdState.TO_MOVE
    )
    shelter = models.ForeignKey(
        "sharing.Record",
        verbose_name=_("安置点"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    since_at = models.DateTimeField(_("自何时"))

    class Meta:
        verbose_name = _("转移户")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["list", "ordinal"], name="one_place_in_a_list"),
            models.CheckConstraint(
                condition=Q(shelter=None) | Q(state=HouseholdState.MOVED),
                name="sheltered_while_moved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list} {self.ordinal + 1}"
