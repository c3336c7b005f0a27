"""Access tokens that the tests' Dovecot believes: signed by a key of its own."""

import base64
import hashlib
import hmac
import json
import time

from servers.dovecot import TOKEN_KEY


def token(user: str) -> str:
    """A token for this user, good for an hour."""
    head = _part({"alg": "HS256", "typ": "JWT"})
    now = int(time.time())
    body = _part({"sub": user, "iat": now - 10, "exp": now + 3600})
    signature = hmac.new(TOKEN_KEY, head + b"." + body, hashlib.sha256).digest()
    return b".".join((head, body, base64.urlsafe_b64encode(signature).rstrip(b"="))).decode()


def _part(said: dict[str, object]) -> bytes:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=")
