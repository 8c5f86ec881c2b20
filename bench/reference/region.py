"""Reference: what lies in a circle by reading every record and asking shapely of all at once."""

from collections import Counter

import numpy as np
import shapely
from django.db import connection
from shapely.geometry import Polygon

ROWS = """
SELECT kind, west, south, extent, values->>'people' FROM sharing_record
WHERE state = 'current' AND west IS NOT NULL AND audience && %s
"""


def within(region: Polygon, scopes: list[str]) -> tuple[Counter[str], Counter[str]]:
    """Count the records in a region by kind, and add up their people."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [scopes])
        rows = cursor.fetchall()
    xs = np.array([row[1] for row in rows])
    ys = np.array([row[2] for row in rows])
    inside = shapely.contains_xy(region, xs, ys)
    for at, row in enumerate(rows):
        if row[3] is not None:
            inside[at] = shapely.from_geojson(row[3]).intersects(region)
    numbers: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for at in np.flatnonzero(inside):
        numbers[rows[at][0]] += 1
        people[rows[at][0]] += int(rows[at][4] or 0)
    return numbers, people
