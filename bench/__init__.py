"""Figures, each beside a plain reference in the same run."""
