"""Heads of HTTP/1.1 messages (RFC 9112), as far as a forward proxy must understand them."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass

HEAD_BYTES = 64 * 1024
CHUNK = 64 * 1024
_REQUEST_LINE = re.compile(r"([A-Z]{1,20}) (\S+) HTTP/1\.[01]")
_STATUS_LINE = re.compile(r"HTTP/1\.[01] (\d{3})(?: .*)?")
_FIELD = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\x00]*")
# What holds for one connection alone (RFC 9110, 7.6.1), and offers to speak something else.
_HOP = frozenset(
    "connection keep-alive proxy-connection proxy-authorization proxy-authenticate te trailer "
    "upgrade http2-settings alt-svc".split()
)
_INTERIM = 8


class MessageError(Exception):
    """A message that cannot be passed on; ``status`` is what a proxy says to it."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"status {status}")


@dataclass(frozen=True, slots=True)
class Head:
    """The first line and the fields of a request or an answer."""

    line: str
    fields: tuple[str, ...]

    @property
    def request(self) -> tuple[str, str]:
        """Method and target. Raises ``MessageError``."""
        found = _REQUEST_LINE.fullmatch(self.line)
        if found is None:
            raise MessageError(400)
        return found.group(1), found.group(2)

    @property
    def status(self) -> int:
        """The status of an answer. Raises ``MessageError``."""
        found = _STATUS_LINE.fullmatch(self.line)
        if found is None:
            raise MessageError(502)
        return int(found.group(1))

    @property
    def request_length(self) -> int:
        """Bytes of a request's body. Raises ``MessageError`` if a client cannot say it."""
        if self.values("transfer-encoding"):
            raise MessageError(411)
        return self._length(400) or 0

    @property
    def answer_length(self) -> int | None:
        """Bytes of an answer's body, None if only its end will tell. Raises ``MessageError``."""
        if self.status in (204, 304):
            return 0
        return None if self.values("transfer-encoding") else self._length(502)

    def _length(self, wrong: int) -> int | None:
        said = set(self.values("content-length"))
        if len(said) > 1 or not all(re.fullmatch(r"[0-9]{1,15}", s) for s in said):
            raise MessageError(wrong)
        return int(said.pop()) if said else None

    def values(self, name: str) -> list[str]:
        """The values of the fields of a lower-case name."""
        split = (f.partition(":") for f in self.fields)
        return [value.strip() for key, _, value in split if key.lower() == name]

    def passed_on(self, line: str, *more: str) -> bytes:
        """The head under another first line, with ``more`` fields instead of those of the same
        name, without what concerned this connection alone.
        """
        named = {n.strip().lower() for v in self.values("connection") for n in v.split(",")}
        drop = _HOP | named | {m.partition(":")[0].lower() for m in more}
        kept = [f for f in self.fields if f.partition(":")[0].lower() not in drop]
        return "\r\n".join([line, *kept, *more, "", ""]).encode("latin-1")


class Reader:
    """Reads heads from a connection; ``rest`` is what was read beyond the last one."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.rest = b""

    def head(self) -> Head:
        """The next head.

        Raises
        ------
        MessageError
            It is too long or malformed.
        OSError
            The connection broke off, or stalled.
        """
        data = bytearray(self.rest)
        while (end := data.find(b"\r\n\r\n")) < 0:
            if len(data) > HEAD_BYTES:
                raise MessageError(431)
            piece = self._connection.recv(4096)
            if not piece:
                raise ConnectionError("the connection ended within a head")
            data += piece
        if end > HEAD_BYTES:
            raise MessageError(431)
        line, *fields = data[:end].decode("latin-1").split("\r\n")
        if not all(_FIELD.fullmatch(f) for f in fields):
            raise MessageError(400)
        self.rest = bytes(data[end + 4 :])
        return Head(line, tuple(fields))

    def answer(self) -> Head:
        """The head of the final answer; interim ones are left out.

        Raises
        ------
        MessageError
            502 for what is no answer, or a change to another protocol.
        OSError
            As ``head``.
        """
        for _ in range(_INTERIM):
            try:
                head = self.head()
            except MessageError:
                raise MessageError(502) from None
            if head.status >= 200:
                return head
            if head.status == 101:
                break
        raise MessageError(502)
