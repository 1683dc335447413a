"""``python -m kzgraph``."""

from .cli import main

main(prog_name="kzgraph")
