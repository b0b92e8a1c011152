"""Records that come in another format than the national file's: told apart and turned into it."""

from motcua.casework.procedures.reading.drafts import Notebook
from motcua.casework.procedures.types import RecordJson


def to_record(raw: RecordJson, notebook: Notebook) -> RecordJson | None:
    """Return the record in the format of the national file."""
    return raw
