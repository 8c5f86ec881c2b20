"""Readings sent as JSON: a list of rows, or an object that holds it."""

import json
from decimal import Decimal, InvalidOperation

from liandong.kernel.problems import Invalid, Problem
from liandong.kernel.wording import gettext as _
from liandong.monitoring.actions import Refusal
from liandong.monitoring.adapters.fields import Read


def loaded(body: bytes) -> object:
    """What a body says, numbers kept to the digit. Refuses what is not JSON, naming line and column."""
    try:
        return json.loads(body.decode(), parse_float=Decimal, parse_constant=Decimal)
    except UnicodeDecodeError as error:
        place = _("第 %(n)d 个字节") % {"n": error.start + 1}
        raise Problem(
            _("内容不是 UTF-8 文字。"), place=place, remedy=_("请用 UTF-8 编码。")
        ) from error
    except json.JSONDecodeError as error:
        place = _("第 %(line)d 行第 %(column)d 列") % {
            "line": error.lineno,
            "column": error.colno,
        }
        remedy = _("请检查引号、逗号和括号。")
        raise Problem(_("内容不是 JSON。"), place=place, remedy=remedy) from error
    except (RecursionError, ValueError, InvalidOperation) as error:
        raise Problem(
            _("内容读不懂。"), place=_("整份内容"), remedy=_("请检查嵌套和数字的长度。")
        ) from error


def read_json(body: bytes) -> Read:
    """Read the rows. Refuses what is not JSON, and what holds no rows."""
    return read_rows(loaded(body))


def read_rows(said: object) -> Read:
    """Read the rows of what a body says; refuses what holds none."""
    rows = said.get("readings") if isinstance(said, dict) else said
    if not isinstance(rows, list):
        raise Invalid(
            _("没有读数列表。"),
            place="readings",
            remedy=_('请写成 {"readings": [{"station", "quantity", "at", "value"}, …]}。'),
        )
    read = Read()
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            read.take(number, row)
        else:
            remedy = _("每条读数写成一个对象。")
            read.refusals.append(Refusal(number, "", _("这一条不是对象。"), remedy))
    return read
