"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import kzgraph

SURFACES = {"kzgraph.cli", "kzgraph.__main__"}
MODULES = sorted({found.name for found in pkgutil.walk_packages(kzgraph.__path__, "kzgraph.")} - SURFACES)


@pytest.mark.parametrize("module", MODULES)
def test_examples_of(module: str) -> None:
    assert doctest.testmod(import_module(module)).failed == 0


def test_there_are_examples() -> None:
    assert sum(doctest.testmod(import_module(module)).attempted for module in MODULES) > 10
