"""Registers in files of other programs: spreadsheets, and places drawn in a GIS."""
