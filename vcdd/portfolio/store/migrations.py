"""The store's schema, step by step. A step is never edited once released; a change is a new step at the end.

`PRAGMA user_version` is the number of steps applied and `application_id` says whose file it is (SQLite documentation,
"Database File Format").
"""

from __future__ import annotations

import sqlite3

from vcdd.errors import ConfigError

APPLICATION_ID = 0x76636464
"""`vcdd` in ASCII."""

_FIRST = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,                  -- digest of companies, options, tool and registry: what makes two runs the same
    portfolio TEXT NOT NULL,
    started TEXT NOT NULL,              -- the run's own time, ISO 8601 with zone; every company is dated by it
    finished TEXT,                      -- NULL while companies are missing
    tool_version TEXT NOT NULL,
    registry_version TEXT NOT NULL,
    options TEXT NOT NULL,              -- JSON
    companies INTEGER NOT NULL          -- in the manifest
);
CREATE TABLE companies (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- in the manifest, from 0
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    tags TEXT NOT NULL,                 -- JSON list
    policy TEXT NOT NULL,
    status TEXT NOT NULL,               -- done, partial, failed
    error TEXT NOT NULL,
    elapsed_s REAL NOT NULL,
    PRIMARY KEY (run, position),
    UNIQUE (run, name)
) WITHOUT ROWID;
CREATE TABLE reports (digest BLOB PRIMARY KEY, data BLOB NOT NULL);   -- JSON v1, zlib; equal reports once
CREATE TABLE sources (
    run INTEGER NOT NULL,
    company INTEGER NOT NULL,
    source INTEGER NOT NULL,
    spec TEXT NOT NULL,
    status TEXT NOT NULL,
    error TEXT NOT NULL,
    kind TEXT NOT NULL,
    commit_id TEXT NOT NULL,
    digest TEXT NOT NULL,               -- of the content scanned
    tool_version TEXT NOT NULL,
    registry_version TEXT NOT NULL,
    scanned_at TEXT NOT NULL,
    offline INTEGER NOT NULL,
    files_total INTEGER NOT NULL,
    files_read INTEGER NOT NULL,
    open_calls INTEGER NOT NULL,
    monthly_usd TEXT NOT NULL,
    is_reused INTEGER NOT NULL,
    report BLOB,
    PRIMARY KEY (run, company, source),
    FOREIGN KEY (run, company) REFERENCES companies (run, position) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE uses (
    run INTEGER NOT NULL,
    company INTEGER NOT NULL,
    source INTEGER NOT NULL,
    position INTEGER NOT NULL,
    model TEXT NOT NULL, name TEXT NOT NULL,
    lab TEXT NOT NULL, lab_name TEXT NOT NULL, country TEXT NOT NULL, countries TEXT NOT NULL,
    licence TEXT NOT NULL, licence_class TEXT NOT NULL,
    weights TEXT NOT NULL, modality TEXT NOT NULL,
    route TEXT NOT NULL, provider TEXT NOT NULL, host TEXT NOT NULL,
    evidence TEXT NOT NULL, is_use INTEGER NOT NULL, slots TEXT NOT NULL, place TEXT NOT NULL,
    lifecycle TEXT NOT NULL, lifecycle_date TEXT NOT NULL, lifecycle_kind TEXT NOT NULL,
    PRIMARY KEY (run, company, source, position),
    FOREIGN KEY (run, company) REFERENCES companies (run, position) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE facts (
    id INTEGER PRIMARY KEY,
    model TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    source TEXT NOT NULL, checked TEXT NOT NULL, confidence TEXT NOT NULL, note TEXT NOT NULL,
    UNIQUE (model, name, value, source, checked, confidence, note)
);
CREATE TABLE company_facts (
    run INTEGER NOT NULL,
    company INTEGER NOT NULL,
    fact INTEGER NOT NULL REFERENCES facts (id),
    PRIMARY KEY (run, company, fact),
    FOREIGN KEY (run, company) REFERENCES companies (run, position) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE findings (
    run INTEGER NOT NULL,
    company INTEGER NOT NULL,
    source INTEGER NOT NULL,
    position INTEGER NOT NULL,
    fingerprint TEXT NOT NULL, rule TEXT NOT NULL, dimension TEXT NOT NULL, severity TEXT NOT NULL,
    title TEXT NOT NULL, message TEXT NOT NULL, model TEXT NOT NULL, place TEXT NOT NULL, is_active INTEGER NOT NULL,
    PRIMARY KEY (run, company, source, position),
    FOREIGN KEY (run, company) REFERENCES companies (run, position) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE outcomes (
    run INTEGER NOT NULL,
    company INTEGER NOT NULL,
    source INTEGER NOT NULL,
    policy TEXT NOT NULL, version TEXT NOT NULL,
    action TEXT NOT NULL, incomplete INTEGER NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (run, company, source),
    FOREIGN KEY (run, company) REFERENCES companies (run, position) ON DELETE CASCADE
) WITHOUT ROWID;
"""

_SECOND = "CREATE INDEX runs_by_key ON runs (key, finished); CREATE INDEX companies_by_name ON companies (name, run);"

STEPS: tuple[str, ...] = (_FIRST, _SECOND)
SCHEMA_VERSION = len(STEPS)


def check_version(connection: sqlite3.Connection, file: str) -> int:
    """The number of steps already applied; 0 for a new file. Reads only.

    Raises:
        ConfigError: another program's database, a damaged one, or one of a newer vcdd.
    """
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
        is_empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    except sqlite3.DatabaseError as error:
        raise ConfigError(f"{file} is no usable database: {error}", help="Give another file with --store.") from error
    if owner != APPLICATION_ID and not (is_empty and version == 0):
        raise ConfigError(f"{file} is a database of another program", help="Give another file with --store.")
    if version > SCHEMA_VERSION:
        raise ConfigError(
            f"{file} was written by a newer vcdd (schema {version}; this one knows {SCHEMA_VERSION})",
            help="Upgrade vcdd, or give another file with --store. Nothing was changed.",
        )
    return version


def migrate(connection: sqlite3.Connection, file: str) -> None:
    """Bring a store to the newest schema, each step whole or not at all.

    Raises:
        ConfigError: see `check_version`.
    """
    for number in range(check_version(connection, file), SCHEMA_VERSION):
        connection.executescript(
            f"BEGIN IMMEDIATE; {STEPS[number]} PRAGMA application_id = {APPLICATION_ID}; "
            f"PRAGMA user_version = {number + 1}; COMMIT;"
        )
