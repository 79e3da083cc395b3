"""Fuzz readers and judge with atheris: `python -m tests.fuzz.run_atheris -max_total_time=60 -max_len=4096`.

The first byte of an input chooses the file name, the rest is the file. Needs `atheris`, which the project does not depend on.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run until atheris stops; a finding ends the process with its input saved."""
    import atheris

    with atheris.instrument_imports(include=["vcdd"]):
        from tests.fuzz.targets import HEADS, NAMES, read_and_judge

    names = (*NAMES, *HEADS)

    def one(data: bytes) -> None:
        if data:
            read_and_judge(names[data[0] % len(names)], data[1:])

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
