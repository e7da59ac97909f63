"""RS001 unreadable-document and RS002 not-a-privacy-policy: said of the document, in ``errors``."""

from __future__ import annotations

from typing import ClassVar

from linter.verdict import Role, Severity


class DocumentRule:
    """A rule about the document itself; it appears among a report's errors."""

    code: ClassVar[str]
    id: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    roles: ClassVar[tuple[Role, ...]] = (Role.RECIPIENT, Role.CO_PROCESSOR)


class UnreadableDocument(DocumentRule):
    """The document could not be read.

    Clause
        None: what was not read cannot be judged.

    What counts
        A source that could not be fetched, is empty, is no text, is drawn by a script, is a login
        or bot-check page, or is in a language that is not judged. Every requirement is then
        unverifiable, never missing, and the exit code is 2.

    Example that passes
        An HTML page whose text stands in the page.

    Example that fails
        A page that shows its text only after a script ran.

    How to fix
        Follow the hint beside the error: give the page's own address, or save it as HTML or text.

    中文
    文档无法读取。

    条款
        无：没有读到的内容不能下结论。

    什么算
        无法获取、为空、不是文本、由脚本绘制、是登录或人机验证页面、或使用不支持的语言。此时各项均为“无法核实”，
        绝不判为“缺失”，退出码为 2。

    合格示例
        正文就在网页里的 HTML。

    不合格示例
        运行脚本后才显示正文的页面。

    如何改
        按错误旁的提示处理：给出正文的地址，或另存为 HTML 或文本。
    """

    code = "RS001"
    id = "unreadable-document"


class NotAPrivacyPolicy(DocumentRule):
    """The document is no privacy policy.

    Clause
        Developer agreement 2.3.7, tier 1: a privacy policy is given to the user.

    What counts
        A text that says nothing about handling data. A licence agreement with a privacy chapter is
        read like a policy.

    Example that passes
        A policy, or terms of use with a chapter on personal information.

    Example that fails
        A news page or a home page.

    How to fix
        Give the address of the policy itself.

    中文
    该文档不是隐私政策。

    条款
        开发者协议第2.3.7条第一层：须向用户提供隐私政策。

    什么算
        全文未谈及个人信息处理。带有隐私章节的许可协议按政策阅读。

    合格示例
        隐私政策，或含个人信息章节的用户协议。

    不合格示例
        新闻页或首页。

    如何改
        给出隐私政策本身的地址。
    """

    code = "RS002"
    id = "not-a-privacy-policy"
