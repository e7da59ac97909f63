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
    # faults of the program itself
    "internal-crash": ErrorText(
        "disclosure-lint crashed on this source ({error} at {place}); it was not judged.",
        "This is a fault of disclosure-lint, not of the policy; please report it.",
        "disclosure-lint 在处理该来源时崩溃（{error}，位于 {place}），未作判断。",
        "这是 disclosure-lint 的问题，不是政策的问题，请反馈给维护者。",
    ),
    # usage and configuration
    "usage-role": ErrorText(
        "{role} is not a role.",
        "Use one of: {known}.",
        "{role} 不是可用的角色。",
        "请使用其中之一：{known}。",
    ),
    "usage-agreement": ErrorText(
        "{value} is no file that can be read as the user agreement.",
        "Give --agreement the path of a file or an http(s) URL.",
        "无法将 {value} 作为用户协议读取：没有这个文件。",
        "请用 --agreement 给出文件路径或 http(s) 网址。",
    ),
    "usage-offline-no-cache": ErrorText(
        "--offline answers from the cache alone, and --no-cache forbids it.",
        "Leave out one of the two.",
        "--offline 只从缓存读取，而 --no-cache 禁止使用缓存。",
        "请去掉其中一个。",
    ),
    "usage-allow-host": ErrorText(
        "{host} is not a host that can be allowed.",
        "Give --allow-host a name or address, with a port if only that one is meant: localhost, "
        "localhost:8765, [::1]:8765.",
        "{host} 不是可以允许的主机。",
        "请用 --allow-host 给出主机名或地址，如只允许某个端口则加上端口：localhost、"
        "localhost:8765、[::1]:8765。",
    ),
    "usage-address": ErrorText(
        "{value} is not an address that {option} can take.",
        "Give one like https://example.com:8080.",
        "{option} 不能使用 {value}。",
        "请给出形如 https://example.com:8080 的地址。",
    ),
    "usage-certificates": ErrorText(
        "{value} is no file of certificates (PEM).",
        "Name a file that holds -----BEGIN CERTIFICATE----- lines.",
        "{value} 不是证书文件（PEM）。",
        "请指定含有 -----BEGIN CERTIFICATE----- 的文件。",
    ),
    "usage-output-suffix": ErrorText(
        "The suffix of {path} is that of no format.",
        "Use one of {known}, or say the format with --format.",
        "无法从 {path} 的后缀判断输出格式。",
        "请使用以下后缀之一：{known}；或用 --format 指定格式。",
    ),
    "usage-output-format": ErrorText(
        "--format {format} fits no --output: their suffixes ask for other formats.",
        "Leave --format out, or add --output - to have that format on standard output too.",
        "--format {format} 与各 --output 的后缀不一致。",
        "请去掉 --format；如需同时在标准输出使用该格式，请加上 --output -。",
    ),
    "usage-output-twice": ErrorText(
        "--output {path} is given twice.",
        "Name a file of its own for each format.",
        "--output {path} 重复。",
        "请为每种格式指定不同的文件。",
    ),
    "usage-output-input": ErrorText(
        "--output {path} is a file that this run reads.",
        "Name another file: nothing that is read is ever written over.",
        "--output {path} 是本次要读取的文件。",
        "请指定其他文件：读取的文件不会被覆盖。",
    ),
    "usage-stdin-filename": ErrorText(
        "--stdin-filename {name} names standard input, which is no source here.",
        "Add - to the sources, or leave the option out.",
        "--stdin-filename {name} 用于命名标准输入，但来源中没有标准输入。",
        "请在来源中加上 -，或去掉该选项。",
    ),
    "usage-exists": ErrorText(
        "{path} is there already and was left as it is.",
        "Change it by hand, or remove it first.",
        "{path} 已经存在，未作改动。",
        "请手工修改，或先将其移走。",
    ),
    "report-schema": ErrorText(
        "{file}, {place}: this is no report of a kind that is read ({found}, not {known}).",
        "Check the source again with this version, with --format json or jsonl.",
        "{file}，{place}：不是可读取的报告（{found}，应为 {known}）。",
        "请用本版本加 --format json 或 jsonl 重新检查来源。",
    ),
    "report-shape": ErrorText(
        "{file}: {place} is missing or of the wrong type.",
        "Check the source again with this version; report.schema.json says what a report holds.",
        "{file}：{place} 缺失或类型不对。",
        "请用本版本重新检查来源；报告的内容见 report.schema.json。",
    ),
    "usage-config-no-config": ErrorText(
        "--config names a configuration, and --no-config forbids one.",
        "Leave out one of the two.",
        "--config 指定了配置文件，而 --no-config 禁止使用配置文件。",
        "请去掉其中一个。",
    ),
    "config-unreadable": ErrorText(
        "The configuration {file} cannot be read: {reason}.",
        "Name a file that can be read, or run without one: --no-config.",
        "无法读取配置文件 {file}：{reason}。",
        "请指定可读取的文件，或用 --no-config 不使用配置文件。",
    ),
    "config-syntax": ErrorText(
        "{place}: this is not valid TOML: {reason}.",
        "Mend the line; strings stand in double quotes.",
        "{place}：不是有效的 TOML：{reason}。",
        "请修改该行；字符串须用双引号括起。",
    ),
    "config-section": ErrorText(
        "{file} has no [tool.disclosure-lint] section.",
        "Add one, or name a file of another name, whose keys stand at its top.",
        "{file} 中没有 [tool.disclosure-lint] 一节。",
        "请加入该节，或指定其他名称的文件（其中的键写在最外层）。",
    ),
    "config-key": ErrorText(
        "{place}: there is no key {key} here.",
        "The nearest is {near}. All keys here: {known}.",
        "{place}：此处没有 {key} 这个键。",
        "最接近的是 {near}。此处可用的键：{known}。",
    ),
    "config-flag": ErrorText(
        "{place}: {key} is not for a configuration to say.",
        "Give it on the command line: --{flag}.",
        "{place}：配置文件不能设置 {key}。",
        "请在命令行中给出：--{flag}。",
    ),
    "config-whole-run": ErrorText(
        "{place}: {key} holds for a whole run, not for some of its sources.",
        "Move it above the first [[overrides]].",
        "{place}：{key} 对整次运行生效，不能只用于部分来源。",
        "请移到第一个 [[overrides]] 之前。",
    ),
    "config-value": ErrorText(
        "{place}: {key} cannot be {value}.",
        "It takes {takes}.",
        "{place}：{key} 不能是 {value}。",
        "可用：{takes}。",
    ),
    "config-requirement": ErrorText(
        "{place}: {name} is no requirement.",
        "The nearest is {near}. disclosure-lint rule lists them all.",
        "{place}：没有 {name} 这项要求。",
        "最接近的是 {near}。disclosure-lint rule 可列出全部要求。",
    ),
    "config-always": ErrorText(
        "{place}: {name} can be neither selected nor ignored nor weighed.",
        "It says that a document was not judged; that is never a pass.",
        "{place}：{name} 不能被选择、忽略或改变级别。",
        "它表示文档未能判断，不能视为通过。",
    ),
    "config-nothing": ErrorText(
        "{place}: no requirement is left to judge.",
        "Select at least one, or ignore fewer; disclosure-lint rule lists them.",
        "{place}：没有剩下任何要判断的要求。",
        "请至少选择一项，或减少忽略的项；disclosure-lint rule 可列出全部要求。",
    ),
    "config-outside": ErrorText(
        "{place}: {key} leads out of the folder of the configuration: {value}.",
        "Keep the file beside it, or name it on the command line: --{key}.",
        "{place}：{key} 指向配置文件所在文件夹之外：{value}。",
        "请把文件放在该文件夹内，或在命令行中给出：--{key}。",
    ),
    # waivers, baselines and reports that are read again
    "file-unreadable": ErrorText(
        "{file} cannot be read: {reason}.",
        "Name a file that can be read.",
        "无法读取 {file}：{reason}。",
        "请指定可以读取的文件。",
    ),
    "file-syntax": ErrorText(
        "{place}: this is not valid JSON: {reason}.",
        "Write the file again with the program, or take back what was changed in it.",
        "{place}：不是有效的 JSON：{reason}。",
        "请用本程序重新生成该文件，或撤销对它的改动。",
    ),
    "file-missing": ErrorText(
        "{place}: {key} is missing.",
        "Add it; it takes {takes}.",
        "{place}：缺少 {key}。",
        "请补上；可用：{takes}。",
    ),
    "file-schema": ErrorText(
        "{file} is not {known}; it says {found}.",
        "Name a file that this version of the program has written.",
        "{file} 不是 {known}，其声明为 {found}。",
        "请指定由本版本程序生成的文件。",
    ),
    "usage-nameless": ErrorText(
        "Standard input has no name by which it could be found again.",
        "Give a file or an address.",
        "标准输入没有名称，无法再次识别。",
        "请指定文件或网址。",
    ),
    "usage-unjudged": ErrorText(
        "{source} could not be judged whole ({reason}), so what was found in it is not known; "
        "nothing was written.",
        "disclosure-lint check says more of it; give it in a form that can be read, or leave it "
        "out.",
        "未能完整判断 {source}（{reason}），无法得知其中的问题，未写入任何内容。",
        "disclosure-lint check 可说明详情；请给出可读取的形式，或不列入。",
    ),
    "usage-snapshot": ErrorText(
        "There is no snapshot {sha256} in the cache.",
        "Take the sha256 of a document in a report that was made here, or name a file.",
        "缓存中没有快照 {sha256}。",
        "请使用在本机生成的报告中某个文件的 sha256，或指定文件。",
    ),
    "vendor-unknown": ErrorText(
        "The vendor {vendor} cannot be read: {reason}.",
        "Name a vendor that ships with the program ({known}), or the path of a TOML file.",
        "无法读取第三方 {vendor}：{reason}。",
        "请使用程序自带的第三方标识（{known}），或给出 TOML 文件的路径。",
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
        "Compare it with a vendor file that ships with the program, in linter/vendors.",
        "第三方文件 {vendor} 中，{key} {reason}（{line}）。",
        "可对照程序自带的第三方文件（linter/vendors 目录）。",
    ),
    # fetch
    "fetch-url": ErrorText(
        "{url} is not an address that can be asked for.",
        "Give an address like https://example.com/privacy, without spaces or backslashes.",
        "{url} 不是可以访问的网址。",
        "请给出形如 https://example.com/privacy 的网址，不含空格或反斜杠。",
    ),
    "fetch-scheme": ErrorText(
        "Addresses of the kind {scheme}: are not read.",
        "Use http or https, or give the path of a file.",
        "不读取 {scheme}: 类型的地址。",
        "请使用 http 或 https，或给出文件路径。",
    ),
    "fetch-userinfo": ErrorText(
        "The address carries a user name or password for {host}.",
        "Leave it out; a policy must be readable without signing in.",
        "网址中带有访问 {host} 的用户名或密码。",
        "请去掉；隐私政策应当无需登录即可阅读。",
    ),
    "fetch-port": ErrorText(
        "Port {port} of {host} is not one that web pages are served on.",
        "Use the usual address; for a host of your own, --allow-host {host}.",
        "{host} 的端口 {port} 不是网页常用端口。",
        "请使用通常的网址；如为自己的主机，可加 --allow-host {host}。",
    ),
    "fetch-blocked": ErrorText(
        "{host} leads to {address}, which is no public address, and was not asked.",
        "For a host of your own, such as a preview on localhost, add --allow-host {host}; it holds "
        "for the address that you name and for where pages of such hosts lead.",
        "{host} 指向 {address}，不是公网地址，未访问。",
        "如为自己的主机（例如 localhost 上的预览），请加 --allow-host {host}；"
        "它只对您给出的网址以及这类主机上的网页所指向的网址有效。",
    ),
    "fetch-resolve": ErrorText(
        "The name {host} leads to no address.",
        "Check the spelling and the network; behind a proxy, add --proxy.",
        "无法解析域名 {host}。",
        "请检查拼写和网络；如需代理，请加 --proxy。",
    ),
    "fetch-resolve-timeout": ErrorText(
        "The name {host} could not be resolved in time.",
        "Try again; check the name server of this network.",
        "解析域名 {host} 超时。",
        "请重试，并检查本网络的域名服务器。",
    ),
    "fetch-connect": ErrorText(
        "No connection to {url}: {reason}.",
        "Check the address in a browser; behind a proxy, add --proxy.",
        "无法连接 {url}：{reason}。",
        "请在浏览器中检查网址；如需代理，请加 --proxy。",
    ),
    "fetch-connect-timeout": ErrorText(
        "No connection to {url} in time.",
        "Check the address in a browser, then try again.",
        "连接 {url} 超时。",
        "请在浏览器中检查网址后重试。",
    ),
    "fetch-tls": ErrorText(
        "The certificate or encryption of {url} was refused: {reason}.",
        "If the site is right and your network inspects traffic, add --ca-bundle; certificates are "
        "never left unchecked.",
        "{url} 的证书或加密未通过验证：{reason}。",
        "如果网站无误而本网络会检查流量，请加 --ca-bundle；验证不会被关闭。",
    ),
    "fetch-proxy": ErrorText(
        "The proxy could not be used for {url}: {reason}.",
        "Check the address given to --proxy.",
        "无法通过代理访问 {url}：{reason}。",
        "请检查 --proxy 的地址。",
    ),
    "fetch-read-timeout": ErrorText(
        "{url} stopped answering.",
        "Try again later.",
        "{url} 停止响应。",
        "请稍后重试。",
    ),
    "fetch-deadline": ErrorText(
        "The fetch took longer than {seconds} seconds.",
        "Try again later, or save the page and check the file.",
        "获取时间超过 {seconds} 秒。",
        "请稍后重试，或将网页另存后检查文件。",
    ),
    "fetch-answer": ErrorText(
        "{url} sent an answer that cannot be used: {reason}.",
        "Check the address in a browser, or save the page and check the file.",
        "{url} 的响应无法使用：{reason}。",
        "请在浏览器中检查网址，或将网页另存后检查文件。",
    ),
    "fetch-incomplete": ErrorText(
        "{url} sent less than it announced.",
        "Try again; what came is not judged, since a disclosure may be in the rest.",
        "{url} 发送的内容少于其声明的长度。",
        "请重试；未收全的内容不作判断，因为其余部分可能有披露。",
    ),
    "fetch-decode": ErrorText(
        "The body of {url} is damaged: {reason}.",
        "Try again, or save the page and check the file.",
        "{url} 的正文已损坏：{reason}。",
        "请重试，或将网页另存后检查文件。",
    ),
    "fetch-encoding": ErrorText(
        "The body is packed in a way that is not unpacked ({encoding}).",
        "Save the page and check the file.",
        "正文使用了不支持的压缩方式（{encoding}）。",
        "请将网页另存后检查文件。",
    ),
    "fetch-redirects": ErrorText(
        "The address was redirected {count} times or in a circle, up to {url}.",
        "Give the address at which a browser ends up.",
        "网址被重定向 {count} 次或循环重定向，最后到 {url}。",
        "请给出浏览器最终打开的网址。",
    ),
    "fetch-redirect-nowhere": ErrorText(
        "{url} redirects without saying where to.",
        "Check the address in a browser.",
        "{url} 的重定向没有给出目标。",
        "请在浏览器中检查网址。",
    ),
    "fetch-status": ErrorText(
        "{url} answered with status {status}.",
        "Check the address in a browser.",
        "{url} 返回状态码 {status}。",
        "请在浏览器中检查网址。",
    ),
    "fetch-not-found": ErrorText(
        "There is no page at {url} (status {status}).",
        "Check the address; a policy that cannot be opened must be mended first.",
        "{url} 没有页面（状态码 {status}）。",
        "请检查网址；打不开的隐私政策须先修复。",
    ),
    "fetch-forbidden": ErrorText(
        "{url} refuses access (status {status}).",
        "Give an address that is readable without signing in, or save the page and check the file.",
        "{url} 拒绝访问（状态码 {status}）。",
        "请给出无需登录即可阅读的网址，或将网页另存后检查文件。",
    ),
    "fetch-busy": ErrorText(
        "{url} is busy (status {status}); it asks to wait: {wait}.",
        "Try again later.",
        "{url} 繁忙（状态码 {status}），要求等待：{wait}。",
        "请稍后重试。",
    ),
    "fetch-offline": ErrorText(
        "Nothing that was fetched from {url} is in the cache, and nobody is asked offline.",
        "Run once without --offline, or save the page and check the file.",
        "缓存中没有 {url} 的内容，离线时不访问网络。",
        "请先不加 --offline 运行一次，或将网页另存后检查文件。",
    ),
    "fetch-cache": ErrorText(
        "The cache folder {path} cannot be used: {reason}.",
        "Results are the same without it; mend its permissions or space, or use --no-cache.",
        "无法使用缓存目录 {path}：{reason}。",
        "检查结果不受影响；请检查其权限和空间，或使用 --no-cache。",
    ),
    "fetch-cache-damaged": ErrorText(
        "In the cache folder {path}, {name} is damaged or was changed, and was not used.",
        "Delete it; the page is fetched again when it is asked for.",
        "缓存目录 {path} 中的 {name} 已损坏或被改动，未使用。",
        "请删除该文件；再次检查时会重新获取网页。",
    ),
    "fetch-empty": ErrorText(
        "{source} holds nothing.",
        "Check that the file or address is the right one.",
        "{source} 没有内容。",
        "请确认文件或网址是否正确。",
    ),
    "fetch-media-type": ErrorText(
        "The document is of a kind that is not read ({kind}).",
        "Give the policy as HTML, MHTML, PDF, DOCX, text or Markdown; DOC and RTF can be saved as "
        "DOCX without a password, a picture as PDF after text recognition, an archive unpacked.",
        "不读取这种类型的文档（{kind}）。",
        "请提供 HTML、MHTML、PDF、DOCX、纯文本或 Markdown 格式的政策；DOC、RTF 可另存为不加密的 "
        "DOCX，图片可识别文字后存为 PDF，压缩包请先解压。",
    ),
    "fetch-too-large": ErrorText(
        "The file is larger than {bytes} bytes and cannot be read in part.",
        "Give a version with smaller pictures, or as HTML or text.",
        "文件超过 {bytes} 字节，无法只读取一部分。",
        "请提供图片较小的版本，或 HTML、纯文本格式。",
    ),
    "fetch-mhtml": ErrorText(
        "The saved web page (MHTML) holds no page that can be read.",
        "Save the page again in a browser, as MHTML or as a complete web page.",
        "保存的网页（MHTML）中没有可读取的页面。",
        "请在浏览器中重新保存为 MHTML 或完整网页。",
    ),
    "fetch-no-file": ErrorText(
        "There is no file {path}.",
        "Check the path; an address begins with https://.",
        "没有文件 {path}。",
        "请检查路径；网址须以 https:// 开头。",
    ),
    "fetch-no-file-address": ErrorText(
        "There is no file {path}.",
        "If the page at that address is meant, give it as https://{path}.",
        "没有文件 {path}。",
        "如指该网址的网页，请写作 https://{path}。",
    ),
    "fetch-directory": ErrorText(
        "{path} is a directory.",
        "Name it on the command line, or give the files in it one by one.",
        "{path} 是目录。",
        "请在命令行中给出该目录，或逐个给出其中的文件。",
    ),
    "fetch-empty-directory": ErrorText(
        "The directory {path} holds no policy ({known}).",
        "Check the path and the names of the files.",
        "目录 {path} 中没有政策文件（{known}）。",
        "请检查路径和文件名。",
    ),
    "fetch-no-regular-file": ErrorText(
        "{path} is a device or pipe.",
        "Give a file, or pipe the text in and name the source -.",
        "{path} 是设备或管道。",
        "请给出文件，或通过管道传入并以 - 作为来源。",
    ),
    "fetch-file": ErrorText(
        "{path} cannot be read: {reason}.",
        "Check the path and its permissions.",
        "无法读取 {path}：{reason}。",
        "请检查路径和权限。",
    ),
    "fetch-truncated": ErrorText(
        "The document is longer than {bytes} bytes; what follows was not read.",
        "Check a version without embedded pictures or scripts.",
        "文档超过 {bytes} 字节，其后的内容未读取。",
        "请检查不含内嵌图片或脚本的版本。",
    ),
    "fetch-replaced": ErrorText(
        "{percent} % of the characters could not be decoded ({encoding}).",
        "Save the document as UTF-8 and check that file.",
        "有 {percent}% 的字符无法解码（{encoding}）。",
        "请将文档另存为 UTF-8 后检查该文件。",
    ),
    "fetch-frame": ErrorText(
        "The page shows another page in a frame, {url}, which was not read.",
        "Give the address of the page in the frame.",
        "网页在框架中嵌入了另一网页 {url}，未能读取。",
        "请给出框架内网页的地址。",
    ),
    "fetch-beside": ErrorText(
        "The linked file {href} was not opened: it is not in the document's own folder, or of a "
        "kind that is not read.",
        "Save the linked list as a web page in that folder and check again, or check it by itself.",
        "未打开链接的文件 {href}：该文件不在文档所在的文件夹内，或其类型不受支持。",
        "请将该清单另存为网页，放入该文件夹后重新检查，或单独检查该清单。",
    ),
    "fetch-too-many": ErrorText(
        "More documents are linked than are read for one policy.",
        "Check the list that was not read by itself.",
        "链接的文件超出单个政策的读取上限。",
        "请单独检查未读取的清单。",
    ),
    "fetch-render": ErrorText(
        "{url} could not be drawn in a browser: {reason}.",
        "Open it in a browser, save it as a complete web page and check that file.",
        "无法在浏览器中绘制 {url}：{reason}。",
        "请在浏览器中打开，另存为完整网页后检查该文件。",
    ),
    "fetch-render-deadline": ErrorText(
        "{url} was not drawn within {seconds} seconds.",
        "Open it in a browser, save it as a complete web page and check that file.",
        "{seconds} 秒内未能绘制完 {url}。",
        "请在浏览器中打开，另存为完整网页后检查该文件。",
    ),
    "fetch-render-missing": ErrorText(
        "To draw {url} a browser is needed: {reason}.",
        "Install both: pip install 'disclosure-lint[render]' and, on Debian, apt install chromium.",
        "绘制 {url} 需要浏览器：{reason}。",
        "请安装两者：pip install 'disclosure-lint[render]'；Debian 上还需 apt install chromium。",
    ),
    "fetch-render-ca": ErrorText(
        "The certificate of {url} was refused by Chromium ({reason}), which takes no --ca-bundle.",
        "Add the certificate to those of the system's Chromium, or save the page and check the "
        "file; certificates are never left unchecked.",
        "Chromium 未通过 {url} 的证书验证（{reason}），且不接受 --ca-bundle。",
        "请将证书加入系统 Chromium 的信任列表，或将网页另存后检查文件；验证不会被关闭。",
    ),
    # segment
    "segment-unseen-text": ErrorText(
        "Scripts or hidden fields of the page name companies that its text does not.",
        "Read the page in a browser; to have it drawn, use --render always, or save it as a "
        "complete web page and check that file.",
        "页面的脚本或隐藏字段中出现了正文没有的公司名称。",
        "请在浏览器中查看该页；可使用 --render always 绘制，或另存为完整网页后检查该文件。",
    ),
    "segment-swallowed": ErrorText(
        "A quotation mark, a comment or a script of the page's source is not closed; the text up "
        "to the next one, or to the end, is shown by no browser and was not read.",
        "Close it in the source, or check the page as a browser saves it.",
        "页面源码中有未闭合的引号、注释或脚本，其后的文字浏览器不显示，也未读取。",
        "请在源码中补全，或检查浏览器另存的页面。",
    ),
    "segment-no-list": ErrorText(
        'The linked document "{title}" names no third parties.',
        "Check in a browser that the link leads to the list.",
        "链接的文件“{title}”没有列出第三方。",
        "请在浏览器中确认链接指向该清单。",
    ),
    "segment-no-agreement": ErrorText(
        'The document "{title}" is no user agreement.',
        "Give the agreement's own address or file with --agreement.",
        "文档“{title}”不是用户协议。",
        "请用 --agreement 给出用户协议本身的地址或文件。",
    ),
    "segment-more-pages": ErrorText(
        "The list has more pages, or more rows to be loaded, than the {characters} characters that "
        "were read.",
        "Open it in a browser, show all of it, save it and check that file.",
        "该清单还有其他分页或需加载的内容，只读取了 {characters} 个字符。",
        "请在浏览器中打开，显示全部内容后另存，再检查该文件。",
    ),
    "segment-script-drawn": ErrorText(
        "The page is drawn by JavaScript; without it, {characters} characters were there.",
        "To have it drawn: pip install 'disclosure-lint[render]' and, on Debian, apt install "
        "chromium, without --render never. Or open it in a browser, save it as a complete web page "
        "and check that file.",
        "页面正文由脚本绘制，直接读取只得到 {characters} 个字符。",
        "如需绘制：pip install 'disclosure-lint[render]'，Debian 上还需 apt install chromium，且不"
        "加 --render never；或在浏览器中打开，另存为完整网页后检查该文件。",
    ),
    "segment-drawn-empty": ErrorText(
        "The page was drawn in a browser and then showed only {characters} characters.",
        "Open it in a browser; if the policy is there, save it as a complete web page and check "
        "that file.",
        "页面在浏览器中绘制后只有 {characters} 个字符。",
        "请在浏览器中打开；如能看到政策，请另存为完整网页后检查该文件。",
    ),
    "segment-no-text": ErrorText(
        "The document holds no text.",
        "Check that this is the policy itself; a scanned or drawn policy must be given as text.",
        "文档中没有文字。",
        "请确认这是政策正文；扫描件或图片形式的政策须提供文字版。",
    ),
    "segment-too-large": ErrorText(
        "The document is larger than is read of one; {characters} characters were read, and what "
        "follows was not.",
        "Give the part that speaks of third parties as a document of its own.",
        "文档超出单个文档的读取上限，已读取 {characters} 个字符，其后的内容未读取。",
        "请将涉及第三方的部分单独作为一份文档提供。",
    ),
    "segment-login": ErrorText(
        "The page asks to sign in; the policy behind it was not read.",
        "Give an address that is readable without signing in, or save the page and check the file.",
        "该网页要求登录，未能读取其后的政策。",
        "请给出无需登录即可阅读的网址，或将网页另存后检查文件。",
    ),
    "segment-bot-check": ErrorText(
        "The page checks whether a person is there; the policy behind it was not read.",
        "Open it in a browser, save it as a complete web page and check that file.",
        "该网页要求完成人机验证，未能读取其后的政策。",
        "请在浏览器中打开，另存为完整网页后检查该文件。",
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
    "segment-no-text-layer": ErrorText(
        "The document is scanned: its {pages} pages are pictures without a text layer.",
        "Give the file from which it was printed, or run text recognition (OCR) over it first.",
        "文档是扫描件：共 {pages} 页均为图片，没有文字层。",
        "请提供打印前的原始文件，或先做文字识别（OCR）。",
    ),
    "segment-page-no-text": ErrorText(
        "Page {part} is a picture without a text layer and was not read.",
        "Give a version in which all pages hold text.",
        "第 {part} 页是图片，没有文字层，未能读取。",
        "请提供每页都有文字的版本。",
    ),
    "segment-glyphs-lost": ErrorText(
        "The file does not say what some of its characters mean; they were not read.",
        "Export the document again with its fonts, or give it as DOCX or HTML.",
        "文件没有说明部分字符的含义，这些字符未能读取。",
        "请连同字体重新导出，或提供 DOCX 或 HTML 格式。",
    ),
    "segment-columns-unclear": ErrorText(
        "Page {part} has columns without lines between them, and their order is not certain.",
        "Give the tables ruled lines, or give the policy as DOCX or HTML.",
        "第 {part} 页有未画线的分栏，阅读顺序无法确定。",
        "请为表格加上框线，或提供 DOCX 或 HTML 格式。",
    ),
    "segment-embedded": ErrorText(
        "Another file is embedded in the document and was not read.",
        "Put its text or table into the document itself.",
        "文档中嵌入了另一个文件，其内容未读取。",
        "请将其中的文字或表格直接写入文档。",
    ),
    "segment-password": ErrorText(
        "The {format} file is locked with a password.",
        "Save it without a password; a policy must be readable by everyone.",
        "该 {format} 文件设有密码。",
        "请去掉密码后另存；隐私政策应当人人可读。",
    ),
    "segment-damaged": ErrorText(
        "The {format} file is damaged.",
        "Open it and save it again, or give another format.",
        "该 {format} 文件已损坏。",
        "请打开后重新保存，或提供其他格式。",
    ),
    "segment-too-long": ErrorText(
        "The document has {pages} pages; at most {limit} are read.",
        "Give the policy alone.",
        "文档共 {pages} 页，最多读取 {limit} 页。",
        "请只提供政策本身。",
    ),
    "segment-parser-limit": ErrorText(
        "Reading the {format} file took more time or memory than a policy needs.",
        "Open it and save it again without pictures, or give it as HTML or text.",
        "读取该 {format} 文件所需的时间或内存超过上限。",
        "请打开后去掉图片重新保存，或提供 HTML 或纯文本格式。",
    ),
    "segment-parser-failed": ErrorText(
        "The {format} file cannot be read; its parser failed.",
        "Open it and save it again, or give it as HTML or text.",
        "无法读取该 {format} 文件，解析失败。",
        "请打开后重新保存，或提供 HTML 或纯文本格式。",
    ),
    "not-a-privacy-policy": ErrorText(
        'The document "{title}" says nothing about handling personal information.',
        "Give the address of the privacy policy itself.",
        "文档“{title}”没有谈及个人信息处理。",
        "请给出隐私政策本身的地址。",
    ),
    # classify
    "classify-too-much": ErrorText(
        "The document says more of third parties than is judged of one; a part was not judged.",
        "Give the part that speaks of this third party as a document of its own.",
        "文档涉及第三方的内容超出单次判断的上限，有一部分未作判断。",
        "请将涉及该第三方的部分单独作为一份文档提供。",
    ),
    "model-missing": ErrorText(
        "The model file {file} is missing.",
        "Install the program again, or run disclosure-lint train in a checkout.",
        "缺少模型文件 {file}。",
        "请重新安装程序，或在源码目录中运行 disclosure-lint train。",
    ),
    "model-manifest": ErrorText(
        "The models' manifest cannot be read: {reason}.",
        "Install the program again.",
        "无法读取模型清单：{reason}。",
        "请重新安装程序。",
    ),
    "model-tampered": ErrorText(
        "The model file {file} is not the one that the manifest names.",
        "Install the program again; do not use a model from elsewhere.",
        "模型文件 {file} 与清单不符。",
        "请重新安装程序；不要使用来历不明的模型。",
    ),
    "model-version": ErrorText(
        "The models have format {found}; this program reads {known}.",
        "Install program and models of one version.",
        "模型格式为 {found}，本程序读取 {known}。",
        "请安装版本一致的程序和模型。",
    ),
    "model-damaged": ErrorText(
        "The model file {file} is damaged: {reason}.",
        "Install the program again.",
        "模型文件 {file} 已损坏：{reason}。",
        "请重新安装程序。",
    ),
    # learn
    "corpus-empty": ErrorText(
        "There are no passages in {folder}.",
        "Run the command in a checkout, or give the folder with --corpus.",
        "{folder} 中没有语料。",
        "请在源码目录中运行，或用 --corpus 指定目录。",
    ),
    "corpus-line": ErrorText(
        "{file}, line {line}: {reason}.",
        "Mend the line; corpus/README.md describes a passage.",
        "{file} 第 {line} 行：{reason}。",
        "请修改该行；格式见 corpus/README.md。",
    ),
    "policies-empty": ErrorText(
        "There are no labelled policies in {folder}.",
        "Give a folder that holds gold.jsonl and the files it names.",
        "{folder} 中没有带标注的隐私政策。",
        "请指定含有 gold.jsonl 及其所列文件的目录。",
    ),
    "corpus-thin": ErrorText(
        "The corpus is too small: {reason}.",
        "Add passages from more documents.",
        "语料太少：{reason}。",
        "请补充来自更多文档的语料。",
    ),
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
    "must be an array of requirement ids that is not empty": "必须是非空的要求标识数组",
    "must be true or false": "必须是 true 或 false",
    "must have exactly the keys zh and en": "必须恰好包含键 zh 和 en",
    "must be lower-case letters, digits and hyphens": "只能包含小写字母、数字和连字符",
    "file too large": "文件过大",
    "a string that is not empty": "非空字符串",
    "a date without quotes, such as 2027-06-30": "不带引号的日期，如 2027-06-30",
    "the 16 digits that a report shows": "报告中显示的 16 位标识",
    "not UTF-8": "不是 UTF-8 编码",
    "nested too deeply": "嵌套过深",
    "No such file or directory": "没有这个文件或目录",
    "Is a directory": "是一个目录",
    "Permission denied": "没有权限",
    "Operation not permitted": "不允许的操作",
    "No space left on device": "磁盘空间不足",
    "Read-only file system": "文件系统只读",
    "File too large": "文件过大",
    "Not a directory": "不是目录",
    "Too many levels of symbolic links": "符号链接不被跟随",
    "Resource temporarily unavailable": "被其他进程占用",
    "must not be empty": "不能为空",
    "must hold names of two letters or more": "必须是至少有两个字的名称",
    'must hold domains of its own, like "example.com"': "必须是其自己的域名，如 example.com",
    'must hold addresses like "https://example.com/legal"': (
        "必须是形如 https://example.com/legal 的网址"
    ),
    "must hold words in lower case": "必须是小写的词",
    "must hold e-mail addresses": "必须是电子邮箱地址",
    "must hold telephone numbers": "必须是电话号码",
    "not in the file": "文件中没有",
    "Standard input": "标准输入",
    "Playwright is not installed": "未安装 Playwright",
    "no Chromium was found": "未找到 Chromium",
    "the browser did not start": "浏览器未能启动",
    "the browser crashed": "浏览器崩溃",
    "it is a download, not a page": "得到的是下载文件而不是网页",
    "it opens dialogs without end": "不断弹出对话框",
    "it moves to other addresses without end": "不断跳转到其他网址",
    "it loads too much": "加载的内容过多",
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


class CorpusError(DisclosureLintError):
    """A passage file is wrong, or there are too few."""

    phase = "learn"


class ModelError(DisclosureLintError):
    """A model file is missing, damaged or of another version."""

    phase = "classify"
