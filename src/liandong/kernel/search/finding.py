"""Finding: what fits, as far as its reader may see it, what fits best first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.search.asking import Word, words
from liandong.kernel.search.terms import plain, plain_character, spelled
from liandong.kernel.wording import gettext as _

MOST = 48
LONGEST_MS = 3000  # whatever is typed, one search holds the database no longer
# So many that fit are weighed; before them, so many that begin with what was typed.
WEIGHED, BEGINNING = 500, 200
COLUMNS = "id, kind, title, detail, url, weight, at, names, spelled"
# Planned as if all were wanted, and read no further than the limit: planned for the limit, it would
# read through the table for a reader who may see little of it.
FIND = """
WITH beginning AS MATERIALIZED (
    SELECT {columns} FROM kernel_searchrow WHERE {fits} AND terms @> %(start)s
), fitting AS MATERIALIZED (
    SELECT {columns} FROM kernel_searchrow WHERE {fits}
), weighed AS MATERIALIZED ( -- where it stands is looked for once, not at each comparison
    SELECT *, {place} AS place, strpos({text} || E'\\n', E'\\n') AS length FROM (
        (SELECT * FROM beginning LIMIT {most_beginning})
        UNION (SELECT * FROM fitting LIMIT {most_weighed})
    ) AS these
)
SELECT kind, title, detail, url, at FROM weighed
ORDER BY split_part(names, E'\\n', 1) = %(typed)s DESC, place = 1 DESC,
    place BETWEEN 1 AND length DESC, weight DESC, at DESC NULLS LAST, char_length(title), id
LIMIT {most}
"""
OWN, NEW = 200, 400
# What is one's own, and what is new among what everybody sees; neither reads through the table.
RECENT = """
WITH own AS (
    SELECT {columns} FROM kernel_searchrow WHERE realm IN ('', %(realm)s) AND at IS NOT NULL
        AND audience && %(own)s::varchar[] ORDER BY at DESC LIMIT {own}
), new AS (
    SELECT * FROM (SELECT {columns}, audience FROM kernel_searchrow WHERE realm = %(realm)s
        AND at IS NOT NULL ORDER BY at DESC LIMIT {new}) AS latest WHERE {seen}
)
SELECT kind, title, detail, url, at FROM (
    SELECT {columns} FROM own UNION SELECT {columns} FROM new
) AS recent ORDER BY weight DESC, at DESC, id DESC LIMIT {most}
"""
SEEN = "audience && %(scopes)s::varchar[]"
PERSONAL = ("post:", "body:", "account:")


@dataclass(frozen=True)
class Found:
    """Something that fits, with what of its words was meant: pieces, and whether each is it."""

    kind: str
    title: str
    detail: str
    url: str
    at: datetime | None
    asked: tuple[Word, ...]

    @property
    def marked_title(self) -> list[tuple[str, bool]]:
        """The title in pieces."""
        return marked(self.title, self.asked)

    @property
    def marked_detail(self) -> list[tuple[str, bool]]:
        """The line below it in pieces."""
        return marked(self.detail, self.asked)


def find(actor: Actor, text: str, *, most: int = MOST) -> list[Found]:
    """What fits all words of a text among what the actor may see, in one query.

    Characters, full pinyin, initials and mixtures; of what was typed 64 characters count. Where
    nothing was, the actor's own and the latest. Raises ``Invalid`` where it takes too long.
    """
    asked = words(text)
    if not asked:
        return recent(actor, most=most)
    values: dict[str, Any] = _reader(actor)
    fits = " AND ".join([*_seen(actor), *_fitting(asked, values)])
    values |= {"typed": plain(text), "start": [asked[0].start]}
    sql = FIND.format(
        columns=COLUMNS,
        fits=fits,
        place=_place(asked[0]),
        text="spelled" if asked[0].is_spelled else "names",
        most_beginning=BEGINNING,
        most_weighed=WEIGHED,
        most=int(most),
    )
    return _ask(sql, values, asked)


def recent(actor: Actor, *, most: int = MOST) -> list[Found]:
    """What concerns the actor and what is new: what matters most first, then the latest."""
    values = _reader(actor)
    seen = "TRUE" if EVERYTHING in actor.scopes else SEEN
    sql = RECENT.format(
        columns="id, kind, title, detail, url, weight, at",
        own=OWN,
        new=NEW,
        seen=seen,
        most=int(most),
    )
    return _ask(sql, values, ())


def _ask(sql: str, values: dict[str, Any], asked: tuple[Word, ...]) -> list[Found]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {LONGEST_MS}")
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        return [
            Found(kind, title, detail, url, at, asked) for kind, title, detail, url, at in rows
        ]
    except OperationalError as trouble:
        if not isinstance(trouble.__cause__, QueryCanceled):
            raise
        raise Invalid(_("要找的太宽，没有找完。"), remedy=_("请多打几个字再找。")) from trouble


def _reader(actor: Actor) -> dict[str, Any]:
    scopes = sorted(actor.scopes)
    own = [one for one in scopes if one.startswith(PERSONAL)]
    return {"realm": actor.realm, "scopes": scopes, "own": own}


def _seen(actor: Actor) -> Iterator[str]:
    yield "realm IN ('', %(realm)s)"
    if EVERYTHING not in actor.scopes:
        yield SEEN


def _fitting(asked: Iterable[Word], values: dict[str, Any]) -> Iterator[str]:
    """What a row must fit, word by word; their values join the others."""
    for number, word in enumerate(asked):
        values[f"terms{number}"] = word.terms
        yield f"terms @> %(terms{number})s::text[]"
        values[f"word{number}"] = word.pattern if word.is_spelled else word.text
        yield (
            f"spelled ~ %(word{number})s"
            if word.is_spelled
            else f"strpos(names, %(word{number})s) > 0"
        )


def _place(word: Word) -> str:
    """Where the first word stands; 1 is at the beginning of the title."""
    if word.is_spelled:
        return "regexp_instr(spelled, %(word0)s)"
    return "strpos(names, %(word0)s)"


def marked(text: str, asked: Iterable[Word]) -> list[tuple[str, bool]]:
    """Cut a text where words were found in it: pieces, and whether each is one."""
    places = [
        (at, one) for at, character in enumerate(text) for one in plain_character(character)
    ]
    line = spelled("".join(one for _at, one in places))
    hit: set[int] = set()
    for word in asked:
        for found in re.finditer(word.pattern, line):
            first, last = (line.count(" ", 0, end) for end in found.span())
            hit.update(range(places[first][0], places[last - 1][0] + 1))
    pieces: list[tuple[str, bool]] = []
    for at, character in enumerate(text):
        if pieces and pieces[-1][1] == (at in hit):
            pieces[-1] = (pieces[-1][0] + character, at in hit)
        else:
            pieces.append((character, at in hit))
    return pieces
