"""`python -m bench.papers`: receipts (form 01) a second of one core, beside a book of 1,000 lines and a long register.

The result goes to docs/measurements/papers.json. The aim is 20 receipts a second of a core.
"""

import argparse
import dataclasses
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

AIM = 20.0
FILE = Path(__file__).resolve().parent.parent / "docs" / "measurements" / "papers.json"


def receipts(count: int) -> dict[str, Any]:
    """Render receipts that differ, in one thread; return their rate by the clock and by processor time."""
    from motcua.casework.documents import services
    from motcua.casework.documents.tests import paper_samples as papers

    services.render_paper("receipt", papers.RECEIPT)
    began, used = time.perf_counter(), time.process_time()
    for number in range(count):
        services.render_paper("receipt", dataclasses.replace(papers.RECEIPT, code=f"H01.34-261109-{number:04}"))
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    return {
        "receipts": count,
        "per_second": round(count / seconds, 1),
        "per_second_of_core": round(count / cpu, 1),
        "aim_per_second_of_core": AIM,
    }


def long_papers() -> dict[str, float]:
    """Return seconds of one render of a book of 1,000 lines and of a register of 2,000 dossiers."""
    from motcua.casework.documents import services
    from motcua.casework.documents.tests import paper_samples as papers

    book, register = papers.REGISTER_BOOK, papers.DOSSIER_REGISTER
    lines = tuple(dataclasses.replace(book.lines[n % 30], number=f"{n + 1}/KQ") for n in range(1000))
    rows = register.rows * 100
    return {
        "book_of_1000_lines_seconds": _seconds(services, "register_book", dataclasses.replace(book, lines=lines)),
        f"register_of_{len(rows)}_seconds": _seconds(
            services, "dossier_register", dataclasses.replace(register, rows=rows)
        ),
    }


def _seconds(services: Any, kind: str, data: Any) -> float:
    began = time.process_time()
    services.render_paper(kind, data)
    return round(time.process_time() - began, 2)


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.papers", description=__doc__)
    parser.add_argument("--receipts", type=int, default=200)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings.test")
    import django

    django.setup()
    load = round(os.getloadavg()[0], 2)
    found = receipts(asked.receipts) | long_papers()
    told = {"at": datetime.now(tz=UTC).isoformat(timespec="seconds"), "load_before": load, **found}
    FILE.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=2))  # noqa: T201 - the command's answer


if __name__ == "__main__":
    main()
