"""Labels that speak of a version without saying which, or of two at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dplmaild.deployment.terms import Version
from dplmaild.reading import values
from dplmaild.reading.fields.entries import Entry
from dplmaild.reading.lexicon import lexicon

_BLANK_WITHIN = re.compile(r"(?<=\d\.)\s(?=\d)")  # `11.0. 2`
# All that may stand between the old and the new version.
_BETWEEN = re.compile(
    r"\W{0,3}(?:->|=>|→|➔|⇒|>|/|to|auf|nach|a|zu|hasta|fins a|[-–—])\s{0,3}"
    r"(?:the |die |la )?(?:new |neue |nueva |nova )?"
    r"(?:version|release|versión|versió|v|icm|pwa|iom)?\W{0,2}",
    re.IGNORECASE,
)


def two_versions(text: str) -> tuple[str, str] | None:
    """`11.0.1 -> 11.0.2`: the version now and the one to come."""
    found = values.versions_in(text)
    if len(found) != 2:
        return None
    compact = _BLANK_WITHIN.sub("", text)
    between = compact[compact.index(found[0]) + len(found[0]) : compact.rindex(found[1])]
    return (found[0], found[1]) if len(between) <= 40 and _BETWEEN.fullmatch(between) else None


def split_versions(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Entries with every `Version: a -> b` taken apart; a lone `Version` is the target where none is named."""
    targeted = {entry.group for entry in entries if entry.key == "target_version"}
    stated = {entry.group for entry in entries if entry.key == "current_version"}
    for entry in entries:
        tells_both = entry.key in ("versions", "target_version") and entry.group not in stated
        if tells_both and (now := replaced_version(entry.value)):
            yield replace(entry, key="current_version", value=now.text)
        if entry.key != "versions":
            yield entry
        elif pair := two_versions(entry.value):
            yield replace(entry, key="current_version", value=pair[0])
            yield replace(entry, key="target_version", value=pair[1])
        elif entry.group not in targeted and values.version(entry.value):
            place = replace(entry.place, sure=min(entry.place.sure, 0.8))
            yield replace(entry, key="target_version", place=place)


def replaced_version(text: str) -> Version | None:
    """`11.0.3 (jetzt 11.0.2)`: the lower version that parentheses behind a version say runs now."""
    head, inside = values.without_parentheses(text)
    above = [Version(found) for found in values.versions_in(head)]
    for part in inside:
        found = values.versions_in(part)
        scan = lexicon().scan(part)
        if len(found) == 1 and len(above) == 1 and scan.has("now_word", "from_word") and not scan.has("negation"):
            now = Version(found[0])
            return now if now.numbers < above[0].numbers else None
    return None


def versions_named(text: str) -> tuple[Version, ...]:
    """`Code-Deployment PWA 7.3.1`: the version right behind what is deployed; `Hotfix for 11.0.2` has none."""
    found = values.versions_in(text)
    scan = lexicon().scan(text[: text.index(found[0])]) if found and found[0] in text else None
    if scan is None or not scan.tokens:
        return ()
    last = len(scan.tokens) - 1
    named = any(
        hit.last == last and group.startswith(("types.", "prose_types.", "products.", "environments.", "deploy_word"))
        for group, hits in scan.hits.items()
        for hit in hits
    )
    return tuple(Version(each) for each in found) if named else ()
