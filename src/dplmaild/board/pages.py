"""From words to pages: templates that escape every value, a style of their own, no script, nothing from outside."""

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup

from dplmaild.board.words import Voice
from dplmaild.writing.phrases import LANGUAGES
from dplmaild.writing.unbroken import unbroken

REFERENCE = re.compile(r"\bDPL-\d{4}-\d{4,9}\b")
_KEPT = Markup('<span class="one">{}</span>')
_NAMES = {"en": "English", "de": "Deutsch", "es": "Español", "ca": "Català"}


class Pages:
    """Draws the pages; `templates` is where the letters' templates are, of which the pages are a folder."""

    def __init__(self, templates: BaseLoader) -> None:
        self._environment = Environment(
            loader=templates,
            auto_reload=False,
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["unbroken"] = _unbroken
        self._style = templates.get_source(self._environment, "board/style.css")[0]
        digest = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        self.policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        )

    def draw(self, name: str, voice: Voice, path: str, **sheet: Any) -> str:
        """A page; `path` is its address, under which the other languages are offered."""

        def link(to: str, **more: str) -> str:
            return f"{to}?{urlencode({**more, 'language': voice.language})}"

        def linked(text: str) -> Markup:
            """The text with a way to every deployment that it names."""
            return _linked(text, lambda reference: link(f"/deployments/{reference}"))

        def languages(asked: Mapping[str, str]) -> list[tuple[str, str, str]]:
            return [(one, _NAMES[one], f"{path}?{urlencode({**asked, 'language': one})}") for one in LANGUAGES]

        values = {"language": voice.language, "say": voice.say, "link": link, "linked": linked, "languages": languages}
        style = Markup(self._style)  # noqa: S704 - our own file
        template = self._environment.get_template(f"board/{name}.html")
        return template.render({**values, "style": style, "asked": {}, **sheet})


def _linked(text: str, address: Any) -> Markup:
    pieces, last = [], 0
    for found in REFERENCE.finditer(text):
        pieces.append(_unbroken(text[last : found.start()]))
        pieces.append(Markup('<a href="{}">{}</a>').format(address(found[0]), found[0]))
        last = found.end()
    return Markup("").join([*pieces, _unbroken(text[last:])])


def _unbroken(text: str) -> Markup:
    """As in letters; by a class, since the policy lets no element bring a style of its own."""
    return unbroken(text, _KEPT)
