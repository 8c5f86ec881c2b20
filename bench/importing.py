"""A register in from a file: read, checked cell by cell, numbered, kept with its history and its entries."""

import hashlib
import json
import time
from datetime import UTC, datetime
from itertools import count

import django
import psycopg
from django.db import connection, connections

django.setup()

from bench.reference.importing import copy_in  # noqa: E402 -- app ready
from liandong.documents.sheets import COMMAND, refuse_findings, write_commas  # noqa: E402 -- app ready
from liandong.kernel.actors import ACTUAL, system_actor  # noqa: E402 -- app ready
from liandong.kernel.divisions import division  # noqa: E402 -- app ready
from liandong.kernel.geo.systems import system_of  # noqa: E402 -- app ready
from liandong.kernel.ids import uuid7  # noqa: E402 -- app ready
from liandong.organization.actions import create_body  # noqa: E402 -- app ready
from liandong.organization.permissions import Permission as Organization  # noqa: E402 -- app ready
from liandong.sharing.actions import take_sheet  # noqa: E402 -- app ready
from liandong.sharing.adapters.reading import read_register  # noqa: E402 -- app ready
from liandong.sharing.permissions import Permission  # noqa: E402 -- app ready
from liandong.sharing.registers import REGISTERS  # noqa: E402 -- app ready

KEEPER = system_actor("node", "bench", ACTUAL, *Permission, *Organization)
KIND, PLACE = "risk_source", division("511523")
HEADS = ("名称", "类型", "风险等级", "受威胁人数", "经度", "纬度", "地址")
VALUES = {"kind": "geohazard", "grade": "2", "people": 45}
BODY = create_body(KEEPER, key="bench", name="基准局", short_name="基准局", kind="unit")
_turns = count()


def _named(turn: int, number: int) -> str:
    return f"滑坡{turn}-{number}"


def ours(rows: int) -> float:
    """Records a second out of a file of text, as ``liandong import`` takes it in."""
    connections.close_all()
    turn = next(_turns)
    lines = (
        (_named(turn, n), "地质灾害隐患点", "较大风险", "45", "105.0668", "28.7237", f"{n}组")
        for n in range(rows)
    )
    content = "".join(write_commas(HEADS, lines)).encode()
    register, began = REGISTERS[KIND], time.monotonic()
    read, findings = read_register(
        content, "a.csv", register, system_of("wgs84"), bounds=COMMAND
    )
    refuse_findings(findings)
    take_sheet(
        KEEPER,
        kind=KIND,
        place=PLACE,
        rows=read,
        seen=None,
        name="a.csv",
        digest=hashlib.sha256(content).hexdigest(),
        body=BODY,
    )
    return rows / (time.monotonic() - began)


def reference(rows: int) -> float:
    """Records a second by COPY."""
    turn, place = next(_turns), connection.settings_dict
    address = f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}"
    now, values = datetime.now(tz=UTC), json.dumps(VALUES)  # noqa: TID251 -- beside the program
    with psycopg.connect(address, autocommit=True) as plain:
        began = time.monotonic()
        copy_in(
            plain,
            (
                (
                    *(uuid7(), 1, KIND, f"R{turn}-{n}", _named(turn, n), BODY.pk, "", f"{n}组"),
                    *("105.066800", "28.723700", 617733122422996991, values, "internal"),
                    *(["county"], "current", now, now, now.date(), _named(turn, n)),
                )
                for n in range(rows)
            ),
        )
        return rows / (time.monotonic() - began)
