"""A cluster on this machine: two workers, each its own process."""

from collections.abc import Iterator

import pytest
from distributed import Client, LocalCluster


@pytest.fixture(scope="session")
def two_workers() -> Iterator[Client]:
    """A client of a scheduler with two workers; one that is lost is started again."""
    # Port 0 takes a free one, so that two sessions do not meet.
    where = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **where) as cluster,
        Client(cluster) as client,
    ):
        yield client
