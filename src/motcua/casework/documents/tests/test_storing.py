import hashlib
import random
from pathlib import Path

import pikepdf
import pytest
from django.db import IntegrityError
from pytest_django import Settings

from motcua.casework.documents import filestore, selectors, services, types
from motcua.casework.documents.models import StoredFile
from motcua.casework.documents.receiving import MEGABYTE, clean_name
from motcua.casework.documents.tests import samples
from motcua.casework.documents.tests.conftest import AT, contents


def test_a_pdf_is_kept_as_it_came(upload, store):
    content = samples.pdf(pages=3)

    row = upload(content, "Đơn đề nghị.pdf", declared_type="application/pdf")

    assert (row.kind, row.pages, row.state, row.warnings) == ("pdf", 3, "ready", [])
    assert (row.size, row.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert row.name == "Đơn đề nghị.pdf"
    assert contents(store) == [store / row.key]
    assert (store / row.key).read_bytes() == content


def test_the_key_is_made_of_day_and_uuid_only(upload):
    row = upload(samples.pdf(), "Đơn.pdf")

    assert row.key == f"stored/2026/11/23/{row.public_id}"


@pytest.mark.parametrize(
    ("case", "content", "name", "kind", "kept_name"),
    [
        ("jpg", samples.picture(), "anh.JPEG", "jpg", "anh.JPEG"),
        ("png", samples.picture("PNG"), "anh.png", "png", "anh.png"),
        ("png named jpg is taken for what it is", samples.picture("PNG"), "anh.jpg", "png", "anh.png"),
        ("photo without extension", samples.picture(), "IMG 0912", "jpg", "IMG 0912.jpg"),
        ("docx", samples.docx(), "to khai.docx", "docx", "to khai.docx"),
        ("xlsx", samples.xlsx(), "bang.xlsx", "xlsx", "bang.xlsx"),
    ],
)
def test_kinds_that_are_taken(case, content, name, kind, kept_name, upload):
    row = upload(content, name)

    assert (row.kind, row.name, row.state) == (kind, kept_name, "ready")


BOMB = samples.docx(word__bomb=b"\0" * (30 * MEGABYTE))
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
LOCKED_WORD = OLD_WORD + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("case", "content", "name", "refusal", "code"),
    [
        ("0 bytes", b"", "don.pdf", types.FileEmpty, "file-empty"),
        ("program renamed", b"MZ" + b"\0" * 500, "don.pdf", types.FileMismatch, "file-mismatch"),
        ("program", b"MZ" + b"\0" * 500, "don.pdf.exe", types.FileKindRefused, "file-kind"),
        ("web page named jpg", b"<!doctype html><html></html>", "anh.jpg", types.FileMismatch, "file-mismatch"),
        ("plain words named pdf", b"xin chao" * 50, "don.pdf", types.FileMismatch, "file-mismatch"),
        ("docx named pdf", samples.docx(), "don.pdf", types.FileMismatch, "file-mismatch"),
        ("pdf named docx", samples.pdf(), "don.docx", types.FileMismatch, "file-mismatch"),
        ("xlsx named docx", samples.xlsx(), "don.docx", types.FileMismatch, "file-mismatch"),
        ("archive", samples.archive({"a.pdf": b"x"}), "giay to.zip", types.FileKindRefused, "file-kind"),
        ("archive named docx", samples.archive({"a": b"x"}), "don.docx", types.FileMismatch, "file-mismatch"),
        ("archive without name", samples.archive({"a": b"x"}), "giayto", types.FileKindRefused, "file-kind"),
        ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", types.FileKindRefused, "file-kind"),
        ("heic", b"\0\0\0\x18ftypheic" + b"\0" * 50, "IMG.HEIC", types.FileKindRefused, "file-kind"),
        ("old word", OLD_WORD, "don.doc", types.FileKindRefused, "file-kind"),
        ("old word named docx", OLD_WORD, "don.docx", types.FileMismatch, "file-mismatch"),
        ("docx under a password", LOCKED_WORD, "don.docx", types.FileEncrypted, "file-encrypted"),
        ("unknown without name", b"xin chao", "tep", types.FileKindRefused, "file-kind"),
        ("cut pdf", samples.pdf(pages=40)[:-900], "don.pdf", types.FileBroken, "file-broken"),
        ("head of a pdf only", b"%PDF-1.7\n" + b"x" * 900, "don.pdf", types.FileBroken, "file-broken"),
        ("pdf under a password", samples.pdf(password="bi-mat"), "d.pdf", types.FileEncrypted, "file-encrypted"),
        ("cut jpg", samples.picture()[:-3000], "anh.jpg", types.FileBroken, "file-broken"),
        ("cut png", samples.picture("PNG")[:-300], "anh.png", types.FileBroken, "file-broken"),
        ("cut docx", samples.docx()[:-40], "don.docx", types.FileBroken, "file-broken"),
        ("docx that climbs out", samples.docx(**{"..__x": b"1"}), "don.docx", types.FileBroken, "file-broken"),
        ("zip bomb", BOMB, "don.docx", types.FileTooComplex, "file-too-complex"),
        ("macro by name", samples.docx(), "don.docm", types.FileWithMacros, "file-macro"),
        ("macro inside", samples.docx(**{"word__vbaProject.bin": b"1"}), "don.docx",
         types.FileWithMacros, "file-macro"),
    ],
)  # fmt: skip
def test_refused_and_nothing_kept(case, content, name, refusal, code, upload, store):
    with pytest.raises(refusal) as caught:
        upload(content, name)

    assert caught.value.code == code
    assert str(caught.value)
    assert "%(" not in str(caught.value)
    assert contents(store) == []
    assert not StoredFile.objects.exists()


def test_a_picture_of_too_many_pixels_is_refused(upload, store, monkeypatch):
    monkeypatch.setattr("motcua.casework.documents.image_inspection.PNG_PIXELS", 1000)

    with pytest.raises(types.FileTooComplex):
        upload(samples.picture("PNG"), "anh.png")

    assert contents(store) == []


def test_100_mb_is_refused_after_the_limit_without_reading_on(store, db):
    endless = samples.Endless(100 * MEGABYTE)

    with pytest.raises(types.FileTooLarge) as caught:
        services.store_upload(file=endless, name="a.pdf", purpose="component", at=AT, owner_key="draft:1")

    assert caught.value.http_status == 413
    assert caught.value.params["limit"] == 20
    assert endless.handed_out <= 21 * MEGABYTE
    assert contents(store) == []


def test_an_announced_size_over_the_limit_is_refused_unread(store, db):
    endless = samples.Endless(100 * MEGABYTE)
    endless.size = 34 * MEGABYTE

    with pytest.raises(types.FileTooLarge) as caught:
        services.store_upload(file=endless, name="a.pdf", purpose="component", at=AT, owner_key="draft:1")

    assert caught.value.params == {"size": 34, "limit": 20}
    assert endless.handed_out == 0


def test_a_file_of_exactly_the_limit_is_taken(upload, settings: Settings):
    settings.MOTCUA_UPLOAD_LIMIT_MB = 1
    content = samples.pdf()
    padded = content + b"\n" * (MEGABYTE - len(content) - 6) + b"%%EOF\n"

    assert upload(padded, "don.pdf").size == MEGABYTE


@pytest.mark.parametrize(
    ("case", "change", "warnings"),
    [
        ("script", samples.with_javascript, ["active-content"]),
        ("program behind a link", samples.with_script_link, ["active-content"]),
        ("attachment", samples.with_attachment, ["attachments"]),
        ("opens at page one", samples.with_view_at_opening, []),
    ],
)
def test_what_acts_in_a_pdf_is_kept_but_not_shown(case, change, warnings, upload, store):
    content = samples.pdf(change=change)

    row = upload(content, "don.pdf")

    assert row.warnings == warnings
    assert (row.state, bool(row.preview_key)) == (("warned", True) if warnings else ("ready", False))
    assert (store / row.key).read_bytes() == content
    if warnings:
        shown = (store / row.preview_key).read_bytes()
        for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFiles", b"/OpenAction"):
            assert word not in pikepdf_text(store / row.preview_key), word
        assert shown.startswith(b"%PDF")


def pikepdf_text(path: Path) -> bytes:
    """Return the objects of a PDF written out."""
    with pikepdf.open(path) as pdf:
        return b"".join(
            item.unparse(resolved=True) for item in [pdf.trailer, pdf.Root, *pdf.objects] if item is not None
        )


def test_a_signed_pdf_stays_whole(upload, store):
    content = samples.pdf(change=lambda document: (samples.with_signature(document), samples.with_javascript(document)))

    row = upload(content, "quyet dinh.pdf")

    assert row.is_signed
    assert (store / row.key).read_bytes() == content


@pytest.mark.parametrize(
    ("case", "content", "warnings"),
    [
        ("small", samples.picture(size=(300, 400)), ["small-image"]),
        ("blank", samples.picture(blank=True), ["blank-image"]),
        ("both", samples.picture("PNG", size=(300, 400), blank=True), ["blank-image", "small-image"]),
    ],
)
def test_pictures_that_may_not_be_readable_carry_a_remark(case, content, warnings, upload):
    row = upload(content, "anh.png" if content.startswith(b"\x89") else "anh.jpg")

    assert (row.state, row.warnings) == ("warned", warnings)
    assert all(str(remark) for remark in row.card().remarks)


@pytest.mark.parametrize(
    ("case", "given", "kept"),
    [
        ("path", "../../etc/passwd.pdf", "passwd.pdf"),
        ("windows path", r"C:\Users\an\đơn.pdf", "đơn.pdf"),
        ("absolute", "/etc/passwd", "passwd"),
        ("only dots", "..", "tep"),
        ("nothing", "", "tep"),
        ("turned direction", "cv\u202efdp.exe", "cvfdp.exe"),
        ("line break and quote", 'a"\r\nSet-Cookie: x.pdf', "a Set-Cookie x.pdf"),
        ("null", "a\0.pdf", "a.pdf"),
        ("decomposed letters", "e\u0302\u0301.pdf", "ế.pdf"),
        ("long", "a" * 300 + ".pdf", "a" * 146 + ".pdf"),
    ],
)
def test_names_are_cleaned(case, given, kept):
    assert clean_name(given) == kept


def test_a_climbing_name_writes_nowhere_else(upload, store, tmp_path):
    upload(samples.pdf(), "../../../../outside.pdf")

    assert [path.name for path in tmp_path.iterdir()] == ["files"]
    assert len(contents(store)) == 1


def test_no_file_stays_when_the_row_cannot_be_written(upload, store, monkeypatch):
    def fail(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(StoredFile, "save", fail)

    with pytest.raises(IntegrityError):
        upload(samples.pdf(change=samples.with_javascript), "don.pdf")

    assert contents(store) == []


def test_no_row_stays_when_the_disk_fails(upload, store, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(filestore.default_storage, "save", fail)

    with pytest.raises(OSError, match="No space"):
        upload(samples.pdf(), "don.pdf")

    assert contents(store) == []
    assert not StoredFile.objects.exists()


def test_made_papers_are_stored_like_uploads(store, db):
    row = services.store_made(
        content=samples.pdf(), name="Giấy tiếp nhận.pdf", purpose="paper", at=AT, owner_key="dossier:7"
    )

    assert selectors.files_of("dossier:7") == [row.card()]


def spoiled(content: bytes, dice: random.Random) -> bytes:
    """Return `content` with bytes changed, cut out and put in."""
    spoilt = bytearray(content)
    for _ in range(dice.choice([1, 2, 5, 30])):
        at = dice.randrange(len(spoilt))
        spoilt[at : at + dice.choice([0, 1, 1, 1, 20])] = dice.randbytes(dice.choice([1, 1, 1, 0, 12]))
    return bytes(spoilt) or b"x"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", samples.pdf(pages=3, change=samples.with_javascript)),
        ("a.pdf", samples.pdf(change=samples.with_script_link)),
        ("a.jpg", samples.picture(size=(700, 700))),
        ("a.png", samples.picture("PNG", size=(700, 700))),
        ("a.docx", samples.docx()),
    ],
)
def test_damage_of_any_kind_ends_in_a_file_or_a_refusal(name, content, upload, store):
    dice = random.Random(20261123)
    kept = 0

    for _ in range(40):
        try:
            upload(spoiled(content, dice), name)
        except types.FileRefusal:
            continue
        kept += 1

    assert StoredFile.objects.count() == kept
    assert len([path for path in contents(store) if not path.name.endswith(".shown")]) == kept
