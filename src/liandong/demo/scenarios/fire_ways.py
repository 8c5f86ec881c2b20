"""How the forest fire headquarters goes about it, and who has trouble with what it orders."""

from datetime import timedelta

from liandong.command.states import DecisionKind
from liandong.demo.scenarios.headquarters import Ways
from liandong.demo.scenarios.units import Trouble

WAYS = Ways(
    hazard="11G",
    office="forest-fire-office.director",
    deputy="forest-fire-hq.executive-deputy",
    own_house=frozenset({"forestry"}),
    called=(
        "forestry.liaison",
        "fire-rescue.liaison",
        "meteorology.liaison",
        "emergency.liaison",
    ),
    place="县森防指会商室",
    situation="火场在鹰嘴岩东坡，夜间上山困难；过火面积、伤亡以前方核实为准",
    heard={"superior_demands": False, "dangerous_fires_at_once": 1},
    heard_from="电话询问县林业局、县政府总值班室",
    matters="森林火灾",
    measures={
        DecisionKind.ACTIVATE: "就近调集队伍扑打，保护村庄和林场，申请市级力量和航空救援，加密气象服务",
        DecisionKind.RAISE: "增调力量，划分火场地段，管制道路，转移受威胁群众",
        DecisionKind.LOWER: "清理余火，留足看守力量",
    },
    area="东岭乡鹰嘴岩及周边",
    taken="同意改走北线，注意林道会车",
    allowed=timedelta(hours=3),
    clears_up=timedelta(hours=4),
    closing="火场无火、无烟，看守人员经批准撤离，各项指令办结，现场指挥部已撤销",
)
# Face to face with the mountain: the near bridge is closed, and somebody sleeps on.
TROUBLE = Trouble(
    unable="township-9",
    reason="石桥在修，消防车过不去",
    counter_proposal="改走北线林道，开设 600 米隔离带，预计晚 40 分钟",
    silent="public-security",
)
