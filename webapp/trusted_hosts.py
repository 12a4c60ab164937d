"""Which host names are answered: a foreign site whose name leads here must not read what is served (DNS rebinding)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, request
from werkzeug.exceptions import SecurityError
from werkzeug.wsgi import get_host

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

KEY: Final = "HOSTS"
"""Where the configuration of an application has its `TrustedHosts`."""


class TrustedHosts:
    """Host names, without regard to ports, to the case of letters and to how an IPv6 address is written.

    Arguments:
        names: host names; IPv4 addresses; IPv6 addresses, in brackets or without; with a dot before it, a name that
            all names below it are trusted with.

    Raises:
        ValueError: a name is none. The message is one sentence.
    """

    def __init__(self, names: Iterable[str]):
        self._names: set[str] = set()
        self._below: tuple[str, ...] = ()
        for each in names:
            try:
                name = host_name(each.removeprefix("."), port=False)
            except ValueError:
                message = f"“{each}” is no host; write it as example.org, .example.org or [::1], without a port."
                raise ValueError(message) from None
            self._names.add(name)
            if each.startswith("."):
                self._below += (f".{name}",)

    def __contains__(self, host: str) -> bool:
        """Whether a host is trusted, as the field Host of a request names it (RFC 9110, 7.2)."""
        try:
            name = host_name(host)
        except ValueError:
            return False
        return name in self._names or name.endswith(self._below)


def host_name(host: str, *, port: bool = True) -> str:
    """Return the name of a host, small and in ASCII, without the port that may follow it (RFC 3986, 3.2.2).

    An IPv6 address is returned as RFC 5952 writes it, without brackets.

    Arguments:
        host: the host. An IPv6 address may do without brackets.
        port: whether a port may follow.

    Raises:
        ValueError: it is none.
    """
    parts = re.fullmatch(r"(?:\[([^][]+)\]|([^][:/\s]+))" + (r"(?::\d{0,5})?" if port else ""), host)
    if parts is None or parts[1]:
        return str(IPv6Address(parts[1] if parts else host))
    return parts[2].lower().encode("idna").decode("ascii")


def is_loopback(host: str) -> bool:
    """Return whether a host, as a request names it, leads to the machine itself wherever it is asked for (RFC 6761)."""
    try:
        name = host_name(host)
        return name == "localhost" or name.endswith(".localhost") or ip_address(name).is_loopback
    except ValueError:
        return False


def is_trusted(environ: WSGIEnvironment, config: Mapping[str, Any]) -> bool:
    """Return whether a request is for a host that is answered, by the configuration of an application."""
    trusted: TrustedHosts | None = config[KEY]
    return trusted is None or get_host(environ) in trusted


def init_app(app: Flask) -> None:
    """Refuse requests to other hosts than those of TRUSTED_HOSTS with 400; none or None for any.

    Flask has a check of its own, which takes no IPv6 address for trusted. It gets nothing to check here.
    """
    names, app.config["TRUSTED_HOSTS"] = app.config["TRUSTED_HOSTS"], None
    app.config[KEY] = TrustedHosts(names) if names else None

    @app.before_request
    def _refuse() -> None:
        if not is_trusted(request.environ, app.config):
            raise SecurityError
