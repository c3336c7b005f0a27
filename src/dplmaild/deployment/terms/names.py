"""The open sets of the glossary: names that ship, and that a profile can add its own to (POLICY-1)."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

_LONGEST = 40


class _Listed(type):
    """A class of names that can be gone through: those that ship, in the order of the glossary."""

    def __iter__(cls) -> Iterator[Any]:
        return iter(cls.shipped)  # type: ignore[attr-defined]


class Name(str, metaclass=_Listed):
    """One name of an open set. The same name is the same object, so that `is` compares names as it does members."""

    __slots__ = ()
    shipped: ClassVar[tuple[Any, ...]] = ()
    _made: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        cls._made = {}
        names = {key: cls(written) for key, written in vars(cls).items() if key.isupper()}
        cls.shipped = tuple(names.values())
        for key, name in names.items():
            setattr(cls, key, name)

    def __new__(cls, written: str) -> Self:
        """The name as it is written. Only what a profile or the vocabulary names is made: their number is bounded."""
        known: Self | None = cls._made.get(written)
        if known is None:
            known = cls._made.setdefault(written, super().__new__(cls, written))
        return known

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self),)

    @property
    def value(self) -> str:
        """The name as plain text."""
        return str(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(min_length=1, max_length=_LONGEST, pattern=r"^[A-Za-z][A-Za-z0-9_. -]*$")
        return core_schema.no_info_after_validator_function(
            cls, text, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


def _called(written: str) -> Any:
    """A name that ships; its class makes it one of its own."""
    return written


class DeploymentType(Name):
    """How deep a deployment cuts (caas 3.2); a profile may name other types."""

    FULL: ClassVar["DeploymentType"] = _called("full")  # code and database, with downtime
    CODE: ClassVar["DeploymentType"] = _called("code")  # web and app tier only
    HOTFIX: ClassVar["DeploymentType"] = _called("hotfix")  # small code fix of a faulty release


class Sla(Name):
    """The service level a customer has bought; a profile may name other levels."""

    STANDARD: ClassVar["Sla"] = _called("standard")
    PREMIUM: ClassVar["Sla"] = _called("premium")


class Field(Name):
    """A thing a request or instructions can state, by its name in JSON and in a profile, which may add its own."""

    TYPE: ClassVar["Field"] = _called("type")
    PRODUCT: ClassVar["Field"] = _called("product")
    ENVIRONMENT: ClassVar["Field"] = _called("environment")
    WHEN: ClassVar["Field"] = _called("when")
    CURRENT_VERSION: ClassVar["Field"] = _called("current_version")
    TARGET_VERSION: ClassVar["Field"] = _called("target_version")
    DEPLOY_APP_TIER: ClassVar["Field"] = _called("DeployAppTier")
    DEPLOY_WEB_TIER: ClassVar["Field"] = _called("DeployWebTier")
    INVALIDATE_PAGE_CACHE: ClassVar["Field"] = _called("InvalidatePageCache")
    DB_MIGRATE: ClassVar["Field"] = _called("DBMigrate")
    CARTRIDGES: ClassVar["Field"] = _called("cartridges")
    RELEASE_NOTES: ClassVar["Field"] = _called("release_notes")
    DESCRIPTION: ClassVar["Field"] = _called("description")
    SPECIAL_ACTIVITIES: ClassVar["Field"] = _called("special_activities")
    COMPONENTS: ClassVar["Field"] = _called("components")
    TICKETS: ClassVar["Field"] = _called("tickets")
    RESTARTS: ClassVar["Field"] = _called("restarts")
    DURATION: ClassVar["Field"] = _called("duration")
    TEST_WINDOW: ClassVar["Field"] = _called("test_window")
    VALIDATED: ClassVar["Field"] = _called("validated")
    ROLLBACK: ClassVar["Field"] = _called("rollback")
    ARTIFACT: ClassVar["Field"] = _called("artifact")
    ATTENDANT: ClassVar["Field"] = _called("attendant")
    MAILING_LIST: ClassVar["Field"] = _called("mailing_list")
    TESTED_ON: ClassVar["Field"] = _called("tested_on")
