"""Strings that are passed over unread would have been nothing, and a loader still makes a model of a bare word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.detect.judge.fakes import LEXICON, LOADERS, Words, judge_with, seen
from vcdd.core.source_file import SourceFile
from vcdd.detect.engine import read_source
from vcdd.detect.judge.dull import Dullness
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.judge.recognise import is_candidate
from vcdd.detect.judge.surroundings import Surroundings

WHISPER = Words(scoped=frozenset({("base", "whisper")}))
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "code",
    [
        "import whisper\nwhisper.load_model('base')\n",
        "import whisper\nSIZE = 'base'\nwhisper.load_model(SIZE)\n",
        "import whisper\ndef load(size='base'):\n    whisper.load_model(size)\n",
        "import whisper\nSIZES = {'small': 'base'}\nwhisper.load_model(SIZES['small'])\n",
    ],
)
def test_a_bare_word_is_a_model_where_a_loader_takes_it(code):
    assert "base bound" in seen(code, WHISPER)


def files():
    """What the readers see in the examples and in files of our own."""
    paths = [*(ROOT / "examples").rglob("*"), *(ROOT / "vcdd" / "detect").rglob("*.py"), ROOT / "pyproject.toml"]
    texts = (
        SourceFile(path=str(p.relative_to(ROOT)), text=p.read_text("utf-8", "replace")) for p in paths if p.is_file()
    )
    return [read for source in texts if (read := read_source(source)) is not None]


def test_no_rule_makes_anything_of_a_dull_string():
    read, judge = files(), judge_with(WHISPER)
    index = LinkIndex(read)
    around = Surroundings(read, index, LOADERS, WHISPER, LEXICON.places)
    dullness = Dullness(vocabulary=WHISPER, loaders=LOADERS, index=index)
    words = [s for file in read for s in file.sites if s.text and is_candidate(s.text, LEXICON.places)]
    dull = [site for site in words if dullness.of(site)]
    assert len(dull) > len(words) / 4
    assert [site for site in dull if list(judge._candidates(site, around.place(site), index, around))] == []


@pytest.mark.parametrize(
    "text", ["acme-x1", "acme/x", "en_core_web_lg", "https://api.acme.com", "weights.gguf", "gpt4"]
)
def test_what_has_the_shape_of_an_id_is_never_dull(text):
    read = read_source(SourceFile(path="a.py", text=f"x = {text!r}\n"))
    index = LinkIndex([read])
    assert not Dullness(vocabulary=WHISPER, loaders=LOADERS, index=index).of(read.sites[0])
