"""A real mail server on this machine, that answers as a test wants."""

import asyncio
import os
import signal
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OK = "250 OK"


class Inbox:
    """What came in, and what is answered; a process in `kills` gets a signal before it gets its answer."""

    def __init__(self) -> None:
        self.emails: list[EmailMessage] = []
        self.rcpt, self.data = OK, OK
        self.kills: int | None = None
        self.by = signal.SIGKILL
        self.was_sealed = False
        self.silent_seconds = 0.0

    async def handle_RCPT(  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a receiver, or answer what the test wants."""
        if self.rcpt == OK:
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a message, then answer what the test wants."""
        self.was_sealed = session.ssl is not None
        if self.data == OK:
            content = envelope.content
            assert isinstance(content, bytes)
            self.emails.append(message_from_bytes(content, policy=default))
        if self.kills is not None:
            os.kill(self.kills, self.by)
        await asyncio.sleep(self.silent_seconds)
        return self.data

    @property
    def receivers(self) -> list[str]:
        """Who got a message, in order of their names."""
        return sorted(str(email["To"]) for email in self.emails)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_mail_server(
    inbox: Inbox, *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """A server on a free port of this machine, until the block ends.

    `tls`: it speaks TLS from the start; `starttls`: it demands to begin it.
    """
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=free_port(),
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        enable_SMTPUTF8=False,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def self_made_certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS with a certificate for this machine, and the file of that certificate."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail of the tests")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, key_file = folder / "certificate.pem", folder / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key_file)
    return context, pem
