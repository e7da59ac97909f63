"""Hostile documents: judged within the time and memory that issue 3 allows, and nothing is silent.

They are judged by child processes, some a process, which the system ends when one takes more than
ten seconds of processor time or a gigabyte of address space; what the child says is looked at here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from tests.segment.hostile import BYTES, CASES, SECONDS

_A_CHILD = 8
# Seconds; a machine that has other work to do may give the child a tenth of its time.
_WALL = 800
# What is refused before it is read: the words for that are tested where it is refused.
_REFUSED = {"fetch-media-type", "segment-garbled"}
_NAMES = list(CASES)


@cache
def _judged(first: int) -> tuple[dict[str, dict[str, Any]], str]:
    """What a child says of the documents from ``first`` on, by name, and how it ended."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.segment.hostile", *_NAMES[first : first + _A_CHILD]],
        capture_output=True,
        text=True,
        timeout=_WALL,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["name"]: line for line in lines}, f"{done.returncode} {done.stderr[-1_000:]}"


@pytest.mark.parametrize("name", _NAMES)
def test_a_hostile_document_is_judged_within_bounds(name: str) -> None:
    n = _NAMES.index(name)
    found, ended = _judged(n - n % _A_CHILD)
    assert name in found, ended
    said = found[name]
    assert said["seconds"] < SECONDS
    assert said["megabytes"] * 1024**2 < BYTES
    if said["read"] == "whole":
        assert (said["before"], said["after"]) == (True, True)
        assert "present" in said["verdicts"]
    else:
        assert said["reason"] is not None
        assert "missing" not in said["verdicts"]
    if said["read"] == "partial":
        assert said["before"]
    if said["read"] == "no":
        assert said["reason"] in _REFUSED
    _, _, whole = CASES[name]
    assert not whole or said["read"] == "whole"
