"""Kinds of bodies, accounts and phases."""

from django.db.models import TextChoices


class BodyKind(TextChoices):
    """What a body is in the county's mechanism."""

    COMMITTEE = "committee", "应急委员会"
    GENERAL_HEADQUARTERS = "general_headquarters", "总指挥部"
    SPECIAL_HEADQUARTERS = "special_headquarters", "专项指挥部"
    HEADQUARTERS_OFFICE = "headquarters_office", "指挥部办公室"
    UNIT = "unit", "成员单位"
    TOWNSHIP = "township", "乡镇（街道）"
    VILLAGE = "village", "村（社区）"
    ENTERPRISE = "enterprise", "企业"
    SUPERIOR = "superior", "上级机关"
    NEIGHBOR = "neighbor", "毗邻县"


class Management(TextChoices):
    """Who manages a body; vertical ones, enterprises and the military are not the county's own."""

    COUNTY = "county", "县属"
    VERTICAL = "vertical", "垂直管理"
    MILITARY = "military", "军队武警"
    ENTERPRISE = "enterprise", "企业"


class Phase(TextChoices):
    """The phase of an emergency in which a duty falls due."""

    PREVENTION = "prevention", "预防准备"
    WARNING = "warning", "监测预警"
    RESPONSE = "response", "处置救援"
    RECOVERY = "recovery", "恢复重建"


class AccountKind(TextChoices):
    """Who stands behind an account."""

    PERSON = "person", "人员"
    DEVICE = "device", "设备"
    DESK = "desk", "值班机"


class ShiftRole(TextChoices):
    """What somebody does during a shift."""

    OFFICER = "officer", "值班员"
    LEADER = "leader", "带班领导"


class IntakeKind(TextChoices):
    """What a spreadsheet that was taken in spoke of."""

    BODIES = "bodies", "机构"
    PEOPLE = "people", "人员与电话"
    ROSTER = "roster", "值班表"
    STATIONS = "stations", "测站与阈值"
