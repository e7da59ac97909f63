"""A connection to an address that was checked, and that is checked again once it stands."""

from __future__ import annotations

import socket
from collections.abc import Callable

from linter.errors import FetchError
from linter.fetch.guard import Guard


def connect(
    guard: Guard, host: str, port: int, *, timeout: float, remaining: Callable[[], float]
) -> socket.socket:
    """A connected socket to a host's first address that answers.

    Parameters
    ----------
    guard : resolves the name, once, and refuses addresses.
    host, port : where to; ``host`` without brackets, lower case.
    timeout : seconds for one address.
    remaining : seconds left of the whole fetch; may raise when there are none.

    Raises
    ------
    FetchError
        As ``Guard.resolve`` and ``Guard.admit``.
    OSError
        Of the last address, when none answers.
    """
    last: OSError | None = None
    for address in guard.resolve(host, port, timeout=remaining()):
        try:
            connected = socket.create_connection((address, port), timeout=min(timeout, remaining()))
        except OSError as error:
            last = error
            continue
        if not guard.allows(host, port):
            peer = str(connected.getpeername()[0])
            try:
                guard.admit(host, peer)
            except FetchError:
                connected.close()
                raise
        return connected
    raise last or OSError("no address")


def check_behind_proxy(guard: Guard, host: str, port: int, *, timeout: float) -> None:
    """Raises what the guard says of a host that a proxy will resolve by itself.

    A proxy resolves names itself; what resolves badly here is refused all the same, but inside
    some networks only the proxy can resolve outer names.
    """
    if guard.allows(host, port):
        return
    try:
        guard.resolve(host, port, timeout=timeout)
    except FetchError as error:
        if error.code not in ("fetch-resolve", "fetch-resolve-timeout"):
            raise
