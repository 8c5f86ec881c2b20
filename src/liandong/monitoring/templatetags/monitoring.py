"""Filters of monitoring: ``{% load monitoring %}``."""

from decimal import Decimal

from django import template

from liandong.monitoring.signals.observations import plain

register = template.Library()


@register.filter
def plainly(value: Decimal | None) -> str:
    """A figure without idle zeros; a dash where there is none."""
    return plain(value) if value is not None else "—"
