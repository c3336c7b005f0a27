"""Where the small files of a desk lie (its lock, its send log), and what tells one database from another.

A database in a file has them beside it. One on a server has them in `var/` of the working folder, named by what it is:
two desks that are started there share none of them.
"""

import hashlib
import secrets
from pathlib import Path

from sqlalchemy import make_url, select

from dplmaild.store import statements
from dplmaild.store.database import Database
from dplmaild.store.tables import counters

_FILE = "sqlite:///"
_NAME = "identity"
_PORT = 5432  # of PostgreSQL, where the address names none


def base_of(url: str) -> Path:
    """The path that the small files of a database have in common, without their endings."""
    if url.startswith(_FILE):
        return Path(url.removeprefix(_FILE))
    where = make_url(url)
    query = sorted((name, str(value)) for name, value in where.query.items() if name in {"host", "port"})
    names = (where.get_backend_name(), (where.host or "").lower(), where.port or _PORT, where.database or "", query)
    key = hashlib.sha256(repr(names).encode()).hexdigest()[:12]
    return Path(f"var/dplmaild-{key}")


def identity_of(database: Database) -> str:
    """What tells this database from any other, also from one made anew under its name; given once, never changed."""
    row = {"name": _NAME, "value": secrets.randbits(62)}
    query = select(counters.c.value).where(counters.c.name == _NAME)
    with database.reading() as connection:
        known = connection.execute(query).scalar()
    if known is None:
        with database.writing() as connection:
            connection.execute(statements.added(counters, statements.dialect_of(connection)), row)
            known = connection.execute(query).scalar_one()
    return f"{known:x}"
