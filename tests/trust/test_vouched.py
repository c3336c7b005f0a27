"""Who is believed: only what our own border server wrote of the one From address (MSG-5)."""

import pytest

from dplmaild.deployment.terms import Trust
from dplmaild.trust import vouched

ANN = "ann@partner.example.com"
OURS = ("mx.example.org",)
GOOGLE = ("mx.google.com",)
M365 = ("protection.outlook.com",)
OK, SPOOFED, UNVERIFIED = Trust.OK, Trust.SPOOFED, Trust.UNVERIFIED

Headers = list[tuple[str, str]]


def results(text: str, server: str = "mx.example.org; ") -> tuple[str, str]:
    """An Authentication-Results header of our border server."""
    return ("Authentication-Results", f"{server}{text}")


def received(by: str) -> tuple[str, str]:
    """A Received header of the host that took the mail."""
    return ("Received", f"from sender (sender [192.0.2.9]) by {by} with ESMTPS id 4; Mon, 23 Nov 2026 09:00:00 +0100")


PASS = "dmarc=pass (p=reject dis=none) header.from=partner.example.com"
BY_GOOGLE = (
    "mx.google.com; dkim=pass header.i=@partner.example.com header.s=s1 header.b=Ab1+/=; spf=pass (google.com: domain "
    "of ann@partner.example.com designates 192.0.2.9 as permitted sender) smtp.mailfrom=ann@partner.example.com; "
    "dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=partner.example.com"
)
BY_M365 = (
    "spf=pass (sender IP is 192.0.2.9) smtp.mailfrom=partner.example.com; dkim=pass (signature was verified) "
    "header.d=partner.example.com;dmarc=pass action=none header.from=partner.example.com;compauth=pass reason=100"
)


@pytest.mark.parametrize(
    ("said", "trust"),
    [
        pytest.param(PASS, OK, id="DMARC passes for the From domain"),
        pytest.param("dmarc=pass header.from=Partner.Example.COM", OK, id="upper case is the same domain"),
        pytest.param("dmarc=pass", OK, id="the short form of our own server"),
        pytest.param("dmarc=pass header.from=evil.example.net", UNVERIFIED, id="DMARC passes for another domain"),
        pytest.param("dmarc=fail header.from=partner.example.com", SPOOFED, id="DMARC fails"),
        pytest.param(
            "dmarc=fail header.from=partner.example.com; dkim=pass header.d=partner.example.com",
            SPOOFED,
            id="DMARC fails whatever else passes",
        ),
        pytest.param("dmarc=pass; dmarc=fail header.from=partner.example.com", SPOOFED, id="one pass and one fail"),
        pytest.param("dkim=pass header.d=partner.example.com", OK, id="an aligned DKIM signature"),
        pytest.param('dkim=pass header.d="partner.example.com"', OK, id="a quoted domain"),
        pytest.param("dkim=pass header.i=@partner.example.com", OK, id="DKIM by its identity"),
        pytest.param("dkim=pass header.d=example.com", OK, id="signed by the domain above"),
        pytest.param("dkim=pass header.d=mail.partner.example.com", OK, id="signed by a subdomain"),
        pytest.param("dkim=pass header.d=other.example.com", UNVERIFIED, id="signed by a sibling"),
        pytest.param("dkim=pass header.d=notpartner.example.com", UNVERIFIED, id="a name that only ends alike"),
        pytest.param("dkim=pass header.d=evil.example.net", UNVERIFIED, id="somebody else's signature"),
        pytest.param("dkim=pass header.d=com", UNVERIFIED, id="a top-level domain signs for nobody"),
        pytest.param("dkim=fail header.d=partner.example.com", SPOOFED, id="a broken signature alone"),
        pytest.param(
            "dkim=fail header.d=list.example.net; dkim=pass header.d=partner.example.com",
            OK,
            id="one of two signatures is aligned and good",
        ),
        pytest.param("spf=pass smtp.mailfrom=ann@partner.example.com", OK, id="an aligned envelope sender"),
        pytest.param("spf=pass smtp.mailfrom=partner.example.com", OK, id="an envelope domain alone"),
        pytest.param("spf=pass smtp.mailfrom=bounce@evil.example.net", UNVERIFIED, id="another envelope sender"),
        pytest.param(
            'spf=pass smtp.mailfrom="ann@partner.example.com"@evil.example.net',
            UNVERIFIED,
            id="our address as the local part of another",
        ),
        pytest.param("spf=pass smtp.helo=partner.example.com", UNVERIFIED, id="a greeting is no envelope"),
        pytest.param("spf=softfail smtp.mailfrom=ann@partner.example.com", UNVERIFIED, id="a soft failure"),
        pytest.param("spf=fail smtp.mailfrom=ann@partner.example.com", SPOOFED, id="a hard failure"),
        pytest.param("spf=fail smtp.mailfrom=x@evil.example.net (dmarc=pass)", SPOOFED, id="a pass inside a comment"),
        pytest.param("none", UNVERIFIED, id="our server looked and says nothing"),
        pytest.param("", UNVERIFIED, id="nothing after the name"),
        pytest.param(";;;=;", UNVERIFIED, id="no grammar at all"),
        pytest.param("dmarc=pass " + "(" * 5000, UNVERIFIED, id="5,000 open parentheses"),
    ],
)
def test_what_our_server_says(said: str, trust: Trust) -> None:
    assert vouched([results(said)], ANN, OURS) is trust


@pytest.mark.parametrize(
    ("headers", "ids", "trust"),
    [
        pytest.param([], OURS, UNVERIFIED, id="no header at all"),
        pytest.param([("Authentication-Results", BY_GOOGLE)], GOOGLE, OK, id="Google"),
        pytest.param(
            [received("2002:a05:7412:1"), received("mx.google.com"), ("Authentication-Results", BY_GOOGLE)],
            GOOGLE,
            OK,
            id="Google below its own two hops",
        ),
        pytest.param([("Authentication-Results", BY_M365)], M365, OK, id="Microsoft, which writes no name"),
        pytest.param(
            [
                received("AM0PR01.eurprd01.prod.outlook.com"),
                received("DB5EUR01.mail.protection.outlook.com"),
                ("Authentication-Results", BY_M365),
            ],
            M365,
            OK,
            id="Microsoft below its own hops",
        ),
        pytest.param([results(PASS, "mx.example.org 1; ")], OURS, OK, id="with a version behind the name"),
        pytest.param([results(PASS, "MX.Example.ORG; ")], OURS, OK, id="a name in capitals"),
        pytest.param([("AUTHENTICATION-RESULTS", f"mx.example.org; {PASS}")], OURS, OK, id="a header in capitals"),
        pytest.param([results(PASS, "mx.evil.example.net; ")], OURS, UNVERIFIED, id="another server's word"),
        pytest.param([results(PASS, "mx.example.org.evil.example.net; ")], OURS, UNVERIFIED, id="a longer name"),
        pytest.param([results(PASS, "example.org; ")], OURS, UNVERIFIED, id="the domain is not the server"),
        pytest.param([results(PASS)], (), UNVERIFIED, id="no server is configured"),
        pytest.param(
            [results("dmarc=fail header.from=partner.example.com"), results(PASS)],
            OURS,
            SPOOFED,
            id="two of ours: the topmost counts, the forged one below is ignored",
        ),
        pytest.param(
            [results("none"), received("mx.example.org"), results(PASS)],
            OURS,
            UNVERIFIED,
            id="ours says nothing, a forged one below says pass",
        ),
        pytest.param(
            [results(PASS, "mx.other.example.net; "), results("spf=fail smtp.mailfrom=ann@partner.example.com")],
            OURS,
            SPOOFED,
            id="a foreign one above ours is passed over",
        ),
        pytest.param(
            [received("mx.example.org"), received("mx.evil.example.net"), results(PASS)],
            OURS,
            UNVERIFIED,
            id="forged below a foreign Received",
        ),
        pytest.param(
            [received("store.example.org"), received("mx.example.org"), results(PASS)],
            OURS,
            OK,
            id="below our own hops",
        ),
        pytest.param([("ARC-Authentication-Results", f"i=1; mx.example.org; {PASS}")], OURS, UNVERIFIED, id="ARC"),
        pytest.param([("X-Authentication-Results", f"mx.example.org; {PASS}")], OURS, UNVERIFIED, id="private"),
    ],
)
def test_whose_word_counts(headers: Headers, ids: tuple[str, ...], trust: Trust) -> None:
    assert vouched(headers, ANN, ids) is trust


@pytest.mark.parametrize("address", ["", "nobody", "@", "ann@"])
def test_no_address_is_never_vouched_for_by_alignment(address: str) -> None:
    assert vouched([results("dkim=pass header.d=partner.example.com")], address, OURS) is not OK
