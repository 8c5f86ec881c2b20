"""A small identity provider (OpenID Connect) that really listens, signs, and checks PKCE."""

import base64
import hashlib
import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "liandong", "a-secret-of-the-client"


class Provider:
    """Says that whoever comes is ``subject``; what it says wrongly stands in ``lies``."""

    def __init__(self, issuer):
        self.issuer, self.subject = issuer, "wang@county"
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.claims, self.lies, self.metadata = {}, {}, {}
        self.codes, self.asked, self.refuses = {}, [], ""
        self.signs_with = self.key

    def discovery(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            **self.metadata,
        }

    def authorize(self, asked):
        """Where it sends the browser back to."""
        self.asked.append(asked)
        state = {"state": asked["state"]}
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode({'error': self.refuses, **state})}"
        code = f"code-{len(self.asked)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, **state})}"

    def token(self, given, authorization):
        """A token for a code, once, to the client that began."""
        asked = self.codes.pop(given.get("code"), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        verifier = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        if asked is None or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        by_post = (given.get("client_id"), given.get("client_secret")) == (CLIENT, SECRET)
        if authorization != f"Basic {basic}" and not by_post:
            return 401, {"error": "invalid_client"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": asked["nonce"],
            **self.claims,
            **self.lies,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": signed}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        provider, url = self.server.provider, urlsplit(self.path)
        if url.path == "/authorize":
            asked = {name: one for name, (one,) in parse_qs(url.query).items()}
            self.send_response(302)
            self.send_header("Location", provider.authorize(asked))
            self.end_headers()
        elif url.path.endswith("/openid-configuration"):
            self.say(200, provider.discovery())
        else:
            self.say(200, {"keys": [provider.key.as_dict(private=False)]})

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        given = {
            name: one for name, (one,) in parse_qs(self.rfile.read(length).decode()).items()
        }
        self.say(*self.server.provider.token(given, self.headers.get("Authorization", "")))

    def say(self, status, what):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(what).encode())

    def log_message(self, *_args):
        """Nothing on the terminal."""


@contextmanager
def listening():
    """A provider at a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()


def visited(url):
    """Where the provider sends a browser that comes to this address."""
    answer = httpx.get(url, follow_redirects=False)
    return SimpleNamespace(
        status=answer.status_code, location=answer.headers.get("Location", "")
    )
