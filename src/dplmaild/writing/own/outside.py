"""A letter loads nothing from outside, whoever wrote its layout: no remote images, no tracking (SEE-4)."""

import re

from selectolax.lexbor import LexborHTMLParser

_ACTIVE = "script, iframe, object, embed, form, link, base, svg, video, audio"
_LOADING = ("src", "srcset", "background", "poster", "data")
_STYLE = re.compile(r"@import|url\(\s*[\"']?(?!data:)", re.IGNORECASE)


def loads_from_outside(html: str) -> str | None:
    """What a layout would load or run, as it stands there; None where it keeps to itself."""
    tree = LexborHTMLParser(html)
    for node in tree.css(_ACTIVE):
        return f"<{node.tag}>"
    for node in tree.css("*"):
        for name in _LOADING:
            value = (node.attributes.get(name) or "").strip()
            if value and not value.lower().startswith(("data:", "cid:")):
                return f"{name}={value[:60]!r}"
    found = _STYLE.search(html)
    return found[0] if found else None
