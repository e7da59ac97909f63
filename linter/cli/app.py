"""The Typer app and its entry function: options, then one call; all else loads when needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from linter import __version__
from linter.cli.baseline import baseline_app
from linter.cli.choices import Language, ManualFormat, Markup, Render, Shape, reader_language
from linter.cli.crash import CRASHED, Boundary
from linter.cli.diff import diff_command
from linter.cli.options import (
    ColorOption,
    ConfigOption,
    ConfiguredLangOption,
    LangOption,
    NoConfigOption,
    VendorOption,
)
from linter.cli.output import complain
from linter.report import Format
from linter.settings import FailOn
from linter.verdict import Form, Role

PROGRAM = "disclosure-lint"
_INTERRUPTED = 130

app = typer.Typer(
    name=PROGRAM,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no exception gets out.

    ``arguments`` are taken from ``sys.argv`` if None. 0, 1 and 2 are as the report room defines
    them; 2 also stands for usage, configuration and crashes, 130 for an interrupt.
    """
    boundary = Boundary(lang=reader_language(Language.AUTO))
    with boundary:
        try:
            app(args=None if arguments is None else list(arguments), prog_name=PROGRAM)
        except SystemExit as done:
            code = done.code if isinstance(done.code, int) else (CRASHED if done.code else 0)
        except KeyboardInterrupt:
            code = _INTERRUPTED
        if code == _INTERRUPTED:
            complain("cli.interrupted", lang=reader_language(Language.AUTO))
        return code
    return CRASHED if boundary.crashed else 0


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Check privacy policies for the disclosures that clause 2.3.7 demands."""


@app.command()
def check(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE", help="URLs, files, directories, or - for stdin."),
    ],
    role: Annotated[
        Role | None,
        typer.Option(
            help="What the vendor is to you, recipient if absent; auto reads it from the policy."
        ),
    ] = None,
    vendor: VendorOption = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE",
            help="Requirements to judge: codes, ids, beginnings of codes (RS1) or ALL; "
            "comma-separated or repeated.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Requirements to leave out, as for --select."),
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=LEVEL",
            help="Let a requirement weigh error, warning or info; comma-separated or repeated.",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(help="What exits 1: errors if absent, warnings too, or nothing."),
    ] = None,
    waivers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Waivers (TOML); what is waived is marked."),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Findings that are known; only new ones count."),
    ] = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format", help="Of standard output and files of no known suffix; text if absent."
        ),
    ] = None,
    lang: ConfiguredLangOption = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file, whole or not at all, in the format of its suffix; "
            "repeatable, - is standard output.",
        ),
    ] = None,
    sarif_drop_waived: Annotated[
        bool, typer.Option("--sarif-drop-waived", help="Leave waived findings out of SARIF.")
    ] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0 instead of 1; 2 stays 2.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="A line for each source that does not pass.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="All evidence, reasons and versions.")
    ] = False,
    include_text: Annotated[
        bool, typer.Option("--include-text", help="Add each document's text to the JSON.")
    ] = False,
    no_color: ColorOption = False,
    base_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="What relative links of a file or stdin stand for."),
    ] = None,
    stdin_filename: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="What stdin is called; its suffix says what it is."),
    ] = None,
    follow: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=3,
            metavar="N",
            help="Read linked lists N links deep; 1 for URLs, 0 for files and stdin if absent.",
        ),
    ] = None,
    no_follow: Annotated[
        bool, typer.Option("--no-follow", help="Read no linked list, not even beside a file.")
    ] = False,
    no_discover: Annotated[
        bool,
        typer.Option(
            "--no-discover",
            help="Look for no policy from a home page, no agreement from a policy.",
        ),
    ] = False,
    agreement: Annotated[
        str | None,
        typer.Option(
            metavar="URL|FILE", help="User agreement to judge too; a URL's policy links to it."
        ),
    ] = None,
    proxy: Annotated[
        str | None, typer.Option(metavar="URL", help="HTTP proxy of your own network.")
    ] = None,
    ca_bundle: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Certificates of your own network (PEM).")
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST", help="A private host that may be read, such as localhost; repeatable."
        ),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask no server; read URLs from the cache alone.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither keep what is fetched nor read what was.")
    ] = False,
    render: Annotated[
        Render | None,
        typer.Option(
            help="Draw pages in Chromium; auto, if absent: those that only a script draws."
        ),
    ] = None,
) -> None:
    """Judge privacy policies: exit 0 passes, 1 fails or needs review, 2 could not be judged."""
    from linter.cli.check import CheckRequest, run_check
    from linter.cli.config import levels, names

    flags = {
        "select": names(select),
        "ignore": names(ignore),
        "severity": levels(severity),
        "fail-on": fail_on,
        "vendor": vendor,
        "role": role,
        "follow": 0 if no_follow else follow,
        "render": render,
        "lang": lang,
        "waivers": waivers and str(waivers),
        "baseline": baseline and str(baseline),
    }
    request = CheckRequest(
        sources=tuple(sources),
        flags=flags,
        config=config,
        no_config=no_config,
        format=format_,
        lang=reader_language(lang or Language.AUTO),
        outputs=tuple(output or ()),
        sarif_drop_waived=sarif_drop_waived,
        exit_zero=exit_zero,
        quiet=quiet,
        verbose=verbose,
        include_text=include_text,
        no_color=no_color,
        base_url=base_url,
        stdin_filename=stdin_filename,
        local_links=not no_follow,
        discover=not no_discover,
        agreement=agreement,
        proxy=proxy,
        ca_bundle=ca_bundle,
        allow_hosts=frozenset(allow_host or ()),
        offline=offline,
        no_cache=no_cache,
    )
    raise typer.Exit(run_check(request))


@app.command()
def suggest(
    source: Annotated[str, typer.Argument(help="A URL, a file, or - for stdin.")],
    role: Annotated[
        Role, typer.Option(help="What the vendor is to you; auto reads it from the policy.")
    ] = Role.RECIPIENT,
    vendor: Annotated[
        str, typer.Option(metavar="ID|FILE", help="A vendor that ships here, or its TOML file.")
    ] = "realsee",
    shape: Annotated[
        Shape, typer.Option(help="A table's row, labelled lines, sentences; auto: as the policy.")
    ] = Shape.AUTO,
    format_: Annotated[
        Markup, typer.Option("--format", help="How the words are printed.")
    ] = Markup.TEXT,
    lang: LangOption = Language.AUTO,
) -> None:
    """Print the words that a policy lacks, in its language and shape; exit 2: it was not read."""
    from linter.cli.suggest import run_suggest

    wanted = None if shape is Shape.AUTO else Form(shape.value)
    code = run_suggest(
        source, role=role, vendor=vendor, form=wanted, markup=format_, lang=reader_language(lang)
    )
    raise typer.Exit(code)


def _complete_code(incomplete: str) -> list[tuple[str, str]]:
    from linter.cli.rule import known_codes

    wanted = incomplete.upper()
    return [(code, name) for code, name in known_codes().items() if code.startswith(wanted)]


@app.command()
def train(
    corpus: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Corpus; that of the checkout if absent.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where models go; models/ if absent.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if the models are not current.")
    ] = False,
    lang: LangOption = Language.AUTO,
) -> None:
    """Train the models on the corpus, for those who change it."""
    from linter.cli.train import run_train

    raise typer.Exit(run_train(corpus, output, check=check, lang=reader_language(lang)))


@app.command()
def evaluate(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[SET]",
            help="Folder with gold.jsonl, or folders that have it; held-out sets if absent.",
        ),
    ] = None,
    lang: LangOption = Language.AUTO,
) -> None:
    """Compare the program with simpler approaches on labelled policies."""
    from linter.cli.evaluate import run_evaluate

    raise typer.Exit(run_evaluate(folder, lang=reader_language(lang)))


@app.command()
def explain(
    report: Annotated[
        str,
        typer.Argument(
            metavar="REPORT", help="A report in JSON or JSON lines, or a source; - for stdin."
        ),
    ],
    code: Annotated[
        str,
        typer.Argument(metavar="CODE", help="A code (RS201) or id.", autocompletion=_complete_code),
    ],
    role: Annotated[
        Role | None, typer.Option(help="As for check, where a source is judged.")
    ] = None,
    vendor: VendorOption = None,
    lang: LangOption = Language.AUTO,
    no_color: ColorOption = False,
) -> None:
    """Show what led to one verdict: mentions, signals, probabilities and thresholds."""
    from linter.cli.explain import run_explain

    raise typer.Exit(
        run_explain(
            report, code, vendor=vendor, role=role, lang=reader_language(lang), no_color=no_color
        )
    )


_corpus = typer.Typer(help="The corpus that models are trained on.", no_args_is_help=True)
app.add_typer(_corpus, name="corpus")


@_corpus.callback()
def corpus() -> None:
    """Group of commands."""


@_corpus.command()
def validate(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Corpus; that of the checkout if absent."),
    ] = None,
    lang: LangOption = Language.AUTO,
) -> None:
    """Check labels, duplicates, splits and quotes: exit 1 if something is wrong."""
    from linter.cli.corpus import run_validate

    raise typer.Exit(run_validate(folder, lang=reader_language(lang)))


_vendor = typer.Typer(help="The third parties that policies are judged for.")
app.add_typer(_vendor, name="vendor", no_args_is_help=True)


@_vendor.command(name="list")
def vendor_list(lang: LangOption = Language.AUTO) -> None:
    """List the vendors that ship."""
    from linter.cli.vendor import run_list

    raise typer.Exit(run_list(lang=reader_language(lang)))


@_vendor.command(name="validate")
def vendor_validate(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Vendor files, or ids that ship.")
    ],
    lang: LangOption = Language.AUTO,
) -> None:
    """Check vendor files: exit 2 if one is wrong, and where."""
    from linter.cli.vendor import run_validate

    raise typer.Exit(run_validate(files, lang=reader_language(lang)))


@_vendor.command(name="init")
def vendor_init(
    file: Annotated[
        Path, typer.Argument(metavar="[FILE]", help="Must not be there yet; vendor.toml if absent.")
    ] = Path("vendor.toml"),
    lang: LangOption = Language.AUTO,
) -> None:
    """Write a vendor file to fill in, with every key explained."""
    from linter.cli.vendor import run_init

    raise typer.Exit(run_init(file, lang=reader_language(lang)))


app.add_typer(baseline_app, name="baseline", no_args_is_help=True)
app.command("diff")(diff_command)

_config = typer.Typer(help="The configuration: what holds, and a file to begin with.")
app.add_typer(_config, name="config", no_args_is_help=True)


@_config.command()
def show(
    source: Annotated[
        str | None,
        typer.Argument(metavar="[SOURCE]", help="Show what holds for it, overrides included."),
    ] = None,
    origin: Annotated[
        bool, typer.Option("--origin", help="Say of each value where it comes from.")
    ] = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    lang: LangOption = Language.AUTO,
) -> None:
    """Print the configuration that holds here, as TOML."""
    from linter.cli.config import run_show

    chosen = reader_language(lang)
    raise typer.Exit(
        run_show(source, origin=origin, config=config, no_config=no_config, lang=chosen)
    )


@_config.command()
def init(lang: LangOption = Language.AUTO) -> None:
    """Write a commented disclosure-lint.toml here, unless there is a configuration."""
    from linter.cli.config import run_init

    raise typer.Exit(run_init(lang=reader_language(lang)))


@app.command()
def rule(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE",
            help="A code (RS101) or id (entity-name); all are listed without it.",
            autocompletion=_complete_code,
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Explain every requirement.")] = False,
    format_: Annotated[
        ManualFormat, typer.Option("--format", help="Of the explanations.")
    ] = ManualFormat.TEXT,
    lang: LangOption = Language.AUTO,
    no_color: ColorOption = False,
) -> None:
    """List the requirements, or explain one."""
    from linter.cli.rule import run_rule

    raise typer.Exit(
        run_rule(code, lang=reader_language(lang), every=every, format=format_, no_color=no_color)
    )
