"""How the flood headquarters goes about it, and who has trouble with what it orders."""

from datetime import timedelta

from liandong.command.states import DecisionKind
from liandong.demo.scenarios.headquarters import Ways
from liandong.demo.scenarios.units import Trouble

# What no gauge knows: the duty officer rings the water bureau and the townships and asks.
HEARD = {
    "trunk_river_above_warning": False,
    "levee_danger": "none",
    "polder_danger": "none",
    "medium_reservoir_danger": "none",
    "small_reservoir_danger": "none",
    "flooded_mu": "8000",
    "towns_with_moderate_drought": 0,
    "county_seat_moderate_drought": False,
    "flood_severity": "ordinary",
    "stations_near_warning": 0,
    "stations_at_record": 0,
    "superior_demands": False,
    "deaths": 0,
    "missing": 0,
    "serious_injuries": 0,
}
WAYS = Ways(
    hazard="11A",
    office="flood-office.director",
    deputy="flood-hq.executive-deputy",
    own_house=frozenset({"emergency"}),
    called=("water.liaison", "meteorology.liaison", "emergency.liaison", "township-2.liaison"),
    place="县防指会商室",
    situation="雨情、水情见监测；各乡镇暂无险情报告",
    heard=HEARD,
    heard_from="电话询问县水利局、各乡镇值班室",
    matters="防汛抗旱",
    measures={
        DecisionKind.ACTIVATE: "加密监测会商，巡堤查险，抢险力量预置，落实转移准备",
        DecisionKind.RAISE: "转移沿河低洼地带群众，管制危险路段，保障供电通信医疗",
        DecisionKind.LOWER: "继续巡查退水堤段，有序恢复交通，做好安置群众生活保障",
    },
    area="清溪河沿线各乡镇",
    taken="同意改线，注意夜间行船安全",
    allowed=None,
    clears_up=timedelta(hours=7),
    closing="水位回落至警戒以下，转移群众已返回，各项指令办结",
)
TROUBLE = Trouble(
    unable="township-2",
    reason="沿河公路已被淹没，车辆过不去",
    counter_proposal="改走北岸机耕道，用冲锋舟接应，预计晚 40 分钟",
    silent="power",
)
