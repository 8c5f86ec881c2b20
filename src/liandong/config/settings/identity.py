"""The county's own identity provider (统一身份认证), where it has one: OpenID Connect."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

# What a provider usually says in ``amr`` of somebody who proved themselves twice (RFC 8176).
TWICE = "mfa,otp,hwk,sc"


@dataclass(frozen=True, kw_only=True)
class IdentityProvider:
    """Who proves identities, as whom the node asks, and which claim names a person.

    ``second_factors``: values of ``amr`` or ``acr`` that count as a second factor.
    """

    issuer: str
    client_id: str
    name: str = "统一身份认证"
    claim: str = "sub"
    scopes: str = "openid"
    second_factors: frozenset[str] = frozenset()
    kept_secret: str = field(default="", repr=False)
    secret_file: Path | None = None

    def secret(self) -> str:
        """Read the client's secret anew, so that one changed in its file counts; raises ``OSError``."""
        if self.secret_file is None:
            return self.kept_secret
        return self.secret_file.read_text(encoding="utf-8").strip()


def identity_provider(environ: Mapping[str, str]) -> IdentityProvider | None:
    """Read the provider from the environment; None where no issuer or no client is named."""

    def told(name: str, otherwise: str = "") -> str:
        return environ.get(f"LIANDONG_OIDC_{name}", "").strip() or otherwise

    issuer, client_id, file = told("ISSUER"), told("CLIENT_ID"), told("CLIENT_SECRET_FILE")
    if not (issuer and client_id):
        return None
    return IdentityProvider(
        issuer=issuer,
        client_id=client_id,
        name=told("NAME", IdentityProvider.name),
        claim=told("CLAIM", IdentityProvider.claim),
        scopes=told("SCOPES", IdentityProvider.scopes),
        second_factors=frozenset(one.strip() for one in told("MFA", TWICE).split(",")),
        kept_secret=told("CLIENT_SECRET"),
        secret_file=Path(file) if file else None,
    )
