"""Records, what they said before, and the books that number them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.sharing.models.taking import Taking
from liandong.sharing.registers import REGISTERS, Register
from liandong.sharing.states import Deed, RecordState, Sensitivity


class NumberBook(models.Model):
    """编号簿: the number given last in a register. Its row is the lock of whoever numbers."""

    kind = models.CharField(max_length=30, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.kind} {self.last}"


class Record(Versioned):
    """登记: one thing the county knows of, in the register of its kind. In every realm.

    ``values`` holds what the register's fields give, as ``registers`` keeps it. Days follow from
    it: when it is due for confirmation, for inspection, and when something of it runs out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("登记簿"), max_length=30)
    number = models.CharField(_("编号"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=200)
    body = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    division_code = models.CharField(_("所在乡镇"), max_length=12, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    # WGS-84, both or neither; of what has an extent, a place inside it.
    lon = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True)
    lat = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True)
    extent = models.JSONField(_("范围"), null=True)
    cell = models.BigIntegerField(_("网格"), null=True)
    # What it covers, in degrees: its extent's box, or its place. The index on it stands in a migration.
    west = models.FloatField(null=True, editable=False)
    south = models.FloatField(null=True, editable=False)
    east = models.FloatField(null=True, editable=False)
    north = models.FloatField(null=True, editable=False)
    values = models.JSONField(default=dict)
    sensitivity = models.CharField(
        _("知悉范围"), max_length=10, choices=Sensitivity, default=Sensitivity.INTERNAL
    )
    audience = ArrayField(models.CharField(max_length=100), editable=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=RecordState, default=RecordState.CURRENT
    )
    changed_at = models.DateTimeField(_("变更时间"))
    confirmed_at = models.DateTimeField(_("核实时间"))
    due_on = models.DateField(_("应核实日期"))
    inspect_on = models.DateField(_("应检查日期"), null=True)
    expires_on = models.DateField(_("到期日期"), null=True)
    sort_key = models.CharField(max_length=400, editable=False)

    class Meta:
        verbose_name = _("登记")
        constraints = [
            models.CheckConstraint(
                condition=Q(lon=None, lat=None, cell=None)
                | Q(lon__isnull=False, lat__isnull=False, cell__isnull=False),
                name="record_place_whole",
            )
        ]
        indexes = [
            models.Index(fields=["kind", "state", "sort_key", "id"], name="record_listed"),
            models.Index(fields=["kind", "body", "state"], name="record_by_body"),
            models.Index(fields=["kind", "cell"], name="record_by_cell"),
            models.Index(
                fields=["due_on"], name="record_due", condition=Q(state=RecordState.CURRENT)
            ),
            models.Index(
                fields=["inspect_on"],
                name="record_inspect",
                condition=Q(state=RecordState.CURRENT, inspect_on__isnull=False),
            ),
            models.Index(
                fields=["expires_on"],
                name="record_expires",
                condition=Q(state=RecordState.CURRENT, expires_on__isnull=False),
            ),
            GinIndex(fields=["values"], name="record_values", opclasses=["jsonb_path_ops"]),
            GinIndex(fields=["audience"], name="record_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.number}）"

    @property
    def register(self) -> Register:
        """The register it stands in."""
        return REGISTERS[self.kind]


class RecordVersion(models.Model):
    """登记的历史: what a record said from then on, who said it and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("版次"))
    deed = models.CharField(_("办理"), max_length=10, choices=Deed)
    snapshot = models.JSONField()
    changed = ArrayField(models.CharField(max_length=40), default=list)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.CharField(_("办理人"), max_length=200)
    taking = models.ForeignKey(
        Taking, null=True, on_delete=models.PROTECT, related_name="versions"
    )

    class Meta:
        verbose_name = _("登记的版次")
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="record_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} v{self.number}"
