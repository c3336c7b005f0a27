"""What all tests share: the servers, and our mailboxes on them."""

pytest_plugins = ["servers.fixtures", "servers.opened"]
