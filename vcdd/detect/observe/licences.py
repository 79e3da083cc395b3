"""What the target says of licences: declarations in manifests, licence files, and model licences that lie in the tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vcdd.core.lexicon import PathWords
from vcdd.core.reference import Observation, ObservationKind
from vcdd.core.site import FrameKind, Site
from vcdd.detect.observe.fact import Fact, of_file

MatchText = Callable[[str], tuple[str, str]]
"""From a licence text to (licence id or empty, a clause worth quoting or empty)."""

MAX_TEXT = 4_000
"""Characters of a licence file that are enough to know it by."""

_MANIFESTS = frozenset(
    (
        "package.json",
        "pyproject.toml",
        "cargo.toml",
        "composer.json",
        "setup.cfg",
        "setup.py",
        "deno.json",
        "jsr.json",
        "pubspec.yaml",
    )
)
_TABLES = frozenset(("project", "tool", "poetry", "package", "workspace", "metadata", "license", "licenses"))
"""Tables of a manifest that its own licence may stand in."""
_CLASSIFIER = "License :: "
_SPDX = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "Other/Proprietary License": "LicenseRef-Proprietary",
}
"""Last part of a trove classifier to SPDX id, where the two say the same; BSD's clause count is the usual one."""

_OWN_FILE = re.compile(r"(?:licen[cs]e|copying)(?:[.\-_](?:md|txt|rst|mit|apache|apache-2\.0|bsd|gpl))?", re.IGNORECASE)
_MODEL_FILE = re.compile(
    r"(?:.*[._\- ])?(?:models?|weights?|checkpoints?)[._\- ]?licen[cs]es?(?:[._\-].*)?"
    r"|licen[cs]e[._\- ](?:models?|weights?|checkpoints?|llama|gemma|flux|qwen|stabilityai|stability|openrail|deepseek).*"
    r"|(?:llama|gemma|flux|qwen|stability|openrail|deepseek|tongyi|hunyuan|minimax|kimi)[\w.\- ]*licen[cs]e.*"
    r"|use[_\-]policy(?:\..*)?",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"notice(?:\.(?:md|txt|rst))?", re.IGNORECASE)
_ANY_FILE = re.compile("|".join(each.pattern for each in (_OWN_FILE, _MODEL_FILE, _NOTICE)), re.IGNORECASE)
_MODEL_FOLDERS = frozenset(("models", "model", "weights", "checkpoints", "ckpts", "pretrained"))


def declared_facts(site: Site) -> Iterator[Fact]:
    """The licence that a manifest declares at this site, as an SPDX id where the manifest's own words allow one."""
    if not site.text or site.path.rpartition("/")[2].lower() not in _MANIFESTS:
        return
    if site.text.startswith(_CLASSIFIER):
        last = site.text.rpartition(" :: ")[2]
        if last != "OSI Approved":
            yield Fact(kind=ObservationKind.LICENCE_DECLARATION, subject=_SPDX.get(last, last), detail=site.text[:120])
    elif _is_licence_value(site):
        yield Fact(kind=ObservationKind.LICENCE_DECLARATION, subject=" ".join(site.text.split())[:80])


def _is_licence_value(site: Site) -> bool:
    """Whether the site is the value of `license`, of `license.text` or of `licenses[].type` at the top of a manifest."""
    first = site.frames[0].kind
    names = [f.name.lower() for f in site.frames if f.kind in (FrameKind.KEY, FrameKind.KEYWORD)]
    if not names or first is FrameKind.KEY_ITSELF or "\n" in site.text.strip():
        return False
    spelled = names[0] == "license" or names[:2] in (["text", "license"], ["type", "licenses"], ["type", "license"])
    return spelled and _TABLES.issuperset(names[1:])


def is_licence_file(path: str) -> bool:
    """Whether a file's name says it holds a licence text or notices; its text is then worth passing to `licence_file`."""
    return _ANY_FILE.fullmatch(path.rpartition("/")[2]) is not None


def licence_file(path: str, text: str, match: MatchText, words: PathWords) -> Observation | None:
    """What a licence file is, by the first 4,000 characters of its text.

    A licence for a model, or one in a folder of weights, is a LICENCE_FILE whether its text is known or not; the
    repository's own is a LICENCE_DECLARATION where it is known; notices count only where a known licence is in them.
    """
    if not is_licence_file(path):
        return None
    licence, quote = match(text[:MAX_TEXT])
    name, folders = path.rpartition("/")[2], path.lower().split("/")[:-1]
    of_model = bool(_MODEL_FILE.fullmatch(name)) or not _MODEL_FOLDERS.isdisjoint(folders)
    if not licence and not of_model:
        return None
    kind = ObservationKind.LICENCE_FILE if of_model else ObservationKind.LICENCE_DECLARATION
    if _NOTICE.fullmatch(name):
        kind = ObservationKind.LICENCE_FILE
    return of_file(Fact(kind=kind, subject=licence, detail=quote), path, words)
