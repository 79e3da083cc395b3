"""Manifests in languages of their own: go.mod, Gemfile, pom.xml, Gradle, .csproj, mix.exs, pubspec, Package.swift.

What the line reader sees, and the packages by one regex per format.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vcdd.detect.sites.dependencies import dependency
from vcdd.detect.sites.lines import line_sites
from vcdd.detect.sites.sheet import finished, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet

_GEM = r"""^[ \t]*(?:gem|\w+\.add_(?:runtime_|development_)?dependency)[ \t(]+['"](?P<name>[\w.\-]+)['"]"""
_MAVEN = (
    r"<dependency>\s*<groupId>(?P<group>[^<\s]{1,200})</groupId>\s*<artifactId>(?P<name>[^<\s]{1,200})</artifactId>"
)
_GRADLE = (
    r"""^[ \t]*\w*(?:mplementation|api|ompile|ompileOnly|untime|untimeOnly|lasspath|kapt|ksp)[ \t(]+(?:platform\()?"""
    r"""["'](?P<group>[\w.\-]+):(?P<name>[\w.\-]+)(?::[^"'\n]*)?["']"""
)
_NUGET = r"""<(?:PackageReference|PackageVersion|package)\s[^>]{0,200}?(?:Include|id)="(?P<name>[\w.\-]+)\""""
_FORMATS: tuple[tuple[str, str, str], ...] = (
    ("go.mod", "go", r"^(?:require[ \t]+|[ \t]+)(?P<name>[\w.\-]+\.[\w.\-]+/[^\s]+)[ \t]+v\d"),
    ("gemfile", "rubygems", _GEM),
    (".gemspec", "rubygems", _GEM),
    ("pom.xml", "maven", _MAVEN),
    ("build.gradle", "maven", _GRADLE),
    ("build.gradle.kts", "maven", _GRADLE),
    ("proj", "nuget", _NUGET),
    (".props", "nuget", _NUGET),
    ("packages.config", "nuget", _NUGET),
    ("mix.exs", "hex", r"^[ \t]*\{:(?P<name>[a-z0-9_]+),"),
    ("pubspec.yaml", "pub", r"^  (?P<name>[a-z0-9_]+):[ \t]*(?:[\^\d\"'><a][^\n]*)?$"),
    ("package.swift", "swift", r"""\.package\([^)\n]{0,120}?url:[ \t]*"(?P<name>[^"\n]+)\""""),
)
"""End of the file name, ecosystem, and what names a package."""


def read(source: SourceFile) -> ReadFile:
    """Every string and keyed value, and every package; never raises."""
    sheet = sheet_of(source, "manifest")
    return finished(sheet, [*line_sites(sheet), *_packages(replace(sheet, reader="manifest"))])


def _packages(sheet: Sheet) -> Iterator[Site]:
    name = sheet.source.path.rpartition("/")[2].lower()
    for ending, ecosystem, pattern in _FORMATS:
        if name.endswith(ending):
            for match in re.compile(pattern, re.MULTILINE).finditer(sheet.text):
                group = match.groupdict().get("group")
                package = f"{group}:{match['name']}" if group else match["name"]
                yield dependency(sheet, match.start("name"), package, ecosystem)
            return
