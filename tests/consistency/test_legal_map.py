"""The page of articles is built from the source; here it is compared with it."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def test_the_legal_map_is_what_the_source_says():
    checked = subprocess.run(
        [sys.executable, "tools/legal_map.py", "--check"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert checked.stderr + checked.stdout == ""
