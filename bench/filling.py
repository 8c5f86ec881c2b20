"""More incidents for a county, so that its lists are full. ``python -m bench.filling HOME COUNT``."""

import sys
from pathlib import Path

from liandong.config.homes import node


def fill(count: int) -> None:
    """Open incidents of several kinds, as the duty desk would."""
    from liandong.command.actions import open_incident  # noqa: PLC0415 -- Django woke up only now
    from liandong.demo.cast import at_post  # noqa: PLC0415 -- as above
    from liandong.kernel import clock  # noqa: PLC0415 -- as above
    from liandong.kernel.actors import ACTUAL  # noqa: PLC0415 -- as above

    officer = at_post("emergency.duty-officer")
    for number in range(count):
        open_incident(
            officer,
            title=f"县道 {number} 号桥附近山体滑坡",
            hazard="11D03",
            source="乡镇值班室电话",
            received_at=clock.now(ACTUAL),
            idempotency_key=f"bench/{number}",
        )


if __name__ == "__main__":
    with node(Path(sys.argv[1])):
        fill(int(sys.argv[2]))
