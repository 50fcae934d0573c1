"""Whether a password on its way to a server can be read by others."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def goes_unread(url: str) -> bool:
    """Whether what is sent to this address is encrypted, or does not leave this machine.

    An address is this machine's by what it means, not by how it begins: 127.0.0.1.evil.example is anybody's.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    return parts.scheme == "http" and _is_this_machine(host)


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:  # a name, which may lead anywhere
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
