"""What a list of households must say, and who may enter it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from liandong.command.permissions import Permission
from liandong.command.states import HouseholdState
from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.problems import Forbidden, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Body

LARGEST_HOUSEHOLD = 99
MOST_HOUSEHOLDS = 500
LONGEST_NAME = 60
COUNT = re.compile(r"(\d{1,3})人?")
PHONE = re.compile(r"\+?\d[\d-]{6,19}")


@dataclass(frozen=True)
class Household:
    """A household as it was told: whose, how many, a telephone, and who needs help how."""

    head: str
    people: int
    phone: str = ""
    needs: str = ""


def read_households(text: str) -> list[Household]:
    """Read a list, one a line: the head's name, how many, then a telephone and who needs help."""
    found = []
    for line in text.splitlines():
        words = [word for word in re.split(r"[\s,，;；、]+", line) if word]
        if not words:
            continue
        head, people, phone, needs = "", 0, "", []
        for word in words:
            if not phone and PHONE.fullmatch(word):
                phone = word
            elif not people and (count := COUNT.fullmatch(word)):
                people = int(count[1])
            elif not head:
                head = word[:LONGEST_NAME]
            else:
                needs.append(word)
        found.append(Household(head, people, phone, " ".join(needs)))
    return found


def demand_households(households: Sequence[Household]) -> None:
    """Refuse a list of nobody, a household without a head, and a number nobody can have counted."""
    if not 1 <= len(households) <= MOST_HOUSEHOLDS:
        raise _wrong(_("清单里没有户，或者超过 500 户。"), _("请一行写一户"))
    for place, one in enumerate(households, 1):
        if not one.head:
            raise _wrong(_("第 %(n)d 行没有户主。") % {"n": place}, _("有一行没有户主"))
        if not 1 <= one.people <= LARGEST_HOUSEHOLD:
            raise _wrong(
                _("第 %(n)d 行（%(head)s）没有写人数。") % {"n": place, "head": one.head},
                _("有一户没有人数"),
            )


def demand_lists(actor: Actor, township: Body) -> None:
    """A township lists its own households; others are listed by the desk and headquarters."""
    if not {f"body:{township.pk}", EVERYTHING} & actor.scopes and not actor.may(
        Permission.NOTE_DELIVERY
    ):
        raise Forbidden(
            _("转移清单由%(township)s登记。") % {"township": township.short_name},
            place=_("转移"),
            remedy=_("请报该乡镇；电话报来的由值班员代录。"),
        )


def demand_why(state: HouseholdState, words: str) -> None:
    """Whoever will not leave was spoken to by somebody, and said why."""
    if state == HouseholdState.REFUSED and not words.strip():
        raise Invalid(
            _("没有写为什么不走、谁去劝过。"),
            place=_("情况"),
            remedy=_("请写明劝离情况，便于再派人去。"),
            fields={"words": _("请写明")},
        )


def _wrong(text: str, below: str) -> Invalid:
    return Invalid(
        text,
        place=_("转移清单"),
        remedy=_("一行一户：户主 人数 电话 需要帮助的情况。"),
        fields={"listed": below},
    )
