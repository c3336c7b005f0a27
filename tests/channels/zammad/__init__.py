"""The ticket door against the Zammad double."""
