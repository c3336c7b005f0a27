"""What all parts of the configuration are made of."""

from datetime import time
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict


def _zone_exists(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no such time zone: {name!r} (use a name like Europe/Berlin)") from error
    return name


def _lower(address: str) -> str:
    local, at, domain = address.strip().lower().rpartition("@")
    if not (local and at and "." in domain) or any(c.isspace() or c in ",;<>" for c in address.strip()):
        raise ValueError(f"not a mail address: {address!r}")
    return address.strip().lower()


ZoneName = Annotated[str, AfterValidator(_zone_exists)]
Address = Annotated[str, AfterValidator(_lower)]


class Strict(BaseModel):
    """Configuration is frozen and refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Hours(Strict):
    """Opening hours on one wall clock; `until` is the end, not the last minute."""

    since: time
    until: time
