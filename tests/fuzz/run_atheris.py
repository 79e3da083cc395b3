"""Fuzz readers and judge with atheris: `python -m tests.fuzz.run_atheris [NAME …] -max_total_time=60 -max_len=4096`.

The first byte of an input chooses one of the file names, by default of all that `targets` knows; the rest is the file. Needs `atheris`, which the project does not depend on.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run until atheris stops; a finding ends the process with its input saved."""
    import atheris

    with atheris.instrument_imports(include=["vcdd"]):
        from tests.fuzz.targets import HEADS, NAMES, read_and_judge

    known = (*NAMES, *HEADS)
    names = tuple(name for name in known if name in sys.argv) or known

    def one(data: bytes) -> None:
        if data:
            read_and_judge(names[data[0] % len(names)], data[1:])

    atheris.Setup([argument for argument in sys.argv if argument not in known], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
