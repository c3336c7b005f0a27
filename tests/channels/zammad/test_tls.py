"""The certificate is verified, by our own authority where one is configured, and nothing talks us out of it."""

import ipaddress
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from channels.zammad.conftest import Opened
from dplmaild.channels.zammad import ZammadSettingsError
from dplmaild.ports import Comment, InDoubtError, TemporaryError
from servers.zammad import ZammadDouble


def certificate(folder: Path, address: str) -> Path:
    """A self-signed certificate for an address, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desk")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path = folder / f"{address}.pem"
    path.write_bytes(built.public_bytes(pem) + private)
    return path


@pytest.fixture(params=["127.0.0.1"])
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return certificate(tmp_path, request.param)


@pytest.fixture
def desk(own: Path) -> Iterator[ZammadDouble]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(own)
    with ZammadDouble(tls=tls) as double:
        yield double


def test_our_own_authority_is_trusted(desk: ZammadDouble, opened: Opened, own: Path) -> None:
    row = desk.add_ticket()
    article_id = opened(ca_file=own).comment(Comment(row["id"], "op-1", "CONFIRMED"))
    assert [article["id"] for article in desk.articles(row)] == [article_id]


def test_the_configured_authority_wins_over_the_environment(
    desk: ZammadDouble, opened: Opened, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate(tmp_path, "127.0.0.2")))
    assert opened(ca_file=own).find(desk.add_ticket()["id"], "op-1") is None


def refused(desk: ZammadDouble, opened: Opened, **settings: object) -> None:
    with pytest.raises(TemporaryError, match="its certificate cannot be trusted") as told:
        opened(**settings).comment(Comment(desk.add_ticket()["id"], "op-1", "CONFIRMED"))
    assert not isinstance(told.value, InDoubtError)
    assert desk.seen == []


def test_an_unknown_authority_is_not_trusted(desk: ZammadDouble, opened: Opened) -> None:
    refused(desk, opened)


def test_another_authority_is_not_trusted(desk: ZammadDouble, opened: Opened, tmp_path: Path) -> None:
    refused(desk, opened, ca_file=certificate(tmp_path, "127.0.0.2"))


@pytest.mark.parametrize("own", ["127.0.0.2"], indirect=True)
def test_a_certificate_for_another_address_is_not_trusted(desk: ZammadDouble, opened: Opened, own: Path) -> None:
    refused(desk, opened, ca_file=own)


def test_plain_http_on_a_tls_port_is_told_not_guessed(desk: ZammadDouble, opened: Opened) -> None:
    with pytest.raises(TemporaryError):
        opened(url=desk.url.replace("https://", "http://")).find(1, "op-1")
    assert desk.seen == []


@pytest.mark.parametrize("content", [pytest.param(None, id="missing"), pytest.param(b"no certificate", id="garbage")])
def test_an_authority_file_that_cannot_be_used_is_told_at_once(
    opened: Opened, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ZammadSettingsError, match="ca_file"):
        opened(ca_file=path)
