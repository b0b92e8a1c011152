"""Virus scanners behind one protocol: `off`, or clamd over its socket."""

import socket
import struct
from functools import cache
from typing import IO

from django.conf import settings
from django.utils.module_loading import import_string

from motcua.casework.documents.file_types import ScannerDown, Verdict, VirusScanner

CHUNK = 64 * 1024
ANSWER = 4096


class Off:
    """No scanner: every file passes unjudged."""

    def scan(self, stream: IO[bytes]) -> Verdict:
        """Return a clean verdict without reading."""
        return Verdict()


class Clamd:
    """The clamd daemon, spoken to by INSTREAM over a Unix socket ('/run/clamav/clamd.ctl') or 'host:port'."""

    def __init__(self, address: str, *, timeout: float = 30) -> None:
        self.address = address
        self.timeout = timeout

    def scan(self, stream: IO[bytes]) -> Verdict:
        """Send the content and read the one line of answer."""
        try:
            with self._connect() as link:
                link.sendall(b"zINSTREAM\0")
                while chunk := stream.read(CHUNK):
                    link.sendall(struct.pack("!I", len(chunk)) + chunk)
                link.sendall(struct.pack("!I", 0))
                return self._judge(link.recv(ANSWER))
        except OSError as error:
            raise ScannerDown from error

    def _connect(self) -> socket.socket:
        if self.address.startswith("/"):
            link = socket.socket(socket.AF_UNIX)
            link.settimeout(self.timeout)
            link.connect(self.address)
            return link
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=self.timeout)

    def _judge(self, answer: bytes) -> Verdict:
        text = answer.rstrip(b"\0\n").decode("ascii", "replace")
        if text.endswith(" OK"):
            return Verdict()
        if text.endswith(" FOUND"):
            return Verdict(found=text.removesuffix(" FOUND").rpartition(": ")[2])
        raise ScannerDown(text)


def scanner() -> VirusScanner:
    """Return the scanner that MOTCUA_VIRUS_SCANNER names: 'off', 'clamd' or the path of a class."""
    return _scanner(settings.MOTCUA_VIRUS_SCANNER, settings.MOTCUA_CLAMD_ADDRESS)


@cache
def _scanner(name: str, address: str) -> VirusScanner:
    if name == "off":
        return Off()
    if name == "clamd":
        return Clamd(address)
    return import_string(name)()
