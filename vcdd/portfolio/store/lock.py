"""One writing run at a time on one store.

The lock is SQLite's own on an empty file beside the store: it works wherever SQLite does, and the operating system
drops it when the process ends, however it ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from vcdd.errors import ConfigError


@contextmanager
def locked(store: Path) -> Iterator[None]:
    """Hold the store for one run.

    Raises:
        ConfigError: another run holds it, or the folder cannot be written.
    """
    file = store.with_name(f"{store.name}.lock")
    try:
        connection = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise ConfigError(
            f"cannot write beside {store.name}: {error}", help="Choose another place with --store."
        ) from error
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise ConfigError(
                f"another run is writing to {store.name}"
                if "locked" in str(error)
                else f"cannot lock {store.name}: {error}",
                help="Wait for it to end, or use another file with --store.",
            ) from error
        yield
