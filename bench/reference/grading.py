"""Reference: levels II to IV of one county's relief plan as plain ifs; of level I nothing was recorded."""

from collections.abc import Mapping
from typing import Any

MET, NOT_MET, UNDETERMINED = "met", "not_met", "undetermined"


def verdicts(facts: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Grade once: the table for all disasters, beside it the one for earthquakes of 5 and over."""
    dead, moved = facts["dead_missing"], facts["relocated"]
    fallen, severe = facts["collapsed_rooms"], facts["severe_rooms"]
    both, dry = facts["collapsed_severe_rooms"], facts["drought30d_nowater"]
    quake, decided = facts["earthquake_magnitude"], facts["government_decides"]
    two = three = four = NOT_MET
    if (
        6 <= dead < 10
        or 2500 <= moved < 5000
        or 500 <= fallen < 1000
        or 1000 <= severe < 2000
        or 2000 <= dry < 2500
        or decided
        or (quake >= 5 and (5 <= dead < 10 or 1500 <= moved < 2000 or 500 <= both < 1000))
    ):
        two = MET
    if (
        3 <= dead < 6
        or 1000 <= moved < 2500
        or 150 <= fallen < 500
        or 500 <= severe < 1000
        or 1000 <= dry < 2000
        or (quake >= 5 and (3 <= dead < 5 or 500 <= moved < 1500 or 100 <= both < 500))
    ):
        three = MET
    if (
        1 <= dead < 3
        or 300 <= moved < 1000
        or 30 <= fallen < 150
        or 100 <= severe < 500
        or 300 <= dry < 1000
        or (quake >= 5 and (1 <= dead < 3 or 100 <= moved < 500 or 30 <= both < 100))
    ):
        four = MET
    return UNDETERMINED, two, three, four
