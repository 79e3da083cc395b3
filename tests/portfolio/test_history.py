"""The history of a clone: when did they move from GPT to Qwen? Real repositories made by git, read without it."""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.portfolio.factory import GPT, MISTRAL, PLAIN, QWEN
from tests.target.git import ENVIRONMENT
from vcdd.cli.inputs import open_inputs
from vcdd.errors import TargetError
from vcdd.portfolio.history.svg import history_svg
from vcdd.portfolio.history.text import history_csv, history_json, history_text
from vcdd.portfolio.history.values import Bound, History, Point
from vcdd.portfolio.history.walk import read_history, sample
from vcdd.settings import Settings

BEGAN = datetime(2025, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def inputs():
    return open_inputs(Settings(offline=True, cache=False), prices=False)


def git(folder, *words, when=BEGAN):
    stamp = when.isoformat()
    env = ENVIRONMENT | {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
    return subprocess.run(
        ["git", *words], cwd=folder, env=env, check=True, capture_output=True, text=True
    ).stdout.strip()


def commit(folder, number, **texts):
    """Write the files and commit them, `number` weeks after the beginning; the id."""
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", str(number), when=BEGAN + timedelta(weeks=number))
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """Forty weekly commits: GPT from the 5th, Qwen beside it from the 18th, GPT gone from the 27th."""
    folder = tmp_path_factory.mktemp("moved")
    git(folder, "init", "--quiet", "--initial-branch=main")
    ids = []
    for number in range(40):
        app = PLAIN if number < 5 else GPT if number < 27 else PLAIN
        local = QWEN if number >= 18 else PLAIN
        ids.append(commit(folder, number, app=app, local=local, notes=f"'''week {number}'''\n"))
    return folder, ids


@pytest.fixture(scope="module")
def found(moved, inputs):
    return read_history(str(moved[0]), "HEAD", inputs, samples=6, extra=30)


def test_the_very_commits_of_each_change_are_found(found, moved):
    """Six samples would only bracket them; halving finds them, and says that they are exact."""
    ids = moved[1]
    spans = {span.bound.model: span for span in found.spans}
    gpt, qwen = spans["gpt-4o"], spans["Qwen/Qwen2.5-7B-Instruct"]
    assert (gpt.first.commit, gpt.last.commit, gpt.is_current) == (ids[5], ids[26], False)
    assert (qwen.first.commit, qwen.last.commit, qwen.is_current) == (ids[18], ids[39], True)
    assert all((span.first_is_exact, span.last_is_exact, span.has_gap) == (True, True, False) for span in (gpt, qwen))
    assert [span.bound.country for span in found.spans] == ["US", "CN"]


def test_few_commits_are_read_and_each_file_once(found):
    """Of 40 commits fewer than 30; of 120 files in them every distinct one at most once."""
    assert len(found.points) < 30
    assert found.commits == 40
    assert found.is_whole
    assert found.blobs <= len(found.points) + 4


def test_shares_over_time(found):
    """Nothing, then all American, then half and half, then all Chinese."""
    mixes = []
    for point in found.points:
        if not mixes or mixes[-1] != point.shares("country"):
            mixes.append(point.shares("country"))
    assert mixes == [{}, {"US": 1.0}, {"CN": 0.5, "US": 0.5}, {"CN": 1.0}]


def test_without_extra_commits_a_change_is_bracketed(moved, inputs):
    """And the table says that it is."""
    rough = read_history(str(moved[0]), "HEAD", inputs, samples=6, extra=0)
    assert len(rough.points) == 6
    assert not any(span.first_is_exact for span in rough.spans)
    assert "≤ " in history_text(rough)


def test_up_to_a_ref(moved, inputs):
    """A tag or an id ends the line earlier."""
    folder, ids = moved
    assert {s.bound.model for s in read_history(str(folder), ids[10], inputs, samples=3).spans} == {"gpt-4o"}


def test_a_model_that_went_and_came_back_has_a_gap(tmp_path, inputs):
    """One row, and the gap is said."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    for number, text in enumerate((GPT, PLAIN, GPT)):
        commit(tmp_path, number, app=text)
    (span,) = read_history(str(tmp_path), "HEAD", inputs).spans
    assert span.has_gap
    assert span.is_current


def test_a_shallow_clone_says_that_it_is_one(moved, inputs, tmp_path):
    """What came before the oldest commit is unknown, so nothing is said to have begun there."""
    shallow = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "--quiet", "--depth", "8", moved[0].as_uri(), str(shallow)], env=ENVIRONMENT, check=True
    )
    history = read_history(str(shallow), "HEAD", inputs)
    assert not history.is_whole
    assert "the clone is shallow" in history.warnings[0]
    assert [span.first_is_exact for span in history.spans] == [False]


def test_only_objects_are_read(moved, inputs, tmp_path):
    """A bare repository with a hostile configuration and hooks gives the same answer; nothing of it runs."""
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(moved[0]), str(bare)], env=ENVIRONMENT, check=True)
    marker = tmp_path / "ran"
    (bare / "config").write_text(
        f'[core]\n\tfsmonitor = "touch {marker}"\n\tsshCommand = "touch {marker}"\n[include]\n\tpath = /dev/zero\n'
    )
    plain = read_history(str(moved[0]), "HEAD", inputs, samples=4, extra=0)
    assert read_history(str(bare), "HEAD", inputs, samples=4, extra=0).points == plain.points
    assert not marker.exists()


@pytest.mark.parametrize(
    ("make", "ref"), [(False, "HEAD"), (True, "HEAD"), (True, "no-such-branch"), (True, "../../etc/passwd")]
)
def test_no_repository_or_no_ref_is_said(tmp_path, inputs, make, ref):
    """One sentence with a next step."""
    if make:
        git(tmp_path, "init", "--quiet")
    with pytest.raises(TargetError) as caught:
        read_history(str(tmp_path), ref, inputs)
    assert caught.value.help


def test_a_damaged_object_costs_what_it_holds(tmp_path, inputs):
    """A blob that is no blob: the rest of the history is read, and the loss is said."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path, 0, app=GPT, other=MISTRAL)
    name = git(tmp_path, "rev-parse", "HEAD:other.py")
    broken = tmp_path / ".git" / "objects" / name[:2] / name[2:]
    broken.chmod(0o644)
    broken.write_bytes(b"not zlib")
    history = read_history(str(tmp_path), "HEAD", inputs)
    assert [span.bound.model for span in history.spans] == ["gpt-4o"]
    assert "1 files are not in the clone" in history.warnings[0]


# -- pictures and tables


def test_the_picture_is_one_quiet_svg(found):
    """Well-formed, titled, without script, address or foreign namespace."""
    root = ET.fromstring(history_svg(found))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {"svg", "title", "desc", "style", "rect", "text", "line"}
    assert "href" not in history_svg(found)
    assert "gpt-4o" in "".join(root.itertext())


HOSTILE = "</text><script>alert(1)</script>\x1b]0;x\x07"


def composed(*stacks, times=None):
    points = [
        Point(
            commit=f"{n:040x}",
            time=(times[n] if times else 1_700_000_000 + n * 86_400),
            place=n,
            bound=tuple(sorted(stack)),
        )
        for n, stack in enumerate(stacks)
    ]
    return History(
        name=HOSTILE,
        ref=HOSTILE,
        points=tuple(points),
        commits=len(points),
        is_whole=True,
        blobs=1,
        warnings=(HOSTILE,),
    )


def bound(model="m", lab="Lab", country="FR", **rest):
    return Bound(model=model, provider=rest.pop("provider", "self-hosted"), lab=lab, country=country, weights="open")


def test_hostile_names_stay_text():
    """In the picture, the table and the machine formats."""
    history = composed([bound(HOSTILE, HOSTILE, provider=HOSTILE)], [])
    ET.fromstring(history_svg(history))
    assert "<script>" not in history_svg(history)
    assert "\x1b" not in history_text(history) + history_svg(history) + history_json(history)
    assert json.loads(history_json(history))["spans"][0]["model"] == HOSTILE
    assert "=1+1" not in {line.split(",")[0].strip('"') for line in history_csv(composed([bound("=1+1")])).splitlines()}


def test_many_labs_share_the_colour_of_others():
    """Eight get a colour of their own; the rest is there, and named so."""
    history = composed([bound(f"m{n}", f"Lab {n:02}") for n in range(12)])
    assert ">others</text>" in history_svg(history)
    assert ">others</text>" not in history_svg(composed([bound(f"m{n}", f"Lab {n:02}") for n in range(8)]))


@pytest.mark.parametrize("times", [[0, 0], [5, 5], [9_000_000, 1], [-(10**11), 10**11]])
def test_clocks_that_say_nothing_still_give_a_picture(times):
    """No time at all, one time, running backwards, outside every calendar."""
    ET.fromstring(history_svg(composed([bound()], [], times=times)))
    assert history_text(composed([bound()], [], times=times))


def test_an_empty_history_says_so():
    """No model at any commit."""
    assert "No model is bound" in history_text(composed([], []))
    ET.fromstring(history_svg(composed([], [])))


@given(st.lists(st.integers(-(2**40), 2**40), max_size=60), st.integers(1, 20))
def test_samples_are_few_ascending_and_have_both_ends(times, count):
    """Whatever the clocks of the authors say."""
    places = sample(times, count)
    assert places == sorted(set(places))
    assert len(places) <= count + 1
    if times:
        assert places[-1] == len(times) - 1
        assert count == 1 or places[0] == 0
