"""Asking for a port before a server does, to say in one sentence that it is taken."""

import errno
import socket


class PortError(Exception):
    """A server cannot listen where it was told to. The message is one sentence."""


def parse_bind(text: str) -> tuple[str, int]:
    """Return host and port of "host:port", ":port" or "port". Raises PortError."""
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise PortError(f"{text!r} is not an address to listen on; write host:port, for example 127.0.0.1:8000.")
    return host.strip("[]") or "127.0.0.1", int(port)


def require_free(host: str, port: int, option: str) -> None:
    """Raise PortError, naming the option that chooses another, when nobody could listen there."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortError(f"Port {port} is in use; choose another with {option}.") from error
        raise PortError(f"Nothing can listen on {host}:{port} ({error.strerror}); change {option}.") from error
