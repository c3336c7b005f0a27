"""The tests that take longest begin first, so that no core waits for them at the end."""

import gc

import pytest

LONG = "long"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files whose `pytestmark` says so go before all others; everything else keeps its place."""
    items.sort(key=lambda item: item.get_closest_marker(LONG) is None)


def pytest_collection_finish() -> None:
    """Fifteen thousand tests stay until the end: the collector need not look through them again and again."""
    gc.collect()
    gc.freeze()
