"""When each threshold is crossed, by numpy over the record alone; knows nothing of the program."""

from datetime import datetime
from pathlib import Path

import numpy as np

RECORD = Path(__file__).parents[2] / "src/liandong/demo/scenarios/upstream_flood.csv"
BOUNDS = {
    ("rain", 12, "蓝"): 50,
    ("rain", 6, "黄"): 50,
    ("rain", 3, "橙"): 50,
    ("rain", 3, "红"): 100,
}


def crossings(rain_factor=1.0):
    """``{name: first hour at or over the bound}`` for rain sums and flow, in the record's time."""
    table = np.genfromtxt(RECORD, delimiter=",", skip_header=3, dtype=None, encoding="utf-8")
    times = [datetime.fromisoformat(row[0]) for row in table]
    rain = np.array([row[1] for row in table]) * rain_factor
    flow = np.array([row[2] for row in table])
    flow = np.where(flow > flow[0], flow[0] + (flow - flow[0]) * rain_factor, flow)
    over = {
        level: np.convolve(rain, np.ones(hours))[: len(rain)] >= bound
        for (_kind, hours, level), bound in BOUNDS.items()
    }
    over |= {"警戒": flow >= 1500, "保证": flow >= 3000}
    return {name: times[int(np.argmax(hit))] for name, hit in over.items() if hit.any()}
