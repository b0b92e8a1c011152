import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import JsonResponse

from motcua.casework.documents import selectors, services
from motcua.casework.documents.models import StoredFile
from motcua.casework.documents.tests import samples
from motcua.casework.documents.tests.conftest import AT
from motcua.foundation.core.types import NotFound, Refusal


def body(response) -> bytes:
    """Return the whole content and close the file."""
    content = b"".join(response.streaming_content)
    response.close()
    return content


@pytest.mark.parametrize(
    ("case", "content", "name", "download", "disposition", "media_type", "sandboxed"),
    [
        ("pdf in the page", samples.pdf(), "don.pdf", False, 'inline; filename="don.pdf"', "application/pdf", False),
        ("pdf saved", samples.pdf(), "don.pdf", True, 'attachment; filename="don.pdf"', "application/pdf", False),
        ("picture", samples.picture(), "anh.jpg", False, 'inline; filename="anh.jpg"', "image/jpeg", True),
        ("word is never shown", samples.docx(), "d.docx", False, 'attachment; filename="d.docx"',
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document", True),
        ("vietnamese name", samples.pdf(), "Đơn.pdf", True, "attachment; filename*=utf-8''%C4%90%C6%A1n.pdf",
         "application/pdf", False),
    ],
)  # fmt: skip
def test_headers(case, content, name, download, disposition, media_type, sandboxed, upload):
    row = upload(content, name)

    response = selectors.file_response(selectors.open_file(row.public_id), download=download)

    assert body(response) == content
    assert response["Content-Disposition"] == disposition
    assert response["Content-Type"] == media_type
    assert response["Content-Length"] == str(len(content))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert ("sandbox" in response["Content-Security-Policy"]) is sandboxed


def test_a_name_cannot_write_headers(upload):
    row = upload(samples.pdf(), 'x"\r\nSet-Cookie: a=b\r\n.pdf')

    response = selectors.file_response(selectors.open_file(row.public_id))

    assert "\n" not in response["Content-Disposition"]
    assert not response.has_header("Set-Cookie")
    response.close()


def test_the_clean_copy_is_shown_and_the_original_saved(upload):
    content = samples.pdf(change=samples.with_javascript)
    row = upload(content, "don.pdf")

    shown = selectors.open_file(row.public_id, preview=True)
    saved = selectors.open_file(row.public_id)

    with shown.stream, saved.stream:
        assert shown.stream.read() != content
        assert saved.stream.read() == content
    assert shown.size != saved.size


@pytest.mark.parametrize(("case", "public_id"), [("unknown", "0193-x"), ("not there", "0" * 32)])
def test_unknown_files_are_not_found(case, public_id, store, db):
    with pytest.raises(NotFound):
        selectors.open_file(public_id)


def test_a_lost_content_is_not_found(upload, store):
    row = upload(samples.pdf(), "don.pdf")
    (store / row.key).unlink()

    with pytest.raises(NotFound):
        selectors.open_file(row.public_id)


def test_a_refused_file_opens_no_more(upload):
    row = upload(samples.pdf(), "don.pdf")
    row.refuse(code="file-infected")
    row.save()

    with pytest.raises(NotFound):
        selectors.open_file(row.public_id)
    assert selectors.file_card(row.public_id).state == "refused"


def test_files_come_by_key_in_one_query(upload, django_assert_num_queries):
    rows = [upload(samples.pdf(), f"{number}.pdf") for number in range(3)]

    with django_assert_num_queries(1):
        cards = selectors.files([row.pk for row in rows] + [0])

    assert cards == {row.pk: row.card() for row in rows}


def test_a_paper_is_shown_in_the_page():
    response = selectors.paper_response(b"%PDF", name="Giấy hẹn.pdf")

    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"


def taking_view(request):
    """Store what is posted, as a face would."""
    file = request.FILES["file"]
    try:
        row = services.store_upload(file=file, name=file.name, purpose="component", at=AT, owner_key="draft:1")
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=refusal.http_status)
    return JsonResponse({"size": row.size})


@pytest.mark.parametrize(
    ("case", "length", "status", "answer"),
    [
        ("small", 10_000, 200, {"size": 10_000}),
        ("in the temporary file of Django", 1_048_576, 200, {"size": 1_048_576}),
        ("beyond", 1_048_577, 413, {"code": "file-too-large"}),
        ("far beyond", 9_000_000, 413, {"code": "file-too-large"}),
    ],
)
def test_uploads_over_http(case, length, status, answer, rf, store, db, settings):
    settings.MOTCUA_UPLOAD_LIMIT_MB = 1
    content = samples.pdf()
    content += b"\n" * (length - len(content) - 6) + b"%%EOF\n"

    response = taking_view(rf.post("/take", {"file": SimpleUploadedFile("don.pdf", content)}))

    assert response.status_code == status
    assert json.loads(response.content).items() >= answer.items()
    assert StoredFile.objects.count() == (status == 200)
