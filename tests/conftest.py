"""What all tests share: the servers, and our mailboxes on them."""

pytest_plugins = ["figures", "order", "servers.fixtures", "servers.opened"]
