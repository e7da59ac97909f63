"""Options that several commands share, and the request that they make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linter.cli.choices import Language, reader_language
from linter.verdict import Role

if TYPE_CHECKING:
    from linter.cli.check import CheckRequest

RoleOption = Annotated[
    Role | None, typer.Option(help="What the vendor is to you; auto reads it from the policy.")
]
VendorOption = Annotated[
    str | None,
    typer.Option(
        metavar="ID|FILE", help="A vendor that ships here, or the path of a vendor TOML file."
    ),
]
NoFollowOption = Annotated[bool, typer.Option("--no-follow", help="Read no linked list.")]
OfflineOption = Annotated[bool, typer.Option("--offline", help="Read URLs from the cache alone.")]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Read this configuration, not the nearest one."),
]
NoConfigOption = Annotated[
    bool, typer.Option("--no-config", "--isolated", help="Read no configuration file.")
]
LangOption = Annotated[Language, typer.Option("--lang", help="Language of the messages.")]
# Where a configuration may say it too.
ConfiguredLangOption = Annotated[
    Language | None, typer.Option("--lang", help="Language of the messages.")
]
ColorOption = Annotated[bool, typer.Option("--no-color", help="Plain text, as NO_COLOR does.")]


def request_of(
    sources: list[str],
    role: Role | None,
    vendor: str | None,
    no_follow: bool,
    offline: bool,
    config: Path | None,
    no_config: bool,
    lang: Language | None,
) -> CheckRequest:
    """What ``check`` would be asked with the same options."""
    from linter.cli.check import CheckRequest

    flags = {
        "role": role,
        "vendor": vendor,
        "follow": 0 if no_follow else None,
        "lang": lang,
    }
    return CheckRequest(
        tuple(sources),
        flags=flags,
        config=config,
        no_config=no_config,
        lang=reader_language(lang or Language.AUTO),
        local_links=not no_follow,
        offline=offline,
    )
