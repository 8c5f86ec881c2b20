"""Filters of monitoring: ``{% load monitoring %}``."""

from decimal import Decimal

from django import template

from liandong.monitoring.models import Threshold
from liandong.monitoring.queries import reads_as
from liandong.monitoring.queries.sentences import span_of
from liandong.monitoring.signals.observations import plain

register = template.Library()


@register.filter
def plainly(value: Decimal | None) -> str:
    """A figure without idle zeros; a dash where there is none."""
    return plain(value) if value is not None else "—"


@register.filter
def reads(threshold: Threshold) -> str:
    """The sentence of a bound whose conditions were fetched with it."""
    return reads_as(threshold)


@register.filter
def minutes_said(minutes: int) -> str:
    """Minutes, hours or days, whichever comes out whole."""
    return span_of(minutes)
