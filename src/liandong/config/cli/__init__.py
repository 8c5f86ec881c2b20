"""The command ``liandong``."""

from liandong.config.cli.app import main

__all__ = ["main"]
