"""A firm's overlay files: more records, or other answers for records we have. Validated; named in every report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli

from vcdd.errors import ConfigError
from vcdd.registry.strict import Problem, problems_of_record
from vcdd.registry.tables import Raw, Tables, records_of

HELP = "Run `vcdd registry check` for the field manual."


def apply_overlays(tables: Mapping[str, Mapping[str, Raw]], paths: Sequence[Path]) -> Tables:
    """New tables with the records of these files on top; a record with a known id replaces the fields it gives.

    Raises:
        ConfigError: a file that cannot be read, is not TOML, or has a record that does not fit; names file and key.
    """
    merged = {kind: dict(records) for kind, records in tables.items()}
    for path in paths:
        for kind, key, record in _records(path):
            known = merged[kind].get(key, {})
            whole = {**known, **record}
            problems = problems_of_record(kind, key, whole)
            if problems:
                raise ConfigError(_message(path, problems), help=HELP)
            merged[kind][key] = whole
    return merged


def _records(path: Path) -> list[tuple[str, str, dict[str, Any]]]:
    try:
        document = tomli.loads(path.read_text(encoding="utf-8"))
        return list(records_of(document))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}", help=HELP) from error
    except ValueError as error:
        raise ConfigError(f"{path}: {error}", help=HELP) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path}: every record needs an `id` (lists: a `code`)", help=HELP) from error


def _message(path: Path, problems: Sequence[Problem]) -> str:
    return "\n".join(f"{path}: {problem.where}: {problem.text}" for problem in problems)
