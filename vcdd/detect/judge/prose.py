"""Ids inside running text. They are mentions and never more."""

from __future__ import annotations

import re
from functools import lru_cache

from vcdd.core.vocabulary import Strength, Vocabulary, Word
from vcdd.detect.judge import shapes

_TOKEN = re.compile(r"[A-Za-z0-9@][\w.\-:/@+]{2,119}", re.ASCII)
"""Languages without spaces put words of their own directly behind an id; ids are ASCII."""
_MAX_TOKENS = 4000
_BEFORE = 48
_OTHER_THING = re.compile(
    r"(?:data_?sets?|image)[\"']?\s{0,2}[(=:]\s{0,2}[\"']?\Z|(?:source|volume|\s-v|--name)[= ]\Z|"
    r"\b(?:pip3?|pipx|uv|poetry|conda|mamba|npm|yarn|pnpm|brew) (?:pip )?(?:install|add|create|activate) (?:-{1,2}\w[\w-]{0,20} ){0,2}\Z",
    re.IGNORECASE,
)
"""What stands before the name of a data set, a container's image, volume or own name (`load_dataset("`, `image: `), or a
package or environment (`pip install `)."""
_ADDRESS = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/(?:models/)?([\w.\-]+/[\w.\-]+)")


def mentions_in(text: str, vocabulary: Vocabulary, *, is_comment: bool = False) -> list[tuple[int, str, Word]]:
    """(0-based offset, id, word) for every known id among the words of a text, in order, without repeats.

    Comments and docstrings speak of families by short names of their own making (gpt-3.5): there a family's name counts
    only in quotes or behind an organisation.
    """
    found: dict[str, tuple[int, str, Word]] = {}
    for count, match in enumerate(_TOKEN.finditer(text)):
        if count >= _MAX_TOKENS:
            break
        token = _id_of(match.group())
        if not token or token in found or _OTHER_THING.search(text, max(0, match.start() - _BEFORE), match.start()):
            continue
        word = vocabulary.look_up(token)
        if (
            word.strength is Strength.EXACT
            or (word.strength is Strength.FAMILY and (not is_comment or _is_written_as_id(text, match.start(), token)))
            or (word.strength is Strength.ORG and _is_published(token))
        ):
            found[token] = (match.start(), token, word)
    return list(found.values())


def _is_written_as_id(text: str, start: int, token: str) -> bool:
    return "/" in token or text[start - 1 : start] in ("'", '"', "`")


def _is_published(token: str) -> bool:
    """`org/name` with a size, version or hyphen in its name. `Anthropic/OpenAI` in a sentence means "or"."""
    return shapes.is_org_name(token) and any(char in "0123456789-_" for char in token.partition("/")[2])


@lru_cache(maxsize=65536)
def _id_of(word: str) -> str:
    """The id that a word of a text could be; empty for an ordinary word."""
    token = _hub_path(word.rstrip(".:,/-"))
    if not shapes.is_marked(token) or not shapes.is_id_shaped(token):
        return ""
    # "GPT-4" in a sentence names a family, not an id.
    return token if "/" in token or token == token.lower() else ""


def _hub_path(token: str) -> str:
    """`org/name` of a Hub page address, the token itself otherwise."""
    for host in ("huggingface.co/", "hf.co/"):
        _, mark, rest = token.partition(host)
        if mark:
            parts = rest.split("/")
            return "/".join(parts[:2]) if parts[0] not in ("datasets", "spaces", "docs", "blog", "papers") else ""
    return token
