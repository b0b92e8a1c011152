"""Lines of a file as records of our format, whatever of the two national formats they came in."""

from collections.abc import Iterable, Iterator

from motcua.casework.procedures.reading.canonical import parse
from motcua.casework.procedures.reading.drafts import Notebook
from motcua.casework.procedures.reading.foreign import to_record
from motcua.casework.procedures.types import RecordJson


def read_lines(lines: Iterable[str | bytes]) -> Iterator[tuple[Notebook, RecordJson | None]]:
    """Parse each line that is not blank; a record of the other national format (LayThuTuc) is turned into ours."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            notebook = Notebook(line=number)
            raw = parse(line, notebook)
            yield notebook, to_record(raw, notebook) if raw is not None else None
