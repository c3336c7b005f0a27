"""A release number as people write it."""

import re
from dataclasses import dataclass


class VersionError(ValueError):
    """A text that is no version."""


_VERSION = re.compile(r"[vV]?(\d{1,9}(?:\.\d{1,9}){0,5})([-._+]?[A-Za-z][\w.+-]{0,40}|[-_+][\w.+-]{1,41})?")


@dataclass(frozen=True, slots=True)
class Version:
    """A release number: compared by its numbers only, the suffix is opaque (`11.0.2-hotfix1`)."""

    text: str

    def __post_init__(self) -> None:
        if not _VERSION.fullmatch(self.text):
            raise VersionError(f"not a version: {self.text!r}")

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numeric parts, most significant first."""
        match = _VERSION.fullmatch(self.text)
        return tuple(int(part) for part in match[1].split(".")) if match else ()

    def __str__(self) -> str:
        return self.text
