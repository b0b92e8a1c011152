"""What a stored file is, the warnings it may carry, and why a file is not taken."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO, Protocol

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.foundation.core.types import Invalid


class FileKind(models.TextChoices):
    """What the content truly is, whatever the name says."""

    PDF = "pdf", "PDF"
    JPEG = "jpg", "JPG"
    PNG = "png", "PNG"
    DOCX = "docx", "Word (docx)"
    XLSX = "xlsx", "Excel (xlsx)"

    @property
    def media_type(self) -> str:
        """Return the media type that this kind is served with."""
        return MEDIA_TYPES[self.value]

    @property
    def is_image(self) -> bool:
        """Tell whether a browser shows this kind as a picture."""
        return self in {FileKind.JPEG, FileKind.PNG}


_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": _OFFICE + "wordprocessingml.document",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
}


class FileState(models.TextChoices):
    """Whether a stored file may be shown."""

    READY = "ready", pgettext_lazy("file", "Ready")
    WARNED = "warned", pgettext_lazy("file", "Taken, look at the remark")
    REFUSED = "refused", pgettext_lazy("file", "Refused")


class Purpose(models.TextChoices):
    """Why a file was stored."""

    COMPONENT = "component", pgettext_lazy("file", "Paper of a dossier")
    SUPPLEMENT = "supplement", pgettext_lazy("file", "Supplement")
    FORM = "form", pgettext_lazy("file", "Form to download")
    PAPER = "paper", pgettext_lazy("file", "Printed paper")
    DRAFT_RESULT = "draft_result", pgettext_lazy("file", "Draft of a result")
    RESULT = "result", pgettext_lazy("file", "Result")
    OTHER = "other", pgettext_lazy("file", "Other file")


# Stable warning code -> what people read beside the file.
WARNINGS: dict[str, Promise] = {
    "active-content": _("The file holds commands that run by themselves. A clean copy is shown instead."),
    "attachments": _("Other files are hidden inside this file. They are not read."),
    "blank-image": _("The picture looks blank. Look at it again, or hand it in all the same."),
    "not-scanned": _("The virus check has not run yet. It follows shortly."),
    "small-image": _(
        "The picture is small, so the letters may be hard to read. Photograph it closer, or hand it in all the same."
    ),
}


class FileRefusal(Invalid):
    """The file was not taken; nothing of it is kept."""

    code = "file-refused"


class FileEmpty(FileRefusal):
    """0 bytes arrived."""

    code = "file-empty"
    message = _("This file is empty (0 bytes). Choose it again, or photograph the paper once more.")


class FileTooLarge(FileRefusal):
    """More bytes than MOTCUA_UPLOAD_LIMIT_MB. `size` and `limit` are in megabytes."""

    code = "file-too-large"
    message = _(
        "The file has %(size)s MB, more than %(limit)s MB. Photograph it at medium size, or split it into two files."
    )
    http_status = 413


class FileKindRefused(FileRefusal):
    """Neither PDF, picture, Word nor Excel."""

    code = "file-kind"
    message = _(
        "This file cannot be handed in. Choose a PDF, a JPG or PNG picture, a Word (docx) or an Excel (xlsx) file."
    )


class FileMismatch(FileRefusal):
    """The name promises another kind than the content is."""

    code = "file-mismatch"
    message = _(
        "The name says %(declared)s, but the content is something else. Save it as %(declared)s again, then choose it."
    )


class FileBroken(FileRefusal):
    """Damaged or cut off."""

    code = "file-broken"
    message = _("The file is damaged or incomplete and does not open. Save or photograph it again, then choose it.")


class FileEncrypted(FileRefusal):
    """Opens only with a password."""

    code = "file-encrypted"
    message = _("The file is locked with a password. Save it without the password, then choose it.")


class FileWithMacros(FileRefusal):
    """A Word or Excel file that carries programs."""

    code = "file-macro"
    message = _("The file carries macros. Save it as docx or xlsx without macros, or as PDF, then choose it.")


class FileTooComplex(FileRefusal):
    """Small on disk, enormous when opened."""

    code = "file-too-complex"
    message = _("The file becomes too large when opened. Save it as PDF, or photograph the paper at medium size.")


class FileInfected(FileRefusal):
    """The virus scanner named something."""

    code = "file-infected"
    message = _("The virus check found something harmful in this file. Photograph the paper, or bring it to the desk.")


class ScannerDown(Exception):  # noqa: N818 - a state of affairs, handled by storing with a warning
    """The virus scanner gave no answer."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a virus scanner says: `found` is the name of the threat, '' when clean."""

    found: str = ""


class VirusScanner(Protocol):
    """A virus scanner, named by MOTCUA_VIRUS_SCANNER."""

    def scan(self, stream: IO[bytes]) -> Verdict:
        """Read `stream` to its end and judge it.

        Raises:
            ScannerDown: no answer came.
        """
        ...


@dataclass(frozen=True, slots=True)
class FileCard:
    """One stored file as pages and other apps see it.

    Attributes:
        id: for foreign keys; public_id: for URLs.
        name: the person's own file name, cleaned; never part of a path.
        kind: FileKind code; pages: pages of a PDF, 1 for a picture, None for Word and Excel.
        warnings: codes of WARNINGS.
        has_preview: a clean copy exists and is what `inline` serving shows.
    """

    id: int
    public_id: str
    name: str
    kind: str
    media_type: str
    size: int
    sha256: str
    pages: int | None
    purpose: str
    state: str
    warnings: tuple[str, ...]
    is_signed: bool
    has_preview: bool
    owner_key: str
    uploaded_at: datetime

    @property
    def remarks(self) -> list[Promise]:
        """Return the translated warnings."""
        return [WARNINGS[code] for code in self.warnings if code in WARNINGS]

    @property
    def is_viewable(self) -> bool:
        """Tell whether a browser can show it in the page."""
        return self.kind in {"pdf", "jpg", "png"}

    @property
    def is_image(self) -> bool:
        """Tell whether it goes into an <img> rather than an <iframe>."""
        return self.kind in {"jpg", "png"}


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A stored file with its content opened for reading; the caller closes `stream`."""

    card: FileCard
    stream: IO[bytes]
    size: int
