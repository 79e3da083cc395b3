"""Batch files of Windows, read as shell: remarks and `%VARIABLES%` as a shell would write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.detect.sites.sheet import finished, sheet_of
from vcdd.detect.sites.shell import script_sites

if TYPE_CHECKING:
    from vcdd.core.site import ReadFile
    from vcdd.core.source_file import SourceFile

_REMARK = re.compile(r"^([ \t]{0,40}@?)(?:REM\b|::)", re.IGNORECASE | re.MULTILINE)
_VARIABLE = re.compile(r"%([A-Za-z_]\w{0,60})%")
_GOES_ON = re.compile(r"\^(?=\r?\n)")


def read(source: SourceFile) -> ReadFile:
    """Every word of every command of a batch file; never raises."""
    sheet = sheet_of(source, "shell")
    script = _REMARK.sub(lambda mark: " " * (len(mark[0]) - 1) + "#", sheet.text)
    script = _VARIABLE.sub(lambda name: f"${name[1]} ", script)
    return finished(sheet, script_sites(sheet, _GOES_ON.sub("\\\\", script)))
