"""How long a cold ``disclosure-lint check`` takes, as a ratio to the imports it cannot do without.

    python -m tests.benchmarks.cold_start

Runs of a pair alternate, so that both meet the same machine; the median of the ratios counts.
Exit code 1 when a limit is passed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 9
SIZE = 60_000  # bytes
_CHAPTER = """<h2>{n}、我们如何处理您的信息</h2>
<p>您注册第{n}项服务时，我们会收集您的手机号码，用于创建账号并发送验证码；您可以随时在设置中更正或删除。</p>
<ul><li>浏览记录：用于向您推荐内容，保存期限为{n}个月；</li><li>订单信息：用于售后服务。</li></ul>
<table><tr><th>SDK名称</th><th>使用目的</th><th>收集的信息</th></tr>
<tr><td>云帆推送{n} SDK</td><td>消息推送</td><td>设备标识、网络类型</td></tr></table>"""
_MENTION = (
    "<p>三维看房由如视VR SDK提供，会收集您的设备型号。未经您的单独同意，我们不会对外提供。</p>"
)


def policy(*, mention: bool) -> str:
    """An HTML policy of at least ``SIZE`` bytes."""
    parts = ["<html><head><meta charset='utf-8'></head><body><h1>隐私政策</h1>"]
    size, n = 0, 0
    while size < SIZE:
        n += 1
        parts.append(_CHAPTER.format(n=n))
        size += len(parts[-1].encode())
    parts.append(_MENTION if mention else "")
    return "\n".join(parts) + "</body></html>"


def seconds(command: list[str]) -> float:
    """Wall time of one run, in seconds."""
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    taken = time.perf_counter() - begun
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return taken


def compare(name: str, command: list[str], against: list[str], limit: float) -> bool:
    """Print the median ratio of a command to another; whether it is within ``limit``."""
    for warm in (command, against):
        seconds(warm)
    pairs = [(seconds(command), seconds(against)) for _ in range(ROUNDS)]
    ratio = statistics.median(mine / other for mine, other in pairs)
    mine, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(
        f"{name}: {mine * 1000:.0f} ms against {other * 1000:.0f} ms, "
        f"ratio {ratio:.2f} (limit {limit:g})"
    )
    return ratio <= limit


def main() -> int:
    """Both pairs; 0 when both are within their limits."""
    program = str(Path(sys.executable).with_name("disclosure-lint"))
    with tempfile.TemporaryDirectory() as folder:
        without, with_mention = Path(folder, "without.html"), Path(folder, "with.html")
        without.write_text(policy(mention=False), "utf-8")
        with_mention.write_text(policy(mention=True), "utf-8")
        results = [
            compare(
                "60 kB without a mention / import numpy, bs4, lxml",
                [program, "check", str(without)],
                [sys.executable, "-c", "import numpy, bs4, lxml"],
                3.0,
            ),
            compare(
                "60 kB with a mention / import spacy",
                [program, "check", str(with_mention)],
                [sys.executable, "-c", "import spacy"],
                2.0,
            ),
        ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
