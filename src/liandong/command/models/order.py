"""Orders, and what is said about them afterwards."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.models.response import Response
from liandong.command.models.superior_order import SuperiorOrder
from liandong.command.states import DONE, LIVE, VOID, CounterAnswer, OrderKind, OrderState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.organization.states import BodyKind, Management


class Order(Scoped, Versioned):
    """指令: what a post was told to do. The only truth about what is being carried out.

    ``step`` names the plan's step it came from; a run's step has at most one order that is not
    void each ``turn``: a repeated step has several turns, one after another. ``superior_order`` is what it cites. ``rung`` counts how far an unanswered order has climbed its ladder.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="orders")
    response = models.ForeignKey(
        Response, null=True, on_delete=models.PROTECT, related_name="orders"
    )
    run = models.ForeignKey("plans.Run", null=True, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("预案步骤"), max_length=64, blank=True)
    turn = models.PositiveSmallIntegerField(_("轮次"), default=0)
    kind = models.CharField(
        _("类别"), max_length=20, choices=OrderKind, default=OrderKind.ORDER
    )
    number = models.PositiveIntegerField(_("令号"))
    to_post = models.ForeignKey(
        "organization.Post",
        verbose_name=_("接令岗位"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    to_body = models.ForeignKey(
        "organization.Body",
        verbose_name=_("接令单位"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(_("内容"))
    place = models.CharField(_("地点"), max_length=300, blank=True)
    # In WGS-84; both or neither.
    lon = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    lat = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    files = models.JSONField(_("附件"), default=list, blank=True)
    dispatch = models.ForeignKey(
        "command.Dispatch", null=True, on_delete=models.PROTECT, related_name="orders"
    )
    instruction = models.ForeignKey(
        "command.Instruction", null=True, on_delete=models.PROTECT, related_name="orders"
    )
    # Begun only when somebody has said that it may be: gates, when everybody downstream knows.
    is_held = models.BooleanField(_("待确认后执行"), default=False)
    # Of what was split or handed on: the whole, which stays owed by whoever was ordered first.
    part_of = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="parts"
    )
    # What has to be finished first; until then this one is read back and accepted, no more.
    after = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="followers"
    )
    finish_within = models.DurationField(_("完成用时"), null=True, blank=True)
    released_at = models.DateTimeField(_("可以开始的时间"), null=True, blank=True)
    amount = models.PositiveIntegerField(_("已办"), null=True, blank=True)
    amount_of = models.PositiveIntegerField(_("共"), null=True, blank=True)
    unit = models.CharField(_("计量单位"), max_length=10, blank=True)
    needs_proof = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    state = models.CharField(
        _("状态"), max_length=20, choices=OrderState, default=OrderState.ISSUED
    )
    last_word = models.CharField(_("最近情况"), max_length=300, blank=True)
    issued_by = models.CharField(_("下达"), max_length=120)
    issued_at = models.DateTimeField(_("下达时间"))
    asked_at = models.DateTimeField(_("起算时间"))
    acknowledge_by = models.DateTimeField(_("复诵限时"))
    finish_by = models.DateTimeField(_("完成限时"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    read_back_at = models.DateTimeField(_("复诵时间"), null=True, blank=True)
    read_back = models.TextField(_("复诵内容"), blank=True)
    read_back_matches = models.BooleanField(_("复诵一致"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("接受时间"), null=True, blank=True)
    declined_at = models.DateTimeField(_("回绝时间"), null=True, blank=True)
    declined_reason = models.TextField(_("无法执行的原因"), blank=True)
    counter_proposal = models.TextField(_("对案"), blank=True)
    counter_answer = models.CharField(
        _("答复"), max_length=20, choices=CounterAnswer, blank=True
    )
    counter_reason = models.TextField(_("答复说明"), blank=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    checked_at = models.DateTimeField(_("核验时间"), null=True, blank=True)
    rung = models.PositiveSmallIntegerField(_("催办级次"), default=0)
    rung_post = models.ForeignKey(
        "organization.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    superior_order = models.ForeignKey(
        SuperiorOrder, null=True, on_delete=models.PROTECT, related_name="orders"
    )
    action_plan = models.ForeignKey(
        "command.ActionPlan",
        verbose_name=_("处置方案"),
        null=True,
        on_delete=models.PROTECT,
        related_name="orders",
    )
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replacement"
    )

    class Meta(Scoped.Meta):
        verbose_name = _("指令")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["incident", "state"], name="order_on_board"),
            models.Index(fields=["to_body", "state"], name="order_of_body"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False),
                name="order_position_whole",
            ),
            models.UniqueConstraint(fields=["incident", "number"], name="orders_counted"),
            models.UniqueConstraint(
                fields=["run", "step", "turn"],
                condition=~Q(state__in=sorted(VOID)) & ~Q(step=""),
                name="one_order_a_step",
            ),
        ]

    def __str__(self) -> str:
        return _("%(number)d号令") % {"number": self.number}

    @property
    def is_request(self) -> bool:
        """Whether it asks for something that may be refused."""
        return self.kind == OrderKind.REQUEST

    @property
    def kind_label(self) -> str:
        """What it is called: whoever is not below the county, and not above it, is asked (商请)."""
        is_peer = (
            self.to_body.management != Management.COUNTY
            or self.to_body.kind == BodyKind.NEIGHBOR
        )
        if self.is_request and is_peer and self.to_body.kind != BodyKind.SUPERIOR:
            return str(_("商请"))
        return str(OrderKind(self.kind).label)

    @property
    def waits(self) -> bool:
        """Whether something has to be finished before it is begun."""
        return (self.after_id is not None or self.is_held) and self.released_at is None

    @property
    def is_live(self) -> bool:
        """Whether the unit still owes something."""
        return self.state in LIVE

    @property
    def is_done(self) -> bool:
        """Whether it was carried out."""
        return self.state in DONE

    @property
    def is_urged(self) -> bool:
        """Whether it has climbed the ladder and is still unanswered or unfinished."""
        return self.rung > 0 and self.is_live


class OrderNote(models.Model):
    """指令记事: delivered, read back, gone on with, finished; with words and proof."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=20)
    text = models.TextField(_("内容"), blank=True)
    files = models.JSONField(_("附件"), default=list)
    by = models.CharField(_("记录"), max_length=120)
    amount = models.PositiveIntegerField(_("已办"), null=True, blank=True)
    amount_of = models.PositiveIntegerField(_("共"), null=True, blank=True)
    unit = models.CharField(_("计量单位"), max_length=10, blank=True)
    # Where it was told from, in WGS-84; both or neither.
    lon = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    lat = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    on_behalf = models.BooleanField(_("代录"), default=False)
    at = models.DateTimeField(_("时间"))
    told_at = models.DateTimeField(_("口述时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("指令记事")
        constraints = [
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False),
                name="order_note_position_whole",
            )
        ]
        indexes = [models.Index(fields=["order", "at"], name="order_notes_listed")]

    def __str__(self) -> str:
        return f"{self.by} {self.text[:40]}"
