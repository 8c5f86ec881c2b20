"""What may not be said of people in silence."""

DEATHS = "deaths"


def fewer_deaths(before: object, now: object) -> tuple[int, int] | None:
    """The figures before and now, where fewer deaths are told than before; else nothing.

    What cannot be read as a number is left to whoever records it.
    """
    old, new = _count(before), _count(now)
    return (old, new) if old is not None and new is not None and new < old else None


def _count(value: object) -> int | None:
    text = str(value).strip()
    return int(text) if text.isdecimal() else None
