"""Who sent it, and may they be believed (MSG-5): the directory and our border server's word, nothing else."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import parseaddr
from functools import lru_cache
from typing import Any

import authres

from dplmaild.deployment.customer import Contact, Customer, Directory, Engineer
from dplmaild.deployment.terms import Side, Speaker, Trust
from dplmaild.reading.mime.sent import sent_at

Results = Any  # authres is untyped: a parsed Authentication-Results header
Result = Any  # and one method's result in it
_BY = re.compile(r"\bby\s+([A-Za-z0-9.-]{1,253})")
_NAMED = re.compile(r"^([A-Za-z0-9._-]{1,253})(?: \d{1,3})?(?: ?\([^()]{0,200}\))? ?;")
_METHOD = re.compile(r"(?:spf|dkim|dmarc|none|arc|compauth)\b", re.IGNORECASE)
_NAMELESS = "outlook.com"  # the border servers that leave their name out
_LONGEST = 8000  # characters of one header


class Roster:
    """The directory turned round: from an address to the people it stands for."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._contacts: dict[str, list[tuple[Customer, Contact]]] = {}
        for customer in directory.customers:
            for contact in customer.contacts:
                self._contacts.setdefault(contact.address, []).append((customer, contact))
        self._engineers: Mapping[str, Engineer] = {e.address: e for e in directory.ops.people}

    def speaker(self, address: str, trust: Trust) -> Speaker:
        """The person behind an address, believed as far as `trust` says; UNKNOWN when not in the directory."""
        engineer = self._engineers.get(address)
        if engineer is not None:
            ids = tuple(c.id for c in self.directory.customers)
            return Speaker(address, trust, engineer.name, None, engineer.role, Side.OPS, ids)
        found = self._contacts.get(address)
        if not found:
            return Speaker(address, Trust.SPOOFED if trust is Trust.SPOOFED else Trust.UNKNOWN)
        customer, contact = found[0]
        only = customer.id if len(found) == 1 else None
        ids = tuple(c.id for c, _ in found)
        return Speaker(address, trust, contact.name, only, contact.role, contact.side, ids)


def vouched(headers: Sequence[tuple[str, str]], address: str, authserv_ids: Sequence[str]) -> Trust:
    """What our border server says of the From address: OK, SPOOFED (it failed) or UNVERIFIED (no word).

    Only Authentication-Results above the first Received that is not ours count in practice: our server writes the
    topmost ones, so the first with a configured authserv-id is taken and every further one ignored.
    """
    result = _topmost(headers, authserv_ids)
    if result is None:
        return Trust.UNVERIFIED
    domain = address.rpartition("@")[2]
    verdicts = {(r.method, str(r.result).lower()) for r in result.results}
    if ("dmarc", "fail") in verdicts:
        return Trust.SPOOFED
    if _dmarc_passed(result, domain):
        return Trust.OK
    if any(_aligned(r, domain) for r in result.results):
        return Trust.OK
    failed = any(r.method in {"dkim", "spf"} and str(r.result).lower() == "fail" for r in result.results)
    return Trust.SPOOFED if failed else Trust.UNVERIFIED


def taken_at(headers: Sequence[tuple[str, str]], authserv_ids: Sequence[str]) -> datetime | None:
    """When our own hosts took a mail in, by the lowest Received of theirs; None when they say nothing.

    It stays true when a mail is fetched late, restored or moved back into the mailbox.
    """
    taken: datetime | None = None
    for name, value in headers:
        if name.lower() == "received":
            if taken is not None and not _by_our_host(value, authserv_ids):
                break
            taken = sent_at(value.rpartition(";")[2]) or taken
    return taken


def _topmost(headers: Sequence[tuple[str, str]], authserv_ids: Sequence[str]) -> Results | None:
    """The first Authentication-Results of ours; below a Received that is not our own anybody could have written it."""
    hops = 0
    for name, value in headers:
        lowered = name.lower()
        if lowered == "received":
            hops += 1
            if hops > 1 and not _by_our_host(value, authserv_ids):
                return None
        elif lowered == "authentication-results":
            written = _as_ours(value, authserv_ids)
            if written is not None:
                return _parse(written)
    return None


def _as_ours(value: str, authserv_ids: Sequence[str]) -> str | None:
    """The header with a server's name in front when it is one of ours; None for another server's.

    Settled by the text and not by the parser, so that a header of ours which nobody can read still ends the search:
    the next one may be forged. Only Microsoft 365 writes no name; where it is not our border, nobody may leave it out.
    """
    text = " ".join(value.split())
    named = _NAMED.match(text)
    if named is not None and named[1].lower() in {a.lower() for a in authserv_ids}:
        return text
    microsoft = next((a for a in authserv_ids if a.lower().endswith(_NAMELESS)), None)
    return f"{microsoft}; {text}" if microsoft and _METHOD.match(text) else None


def _by_our_host(received: str, authserv_ids: Sequence[str]) -> bool:
    """Whether a Received line names one of our own hosts as the one that took the mail."""
    match = _BY.search(received[:2000])
    return match is not None and any(_same_site(match[1].lower(), a.lower()) for a in authserv_ids)


def _same_site(host: str, authserv_id: str) -> bool:
    """Equal, or in the domain of the authserv-id: `in3.mx.example.org` and its siblings belong to `mx.example.org`."""
    domain = authserv_id.partition(".")[2]
    return host == authserv_id or host.endswith("." + authserv_id) or ("." in domain and host.endswith("." + domain))


@lru_cache(maxsize=2000)
def _parse(text: str) -> Results | None:
    """One header in full; None for what cannot be read. Cut short, it could say something else.

    Remembered, because the same partners are vouched for in the same words; nobody changes what comes back.
    """
    if len(text) > _LONGEST:
        return None
    try:
        return authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {text}")
    except Exception:  # authres raises several classes of its own on a stranger's text
        return None


def _aligned(result: Result, domain: str) -> bool:
    """A DKIM or SPF pass counts only for the organisation in From (relaxed alignment)."""
    if str(result.result).lower() != "pass":
        return False
    named = {p.name: str(p.value) for p in result.properties}
    if result.method == "dkim":
        signer = named.get("d") or (named.get("i") or "").rpartition("@")[2]
        return _same_organisation(signer, domain)
    if result.method == "spf":
        envelope = named.get("mailfrom", "")
        return _same_organisation(parseaddr(envelope)[1].rpartition("@")[2] or envelope, domain)
    return False


def _dmarc_passed(result: Results, domain: str) -> bool:
    """DMARC's header.from must be the From we read; a missing one is our own server's short form."""
    passed = [r for r in result.results if r.method == "dmarc" and str(r.result).lower() == "pass"]
    named = [{p.name: str(p.value) for p in entry.properties}.get("from", domain) for entry in passed]
    return bool(named) and all(name.lower().strip() == domain.lower() for name in named)


def _same_organisation(signer: str, domain: str) -> bool:
    """Equal, or one a subdomain of the other, and never a bare top-level domain."""
    signer, domain = signer.lower().strip(". "), domain.lower()
    if "." not in signer:
        return False
    return signer == domain or domain.endswith("." + signer) or signer.endswith("." + domain)
