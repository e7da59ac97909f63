"""What fuzzing found once: an input that crashed, or broke what must hold, stays a test."""

from __future__ import annotations

import pytest

from tests.soak.invariants import hold, read

FOUND = {
    # atheris: the look for a shell parsed the page once more, half characters and all
    "half a character in a shell": ("text/html", "我们收集<p><script><p>\ucb67\ud9d9Q"),
    "half a character in text": ("text/plain", "我们收集\udc00您的信息"),
    "half a character in Markdown": ("text/markdown", "# 我们收集\ud800您的信息"),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once(name: str) -> None:
    media, text = FOUND[name]
    policy = read(text, media)
    if policy is not None:
        hold(policy)
        assert "我们收集" in policy.text
