"""Certificates for HTTPS on the county's network: the node's own authority, or the county's. No Django."""

import itertools
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from liandong.kernel.problems import Invalid, Missing

AUTHORITY_DAYS, SERVER_DAYS = 3650, 397  # browsers take no server certificate of more than 398
RENEW_BEFORE = timedelta(days=30)
SLACK = timedelta(hours=1)  # clocks on the network differ
BEGIN = b"-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True)
class Served:
    """What a node proves itself by: names, until when, and whether its own authority vouches."""

    names: tuple[str, ...]
    until: datetime
    is_own: bool


def folder(home: Path) -> Path:
    """Where certificates and their keys lie; backups take them along."""
    return home / "keys" / "tls"


def files(home: Path) -> tuple[Path, Path]:
    """The server's certificate, with its chain, and its key."""
    return folder(home) / "server.pem", folder(home) / "server.key"


def authority_file(home: Path) -> Path:
    """The node's own authority, which phones are asked to trust."""
    return folder(home) / "ca.pem"


def is_there(home: Path) -> bool:
    """Whether HTTPS can be served."""
    return all(path.exists() for path in files(home))


def make(home: Path, *, county: str, names: Iterable[str], now: datetime) -> Served:
    """Make a server certificate for these names; the authority, too, where there is none yet."""
    folder(home).mkdir(mode=0o700, parents=True, exist_ok=True)
    if not authority_file(home).exists():
        _make_authority(home, county, now)
    authority = _read(authority_file(home))[0]
    signer = _key(folder(home) / "ca.key")
    key = ec.generate_private_key(ec.SECP256R1())
    kept = list(dict.fromkeys(names))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, kept[0][:64])])
    until = min(now + timedelta(days=SERVER_DAYS), authority.not_valid_after_utc)
    server = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLACK)
        .not_valid_after(until - SLACK)
        .add_extension(x509.SubjectAlternativeName(_alternatives(kept)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()),  # type: ignore[arg-type]  # ours, elliptic
            critical=False,
        )
        .sign(signer, hashes.SHA256())  # type: ignore[arg-type]  # ours, elliptic
    )
    certificate, secret = files(home)
    _write(secret, _secret(key))
    _write(certificate, _pem(server))
    return served(home)


def renew(home: Path, *, county: str, names: Iterable[str], now: datetime) -> Served | None:
    """Make the server certificate anew when its end is near or a name is missing; None if not.

    Only what the node's own authority vouches for: the county's own is the county's to renew.
    """
    present, wanted = served(home), list(names)
    late = present.until - now < RENEW_BEFORE
    if not present.is_own or not (late or set(wanted) - set(present.names)):
        return None
    return make(home, county=county, names=[*wanted, *present.names], now=now)


def use(
    home: Path, certificate: Path, key: Path, *, names: Iterable[str], now: datetime
) -> Served:
    """Take the county's own certificate and key; refuses what browsers would not believe."""
    chain, secret = _read(certificate), _key(key)
    server = chain[0]
    if _public(server.public_key()) != _public(secret.public_key()):
        raise Invalid(
            "证书与私钥不是一对。",
            place=f"{certificate}、{key}",
            remedy="请找出签发这张证书时用的私钥。",
        )
    _refuse_dates(chain, certificate, now)
    _refuse_broken(chain, certificate)
    covered = set(_names(server))
    if not covered & set(names):
        raise Invalid(
            f"证书不含本机的任何名字或地址（证书里是 {'、'.join(sorted(covered)) or '空'}）。",
            place=str(certificate),
            remedy="请用 --name 指明浏览器里输入的名字，或重新签发含该名字的证书。",
        )
    folder(home).mkdir(mode=0o700, parents=True, exist_ok=True)
    kept, kept_key = files(home)
    _write(kept_key, _secret(secret))
    _write(kept, b"".join(_pem(one) for one in chain))
    return served(home)


def served(home: Path) -> Served:
    """What is served; raises ``Missing`` where there is no certificate."""
    certificate = files(home)[0]
    if not certificate.exists():
        raise Missing(
            "还没有证书。",
            place=str(certificate),
            remedy="请先执行 liandong certificate make。",
        )
    return read(certificate, home)


def read(certificate: Path, home: Path) -> Served:
    """What a certificate says, and whether this home's own authority vouches for it."""
    server = _read(certificate)[0]
    authority = authority_file(home)
    is_own = authority.exists() and _is_issued(server, _read(authority)[0])
    return Served(tuple(_names(server)), server.not_valid_after_utc, is_own)


def fingerprint(home: Path) -> str:
    """SHA-256 of the authority in groups of four, to compare with what a phone shows."""
    text = _read(authority_file(home))[0].fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def authority_der(home: Path) -> bytes:
    """The authority as phones take it in."""
    return _read(authority_file(home))[0].public_bytes(serialization.Encoding.DER)


def _make_authority(home: Path, county: str, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{county}联动节点"[:64])])
    authority = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLACK)
        .not_valid_after(now + timedelta(days=AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(
                key_cert_sign=True,
                crl_sign=True,
                digital_signature=False,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    _write(folder(home) / "ca.key", _secret(key))
    _write(authority_file(home), _pem(authority))


def _alternatives(names: list[str]) -> list[x509.GeneralName]:
    found: list[x509.GeneralName] = []
    for name in names:
        try:
            found.append(x509.IPAddress(ip_address(name.strip("[]"))))
        except ValueError:
            found.append(x509.DNSName(name))
    return found


def _names(server: x509.Certificate) -> list[str]:
    try:
        found = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    places = [str(one) for one in found.get_values_for_type(x509.IPAddress)]
    return [
        *found.get_values_for_type(x509.DNSName),
        *(f"[{one}]" if ":" in one else one for one in places),
    ]


def _read(path: Path) -> list[x509.Certificate]:
    data = path.read_bytes()
    try:
        return (
            x509.load_pem_x509_certificates(data)
            if BEGIN in data
            else [x509.load_der_x509_certificate(data)]
        )
    except ValueError:
        raise Invalid(
            "这不是证书文件。", place=str(path), remedy="请给出 PEM 或 DER 格式的证书。"
        ) from None


def _key(path: Path) -> PrivateKeyTypes:
    try:
        return serialization.load_pem_private_key(path.read_bytes(), password=None)
    except TypeError:
        raise Invalid(
            "私钥设了口令，启动时无人输入。",
            place=str(path),
            remedy="请先用 openssl pkey -in 原文件 -out 新文件 去掉口令。",
        ) from None
    except ValueError:
        raise Invalid(
            "这不是私钥文件。", place=str(path), remedy="请给出 PEM 格式的私钥。"
        ) from None


def _refuse_dates(chain: list[x509.Certificate], path: Path, now: datetime) -> None:
    for one in chain:
        if one.not_valid_after_utc <= now:
            day = one.not_valid_after_utc
            raise Invalid(
                f"证书已于 {day:%Y-%m-%d} 过期。",
                place=str(path),
                remedy="请向签发者换发新证书。",
            )
        if one.not_valid_before_utc > now + SLACK:
            day = one.not_valid_before_utc
            raise Invalid(
                f"证书 {day:%Y-%m-%d} 才生效。", place=str(path), remedy="请核对本机时间。"
            )


def _refuse_broken(chain: list[x509.Certificate], path: Path) -> None:
    """Each is to be vouched for by the next; the last may be left to the browsers' own list."""
    for number, (one, issuer) in enumerate(itertools.pairwise(chain), 1):
        if not _is_issued(one, issuer):
            raise Invalid(
                f"证书链第 {number} 张不是由第 {number + 1} 张签发的。",
                place=str(path),
                remedy="请按“服务器证书、中间证书”的次序合成一个文件。",
            )


def _is_issued(one: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _public(key: object) -> bytes:
    encoding = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(*encoding)  # type: ignore[attr-defined, no-any-return]  # every kind has it


def _secret(key: PrivateKeyTypes) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and for the owner's eyes only."""
    half = path.with_suffix(path.suffix + ".new")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
