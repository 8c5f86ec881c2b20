"""People who leave their homes, as tests need them: a list, its moves, a shelter to go to."""

from liandong.command.actions import list_households, move_households
from liandong.command.rules.evacuation import read_households
from liandong.sharing.actions import RecordRow, enter_record

HOUSEHOLDS = "李桂花 2 一人卧床\n王五 3 13800000001\n赵六 3"


def listed(county, incident, *, actor=None, **more):
    said = {
        "township": county.bodies["riverside"],
        "place": "柳湾村3组",
        "leader": "王支书",
        "households": read_households(HOUSEHOLDS),
    }
    return list_households(actor or county.officer, incident=incident, **(said | more))


def moved(actor, incident, households, **more):
    said = {"state": "moved"} | more
    return move_households(actor, incident=incident, households=households, **said)


def shelter(keeper, *, name="镇小学", capacity=100):
    """A shelter of the register, which holds so many."""
    values = {
        "grade": "village",
        "space": "indoor",
        "stay": "short",
        "hazards": ["11A"],
        "capacity": capacity,
    }
    row = RecordRow(name=name, body_id=keeper.body, values=values)
    return enter_record(keeper, kind="shelter", row=row)
