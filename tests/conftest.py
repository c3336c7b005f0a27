"""What all tests share: the servers."""

pytest_plugins = ["servers.fixtures"]
