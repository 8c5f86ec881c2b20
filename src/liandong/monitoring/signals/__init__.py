"""Rain sums, rainstorm signals and crossings of a bound: pure, and without Django."""
