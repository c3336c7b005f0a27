"""A synchronisation brings no version to UAT, whatever its mail named: PRE-3 wants the deployment itself."""

from collections.abc import Collection
from datetime import UTC, datetime

from dplmaild.deployment.rules import Done
from dplmaild.deployment.terms import Deployment, DeploymentType, Environment, Product, Version
from dplmaild.desk.view import Grounds, NothingOnRecord
from dplmaild.settings import Settings

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
TAG, UAT = Version("11.1.0"), Environment("UAT")


class Ran(NothingOnRecord):
    """A record on which these types have run on UAT."""

    def __init__(self, *types: str | None) -> None:
        super().__init__()
        self._types = types

    def done(self, _customer: str, _versions: Collection[Version]) -> tuple[Done, ...]:
        return tuple(Done(Product.ICM, UAT, TAG, NOW, DeploymentType(each) if each else None) for each in self._types)


def test_only_what_was_deployed_counts_as_having_run(settings: Settings) -> None:
    customer = next(each for each in settings.customers if each.profile == "caas")
    named = (Deployment(type=DeploymentType.FULL, product=Product.ICM, target_version=TAG),)
    ground = Grounds(settings).of(customer, named, Ran("syn", "full", None, "syn"), NOW)
    assert [each.type for each in ground.done] == [DeploymentType.FULL, None]
