"""``python -m liandong.config.cli``: how a node starts its own parts."""

from liandong.config.cli.app import main

main()
