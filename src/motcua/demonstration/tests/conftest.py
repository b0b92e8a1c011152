"""A small province for the tests that load into the database: four communes, and procedures that have a process."""

import gzip
import json
from importlib.resources import files

import pytest

from motcua.casework.procedures import services as procedures
from motcua.demonstration import pairing, province
from motcua.demonstration.loading import catalogue
from motcua.foundation.accounts.types import SYSTEM

KEPT = {"30742", "30814", "30307", "31078"}  # a busy ward, an island with few people, a ward, a special zone


@pytest.fixture
def small_province(monkeypatch):
    """Plan only four communes; codes, names and everything provincial stay as they are."""
    whole = list(province.communes())
    monkeypatch.setattr(province, "communes", lambda: (item for item in whole if item[0]["ward_code"] in KEPT))
    province.plan.cache_clear()
    yield
    province.plan.cache_clear()


@pytest.fixture
def few_procedures(monkeypatch):
    """Import only the procedures that a process is paired with."""
    packed = (files("motcua.casework.procedures.data") / "procedures.jsonl.gz").read_bytes()
    wanted = set(pairing.paired_procedures())
    lines = [line for line in gzip.decompress(packed).splitlines() if json.loads(line)["code"] in wanted]

    def load(*, at):
        procedures.import_records(lines, valid_from=pairing.valid_from(), actor=SYSTEM, at=at)
        return f"{len(lines)} procedures"

    monkeypatch.setattr(catalogue, "load_procedures", load)
