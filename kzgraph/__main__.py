"""``python -m kzgraph``."""

from .cli import run

run()
