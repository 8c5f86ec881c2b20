"""Finding by what a name contains, as one writes it first: ILIKE over the whole table, no index.

The same rows, the same reader and the same number of answers; pinyin it cannot do, so it is asked
the Chinese that the pinyin means.
"""

from collections.abc import Sequence

from django.db import connection

ASK = """
SELECT kind, title, detail, url FROM kernel_searchrow
WHERE realm IN ('', %s) AND audience && %s::varchar[] AND names ILIKE %s
ORDER BY weight DESC, at DESC NULLS LAST, length(title) LIMIT %s
"""


def find(realm: str, scopes: Sequence[str], text: str, most: int) -> list[tuple[str, ...]]:
    """What contains the text."""
    with connection.cursor() as cursor:
        cursor.execute(ASK, [realm, list(scopes), f"%{text}%", most])
        return cursor.fetchall()
