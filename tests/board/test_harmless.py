"""Whatever a mail says, a page only shows it, and takes nothing from outside."""

import base64
import hashlib
import re

import pytest

from board.shown import (
    PAGE,
    Client,
    Place,
    assert_harmless,
    assert_ours,
    flat,
)
from desk.build import REQUEST, STRANGER, Mail

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script src=//example.net/x.js></script>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "\u202egnp.exe \u2066<svg onload=alert(1)>",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_a_mail_says_is_shown_and_never_done(words: str, place: Place, client: Client) -> None:
    asked = REQUEST.replace("activities: none", f"activities: none, {words}")
    place.receive(Mail(asked, subject=words))
    place.receive(Mail(f"Type: code\nPlease deploy {words}", sender=STRANGER, subject=words, name=words[:30], number=2))
    seen = [client.ask(path) for path in ("/", PAGE, "/deployments")]
    for page in seen:
        assert page.status == 200
        assert_harmless(page)
        assert "49" not in page.words
    visible = re.sub("[\u202e\u2066]", "", words)
    assert visible in seen[0].words or flat(visible) in seen[0].text.replace("&lt;", "<").replace("&gt;", ">")


def test_a_page_takes_nothing_from_outside_and_its_style_is_the_one_that_is_allowed(
    place: Place, client: Client
) -> None:
    place.receive(Mail(REQUEST))
    for path in ("/", PAGE, "/deployments?show=ended", "/nothing"):
        page = client.ask(path)
        (style,) = re.findall(r"(?s)<style>(.*?)</style>", page.text)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in page.headers["content-security-policy"]
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"
        assert_ours(page)
        assert " style=" not in page.text  # the policy would refuse it
