"""Conventions of command lines: words that only run what follows them, and flags that take no value."""

from __future__ import annotations

KEYWORDS = frozenset(("{", "}", "!", "then", "do", "else", "elif", "if", "while", "until", "time"))
"""Words of the shell's grammar before a command."""
DECLARING = frozenset(("export", "declare", "local", "readonly", "typeset", "env", "setenv", "set"))
"""Words before an assignment."""
SHELLS = frozenset(("sh", "bash", "zsh", "dash", "ash", "source"))
"""Programs that run the script named after them."""
WRAPPERS: dict[str, frozenset[str]] = {
    "bunx": frozenset(),
    "command": frozenset(),
    "cross-env": frozenset(),
    "doas": frozenset(("-u",)),
    "dotenv": frozenset(("-e", "-f")),
    "dumb-init": frozenset(),
    "eval": frozenset(),
    "exec": frozenset(("-a",)),
    "nice": frozenset(("-n",)),
    "nohup": frozenset(),
    "npx": frozenset(("-p", "--package")),
    "stdbuf": frozenset(),
    "sudo": frozenset(("-u", "-g")),
    "timeout": frozenset(("-s", "-k")),
    "tini": frozenset(),
    "uvx": frozenset(("--from", "--with", "--python")),
    "xargs": frozenset(("-n", "-P", "-I")),
}
"""Programs that run the program named after them, with those of their flags that take a value."""
RUNNERS = {
    "bun": "x",
    "bundle": "exec",
    "hatch": "run",
    "npm": "exec",
    "pdm": "run",
    "pipenv": "run",
    "pixi": "run",
    "pnpm": "exec",
    "poetry": "run",
    "rye": "run",
    "uv": "run",
    "yarn": "dlx",
}
"""The same for a program with its subcommand."""
RUNNER_VALUES = frozenset(("--with", "--extra", "--group", "--python", "-p", "--env-file", "--package", "--directory"))
"""Flags of the runners that take a value."""
SWITCHES = frozenset(
    (
        "--compile", "--cpu", "--debug", "--detach", "--dry-run", "--force", "--help", "--quiet", "--rm", "--stream",
        "--trust-remote-code", "--upgrade", "--user", "--verbose", "--version", "--yes", "-i", "-it", "-y",
    )
)  # fmt: skip
"""Flags without a value that often stand before a positional word."""
SWITCH_PREFIXES = ("--no-", "--enable-", "--disable-", "--use-", "--skip-", "--allow-")
"""Beginnings of flags that take no value by the same convention."""
