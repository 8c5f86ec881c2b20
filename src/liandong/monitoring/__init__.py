"""监测预警 (clause 二(一)2): stations, readings, thresholds and warnings; it proposes, people issue."""
