"""Every error of the program: one tree by phase, one table of words.

An error has a stable code; what happened and what to do about it stand here in English and
Chinese, so that a message can be said in the reader's language wherever it surfaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What happened and what to do, in both languages; ``{name}`` is filled from the error."""

    what: str
    hint: str
    what_zh: str
    hint_zh: str


MESSAGES: dict[str, ErrorText] = {
    # usage and configuration
    "usage-role": ErrorText(
        "{role} is not a role.",
        "Use one of: {known}.",
        "{role} 不是可用的角色。",
        "请使用其中之一：{known}。",
    ),
    "vendor-unknown": ErrorText(
        "The vendor {vendor} cannot be read: {reason}.",
        "Name a vendor that ships with the program, such as realsee, or the path of a TOML file.",
        "无法读取第三方 {vendor}：{reason}。",
        "请使用程序自带的第三方标识（如 realsee），或给出 TOML 文件的路径。",
    ),
    "vendor-syntax": ErrorText(
        "The vendor file {vendor} is not valid TOML: {reason}.",
        "Mend the line that is named; strings stand in double quotes.",
        "第三方文件 {vendor} 不是有效的 TOML：{reason}。",
        "请修改所指的行；字符串须用双引号括起。",
    ),
    "vendor-key": ErrorText(
        "The vendor file {vendor} has an unknown key {key} ({line}).",
        "Keys that are known there: {known}.",
        "第三方文件 {vendor} 中有未知的键 {key}（{line}）。",
        "此处可用的键：{known}。",
    ),
    "vendor-value": ErrorText(
        "In the vendor file {vendor}, {key} {reason} ({line}).",
        "Compare it with the file realsee.toml that ships with the program.",
        "第三方文件 {vendor} 中，{key} {reason}（{line}）。",
        "可对照程序自带的 realsee.toml。",
    ),
    # fetch
    # segment
    "segment-script-drawn": ErrorText(
        "The page shows its text only after a script has run; {characters} characters were there.",
        "Open it in a browser, save it as a complete web page and check that file, or give the "
        "address of a version with the text in the page.",
        "页面正文由脚本绘制，直接读取只得到 {characters} 个字符。",
        "请在浏览器中打开，另存为完整网页后检查该文件，或提供正文直接写在网页中的地址。",
    ),
    "segment-no-text": ErrorText(
        "The document holds no text.",
        "Check that this is the policy itself; a scanned or drawn policy must be given as text.",
        "文档中没有文字。",
        "请确认这是政策正文；扫描件或图片形式的政策须提供文字版。",
    ),
    "segment-garbled": ErrorText(
        "{percent} % of the characters could not be decoded ({encoding} was tried last).",
        "Save the document as UTF-8 and check that file.",
        "有 {percent}% 的字符无法解码（最后尝试的编码为 {encoding}）。",
        "请将文档另存为 UTF-8 后检查该文件。",
    ),
    "segment-language": ErrorText(
        "The document is in a language that is not judged ({language}).",
        "Give the Chinese or English version of the policy.",
        "文档使用的语言（{language}）不在判断范围内。",
        "请提供该政策的中文或英文版本。",
    ),
    "not-a-privacy-policy": ErrorText(
        'The document "{title}" says nothing about handling personal information.',
        "Give the address of the privacy policy itself.",
        "文档“{title}”没有谈及个人信息处理。",
        "请给出隐私政策本身的地址。",
    ),
    # classify
    "lexicon-damaged": ErrorText(
        "The lexicon {file} cannot be read: {reason}.",
        "Install the program again; if the file is your own change, mend it.",
        "词表 {file} 无法读取：{reason}。",
        "请重新安装程序；如果改动过该文件，请改正。",
    ),
}


# Parameter values that are words of the program's own.
_SAID_IN_CHINESE = {
    "is missing": "缺失",
    "must be a table": "必须是表",
    "must be an array of tables": "必须是表数组",
    "must be an array of strings": "必须是字符串数组",
    "must be a string that is not empty": "必须是非空字符串",
    "must be true or false": "必须是 true 或 false",
    "must have exactly the keys zh and en": "必须恰好包含键 zh 和 en",
    "must be lower-case letters, digits and hyphens": "只能包含小写字母、数字和连字符",
    "file too large": "文件过大",
    "nested too deeply": "嵌套过深",
    "No such file or directory": "没有这个文件或目录",
    "Is a directory": "是一个目录",
    "Permission denied": "没有权限",
    "not in the file": "文件中没有",
}


def describe(code: str, params: dict[str, str], lang: str = "en") -> tuple[str, str]:
    """The words for an error: (what happened, what to do) in ``lang`` ("en" or "zh")."""
    text = MESSAGES[code]
    what, hint = (text.what_zh, text.hint_zh) if lang == "zh" else (text.what, text.hint)
    if lang == "zh":
        params = {k: _SAID_IN_CHINESE.get(v, v) for k, v in params.items()}
    return _fill(what, params), _fill(hint, params)


def _fill(template: str, params: dict[str, str]) -> str:
    parts = []
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(literal)
        if name is not None:
            parts.append(params.get(name, "?"))
    return "".join(parts)


class DisclosureLintError(Exception):
    """Root of the tree. ``code`` is stable; ``params`` fill its words; never holds secrets."""

    phase: ClassVar[str] = "internal"
    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, **params: object) -> None:
        if code not in MESSAGES:
            raise KeyError(f"unknown error code {code!r}")
        self.code = code
        self.params = {k: str(v) for k, v in params.items()}
        super().__init__(code)

    def __str__(self) -> str:
        what, hint = describe(self.code, self.params)
        return f"{what} {hint}"


class UsageError(DisclosureLintError):
    """The command line or the call asks for what cannot be."""

    phase = "usage"


class ConfigError(DisclosureLintError):
    """A configuration or vendor file is wrong; says the line."""

    phase = "config"


class FetchError(DisclosureLintError):
    """A source could not be had. Not an OSError, lest a retry loop takes it for one."""

    phase = "fetch"


class SegmentError(DisclosureLintError):
    """A page was had but holds nothing that could be read as a policy."""

    phase = "segment"


class ModelError(DisclosureLintError):
    """A model file is missing, damaged or of another version."""

    phase = "classify"
