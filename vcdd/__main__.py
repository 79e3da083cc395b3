"""`python -m vcdd` and the `vcdd` command. `--version` answers before anything slow is imported."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from vcdd import __version__  # noqa: PLC0415 -- nothing else is needed

        try:
            sys.stdout.write(f"vcdd {__version__}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            os._exit(0)
        except OSError as error:  # as the other commands say it, without loading what they load
            sys.stderr.write(f"vcdd: cannot write the output: {error.strerror}\n")
            os._exit(2)
        return
    from vcdd.cli.run import run  # noqa: PLC0415 -- slow import

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
