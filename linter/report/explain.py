"""One verdict taken apart: the mentions, what was weighed, and how its confidence comes about.

It is told from the report's JSON alone, so that a report of last month can be explained today.
Every word of a document passes ``terminal.wrap``, which makes it harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter.report.messages import MESSAGES, error_words, phrase
from linter.report.shape import (
    BasisJson,
    EvidenceJson,
    MentionJson,
    NoteJson,
    ReportJson,
    RequirementJson,
    SignalJson,
)
from linter.report.terminal import Paint, clean, clip, pad, wrap
from linter.report.view import View

_MIN_WIDTH = 40
_MOST_MENTIONS = 8
_QUOTE = 120  # columns
_STYLES = {
    "present": "pass",
    "ambiguous": "review",
    "missing": "fail",
    "unverifiable": "unreadable",
    "not-applicable": "dim",
}


def explanation(report: ReportJson, requirement: RequirementJson, view: View) -> str:
    """What led to the verdict on one requirement of a report, for a person to follow."""
    return "".join(line.rstrip() + "\n" for line in _Explanation(report, requirement, view).lines())


class _Explanation:
    def __init__(self, report: ReportJson, requirement: RequirementJson, view: View) -> None:
        self._report = report
        self._requirement = requirement
        self._lang = view.lang
        self._paint = Paint(view.color)
        self._width = max(view.width, _MIN_WIDTH)

    def lines(self) -> Iterator[str]:
        """The whole of it."""
        basis = self._requirement["basis"]
        yield from self._head()
        yield from self._mentions()
        if basis is None:
            yield from self._bare()
            return
        yield from self._signals(basis["signals"])
        yield from self._confidence(basis)
        yield from self._searched(map(self._note, basis["notes"]))

    # -- parts

    def _head(self) -> Iterator[str]:
        report, requirement = self._report, self._requirement
        verdict = requirement["verdict"]
        names = self._paint(f"{clean(requirement['code'])} {clean(requirement['id'])}", "bold")
        word = self._paint(clean(self._word(f"verdict.{verdict}")), _STYLES.get(verdict, ""))
        yield f"{names}  {word}  {clean(report['source'])}"
        vendor = (self._lang == "zh" and report["vendor_name_zh"]) or report["vendor_name"]
        message = f"{requirement['id']}.{verdict}"
        said = self._word(message, vendor=vendor)
        yield from self._flow(requirement["message"] if said == message else said, 2)
        versions = report["versions"]
        yield from self._flow(
            self._word(
                "line.versions",
                linter=versions["linter"],
                model=versions["model"],
                vendor=versions["vendor"],
            ),
            2,
        )

    def _mentions(self) -> Iterator[str]:
        mentions = self._report["mentions"]
        shown = mentions[:_MOST_MENTIONS]
        yield ""
        yield self._heading("explain.mentions", count=len(mentions))
        for mention in shown:
            quote = clip(clean(mention["quote"]), _QUOTE)
            yield from self._flow(f"»{quote}« {self._place(mention)}", 4)
        if len(mentions) > len(shown):
            yield from self._flow(self._word("explain.more", count=len(mentions) - len(shown)), 4)

    def _signals(self, signals: list[SignalJson]) -> Iterator[str]:
        yield ""
        decisive = sum(s["decisive"] for s in signals)
        yield self._heading("explain.signals", count=len(signals), decisive=decisive)
        for number, signal in enumerate(signals, start=1):
            weight = self._word("explain.decisive" if signal["decisive"] else "explain.aside")
            line = self._word("explain.signal", value=signal["polarity"], weight=weight)
            yield from self._flow(f"{number}. {line}", 4)
            quote = clip(clean(signal["quote"]), _QUOTE)
            yield from self._flow(f"»{quote}« {self._place(signal)}", 7)
            yield from self._flow(self._bound(signal), 7)
            yield from self._flow(self._note(signal["reason"], signal["quote"]), 7)
            yield from self._flow(self._probabilities(signal), 7)

    def _bound(self, signal: SignalJson) -> str:
        mention = signal["mention"]
        if any(_same(signal, named) for named in self._report["mentions"]):
            return self._word("explain.itself")
        if signal["relation"] is None or mention is None:
            return self._word("explain.unbound")
        said = self._word(f"binding.{signal['relation']}", quote=mention["quote"])
        return f"{said}{self._word('line.space')}{self._place(mention)}"

    def _probabilities(self, signal: SignalJson) -> str:
        said = self._word("explain.probability", probability=f"{signal['probability']:.2f}")
        if signal["model"] is None:
            return said
        model = self._word("explain.model", probability=f"{signal['model']:.2f}")
        return f"{said}{self._word('line.space')}{model}"

    def _confidence(self, basis: BasisJson) -> Iterator[str]:
        yield ""
        confidence = f"{self._requirement['confidence']:.2f}"
        if basis["grounds"]:
            total = f"{sum(basis['grounds'].values()):+.2f}"
            yield self._heading("explain.confidence", confidence=confidence, total=total)
        else:
            yield self._heading("explain.share", confidence=confidence)
        for ground, weight in basis["grounds"].items():
            yield from self._flow(f"{weight:+.2f}  {self._ground(ground)}", 4, hang=6)
        key = "explain.review" if self._requirement["needs_review"] else "explain.no-review"
        yield from self._flow(self._word(key, threshold=f"{basis['review_below']:.2f}"), 4)

    def _searched(self, sentences: Iterable[str]) -> Iterator[str]:
        yield ""
        yield self._heading("explain.searched")
        for sentence in sentences:
            yield from self._flow(sentence, 4)

    def _bare(self) -> Iterator[str]:
        """What can be said of a verdict for which nothing was weighed."""
        yield ""
        yield from self._flow(self._word("explain.nothing-weighed"), 2)
        for sentence in (*self._requirement["why"], *self._requirement["searched"]):
            yield from self._flow(sentence, 4)
        for error in self._report["errors"]:
            for words in error_words(error["cause"], error["params"], self._lang):
                yield from self._flow(words, 4)

    # -- words

    def _word(self, key: str, **params: object) -> str:
        return phrase(key, params, self._lang)

    def _heading(self, key: str, **params: object) -> str:
        return "  " + self._paint(clean(self._word(key, **params)), "bold")

    def _note(self, note: NoteJson, quote: str = "") -> str:
        params = {"quote": clip(clean(quote), _QUOTE), **note["params"]}
        return phrase(note["key"], params, self._lang)

    def _ground(self, ground: str) -> str:
        """What a ground means; its own name where that is not known."""
        family, _, value = ground.partition(":")
        if f"ground.{family}" not in MESSAGES:
            requirement = family == self._requirement["id"]
            return self._word("ground.requirement") if requirement else ground
        return self._word(f"ground.{family}", value=value)

    def _place(self, place: MentionJson | SignalJson) -> str:
        found = next(self._headed(place), None)
        params = {"start": place["start"], "end": place["end"], "document": place["document"]}
        if len(self._report["documents"]) > 1:
            return self._word("explain.place-in", **params)
        if found is not None and found["headings"]:
            return self._word("explain.place-under", heading=found["headings"][-1], **params)
        return self._word("explain.place", **params)

    def _headed(self, place: MentionJson | SignalJson) -> Iterator[EvidenceJson]:
        """The evidence of the same words, which knows the headings above them."""
        nearest = self._requirement["nearest"]
        known = [*self._requirement["evidence"], *([nearest["evidence"]] if nearest else [])]
        for evidence in known:
            if _same(evidence, place):
                yield evidence

    def _flow(self, text: str, indent: int, *, hang: int = 0) -> Iterator[str]:
        for number, line in enumerate(wrap([(text, "")], self._width - indent - hang)):
            margin = indent + (hang if number else 0)
            yield pad("", margin) + "".join(piece for piece, _ in line)


def _same(
    one: MentionJson | SignalJson | EvidenceJson, other: MentionJson | SignalJson | EvidenceJson
) -> bool:
    return (one["document"], one["start"], one["end"]) == (
        other["document"],
        other["start"],
        other["end"],
    )
