"""What could not run is listed at the end; with REQUIRE_ALL=1 it fails."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("default", derandomize=True, deadline=None, max_examples=60)
settings.register_profile(
    "soak", deadline=None, max_examples=5000, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests neither keep what they fetch among the user's, nor read the user's configuration."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "config"))


_OMITTED = pytest.StashKey[list[str]]()
_REQUIRED = os.environ.get("REQUIRE_ALL", "") not in ("", "0")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_OMITTED] = []


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        for tool in marker.args:
            if shutil.which(tool) is None:
                pytest.skip(f"needs {tool}, which is not installed")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and _config is not None:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _config.stash[_OMITTED].append(f"{report.nodeid}: {reason}")


_config: pytest.Config | None = None


def pytest_sessionstart(session: pytest.Session) -> None:
    global _config
    _config = session.config


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.stash[_OMITTED] and _REQUIRED and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    omitted = terminalreporter.config.stash[_OMITTED]
    if omitted:
        verdict = "failed, for REQUIRE_ALL is set" if _REQUIRED else "omitted"
        terminalreporter.section(f"{len(omitted)} {verdict}")
        for line in omitted:
            terminalreporter.line(line)
