"""The command line: ``app`` for Typer, ``main`` for the console script."""

from linter.cli.app import app, main

__all__ = ["app", "main"]
