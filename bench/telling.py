"""Say many things, one after another. ``python -m bench.telling HOME COUNT journal|notify``.

Writes a line before the first, from where who listens may begin to count.
"""

import sys
from pathlib import Path

from liandong.config.homes import wake_django

# As many bytes as an event of ours.
EVENT = """id: 1:{:04}
event: entry
data: {{"name": "organization.person_created", "subject_kind": "organization.person", "subject_id": \
"01a20af2-4d5b-70e4-a30d-a39f6eed55fc", "incident": "", "realm": "actual", "at": "2012-08-04T03:29:00+08:00"}}

"""


def tell(count: int, how: str) -> None:
    """Enter so many people, each one entry everybody may see; or ring the bare server's bell."""
    from django.db import connection  # noqa: PLC0415 -- Django woke up only now

    from bench.action import ACTOR  # noqa: PLC0415 -- as above
    from liandong.kernel.ids import uuid7  # noqa: PLC0415 -- as above
    from liandong.organization.actions import create_person  # noqa: PLC0415 -- as above

    connection.ensure_connection()
    print("now", flush=True)
    for number in range(count):
        if how == "journal":
            create_person(ACTOR, name=f"bench {number}", idempotency_key=str(uuid7()))
        else:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify('bench', %s)", [EVENT.format(number)])


if __name__ == "__main__":
    wake_django(Path(sys.argv[1]))
    tell(int(sys.argv[2]), sys.argv[3])
