"""What stops a start. The message is the whole story: one plain sentence, no traceback."""

import contextlib
import errno
import sys
from collections.abc import Iterator


class StartProblem(Exception):  # noqa: N818 - named as the state of affairs that the sentence describes
    """Something outside the program prevents the start."""


@contextlib.contextmanager
def told_plainly() -> Iterator[None]:
    """Print a problem as one sentence and leave with exit code 1."""
    try:
        yield
    except StartProblem as problem:
        sys.exit(f"motcua: {problem}")
    except OSError as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        sys.exit(f"motcua: {sentence}")


def _sentence(error: OSError) -> str | None:
    where = error.filename or "the disk"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"the disk that holds {where} is full. Free some space and start again."
    if error.errno == errno.EROFS:
        return f"{where} cannot be written: the disk is mounted read-only."
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"{where} cannot be opened by this user. Check who owns it, or start as that user."
    return None
