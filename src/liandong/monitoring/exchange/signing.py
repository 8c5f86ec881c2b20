"""XML signatures: whether one holds, and whose it is; and ours under what we send."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature as NotIssued
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidCertificate, InvalidDigest, InvalidInput, InvalidSignature
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

from liandong.monitoring.exchange.schema import DSIG

SIGNATURE = f"{{{DSIG}}}Signature"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"


@dataclass(frozen=True)
class Signature:
    """``unsigned``, ``valid``, ``unknown_signer``, ``weak``, ``unchecked`` or ``invalid``; and what is told of it."""

    state: str
    signer: str = ""
    fingerprint: str = ""
    fault: str = ""
    algorithm: str = ""


def signature_of(
    text: str, *, sent: datetime | None, trusted: Sequence[x509.Certificate] = ()
) -> Signature:
    """Check the signature over a whole message, by the certificate it carries.

    The certificate is judged as of when the message was sent: old messages stay checkable. Whether
    its owner is one of ours is asked of the list of the trusted, which is the county's.
    """
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True)
    root = etree.fromstring(text.encode(), parser)
    found = root.findall(f".//{SIGNATURE}")
    if not found:
        return Signature("unsigned")
    if weak := _weak(root):
        return Signature("weak", fault="signature-weak", algorithm=weak)
    if len(found) > 1 or [one.get("URI") for one in root.iter(f"{{{DSIG}}}Reference")] != [""]:
        return Signature("unchecked", fault="signature-partial")
    carried = _certificates(found[0])
    if not carried:
        return Signature("unchecked", fault="signature-bare")
    return _judged(root, carried, sent, trusted)


def sign(xml: bytes, *, key: Any, certificate: x509.Certificate) -> bytes:
    """Put our signature under a message, as its last element."""
    method = (
        SignatureMethod.ECDSA_SHA256 if hasattr(key, "curve") else SignatureMethod.RSA_SHA256
    )
    signer = XMLSigner(
        signature_algorithm=method,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=EXCLUSIVE,
    )
    signed = signer.sign(etree.fromstring(xml), key=key, cert=[certificate])
    return bytes(etree.tostring(signed, xml_declaration=True, encoding="UTF-8"))


def fingerprint_of(certificate: x509.Certificate) -> str:
    """SHA-256 of a certificate, as it is read out over the telephone."""
    return certificate.fingerprint(hashes.SHA256()).hex().upper()


def _weak(root: Any) -> str:
    """The first algorithm in use that is broken: it can be forged, so it proves nothing."""
    for name in ("SignatureMethod", "DigestMethod"):
        for one in root.iter(f"{{{DSIG}}}{name}"):
            algorithm = str(one.get("Algorithm") or "").rpartition("#")[2]
            if any(word in algorithm.lower() for word in ("sha1", "md5")):
                return algorithm
    return ""


def _certificates(signature: Any) -> list[x509.Certificate]:
    found = []
    for one in signature.iterfind(f".//{{{DSIG}}}X509Certificate"):
        try:
            found.append(x509.load_der_x509_certificate(base64.b64decode(one.text or "")))
        except (ValueError, binascii.Error):
            return []
    return found


def _judged(
    root: Any,
    carried: Sequence[x509.Certificate],
    sent: datetime | None,
    trusted: Sequence[x509.Certificate],
) -> Signature:
    try:
        owner = next((one for one in carried if _is_by(root, one)), None)
    except InvalidDigest:
        owner = None
    except (InvalidInput, InvalidCertificate, etree.DocumentInvalid, ValueError, TypeError):
        return Signature("unchecked", **_named(carried[0]), fault="signature-odd")
    if owner is None:
        return Signature("invalid", **_named(carried[0]), fault="signature-broken")
    if sent and not owner.not_valid_before_utc <= sent <= owner.not_valid_after_utc:
        return Signature("unchecked", **_named(owner), fault="signature-late")
    known = any(_vouches(one, owner) for one in trusted)
    return Signature("valid" if known else "unknown_signer", **_named(owner))


def _is_by(root: Any, owner: x509.Certificate) -> bool:
    """Whether the key of a certificate made the signature; when it was valid is asked apart."""
    config = SignatureConfiguration(verification_time=owner.not_valid_before_utc)
    try:
        XMLVerifier().verify(root, x509_cert=owner, expect_config=config)
    except InvalidDigest:
        raise
    except InvalidSignature:
        return False
    return True


def _named(owner: x509.Certificate) -> dict[str, str]:
    names = owner.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return {
        "signer": str(names[0].value) if names else owner.subject.rfc4514_string(),
        "fingerprint": fingerprint_of(owner),
    }


def _vouches(one: x509.Certificate, certificate: x509.Certificate) -> bool:
    if fingerprint_of(one) == fingerprint_of(certificate):
        return True
    try:
        certificate.verify_directly_issued_by(one)
    except (ValueError, TypeError, NotIssued):
        return False
    return True
