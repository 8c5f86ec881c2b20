"""By which names and on which ports this machine is reached."""

import contextlib
import fcntl
import socket
import struct

from liandong.kernel.database import DatabaseTrouble

SIOCGIFADDR = 0x8915
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- compared with, not bound to


def own_names(host: str) -> list[str]:
    """Every name a browser may call this node by."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host not in EVERYWHERE:
        return list(dict.fromkeys([*names, host]))
    return list(dict.fromkeys([*names, socket.gethostname(), socket.getfqdn(), *_addresses()]))


def lan_address(host: str) -> str:
    """The address to print: one that others on the network can use, where there is one."""
    if host not in EVERYWHERE:
        return host
    found = [address for address in _addresses() if not address.startswith("127.")]
    return found[0] if found else "127.0.0.1"


def refuse_taken(host: str, port: int) -> None:
    """Say so when another program listens; granian itself would silently share the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            raise DatabaseTrouble(
                f"不能使用端口 {port}:{trouble.strerror}。",
                place=f"{host}:{port}",
                remedy="请停止占用该端口的程序，或用 --port 指定另一个端口（实时推送用其后一个端口）。",
            ) from None


def _addresses() -> list[str]:
    """The IPv4 addresses of this machine's interfaces; none where the system does not tell."""
    found = []
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as handle:
        for _number, name in socket.if_nameindex():
            with contextlib.suppress(OSError):
                request = struct.pack("256s", name.encode()[:15])
                answer = fcntl.ioctl(handle.fileno(), SIOCGIFADDR, request)
                found.append(socket.inet_ntoa(answer[20:24]))
    return found
