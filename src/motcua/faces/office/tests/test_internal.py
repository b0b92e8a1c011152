"""Pages of internal cases: started with what is wrong at its field, done step by step, listed, taken away."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.access.scene import _pdf

from motcua.casework.internal.models import InternalCase
from motcua.casework.internal.tests import stage

NEW = reverse("office:internal-new", args=[stage.CODE])


def step_url(case):
    return reverse("office:internal-step", args=[case.public_id, stage.tasks(case)[0].public_id])


def test_a_case_is_started_and_done_by_its_buttons(world, sign_in):
    stage.publish()
    officer = sign_in("canbo")
    assert reverse("office:internal") in officer.get(reverse("office:home")).text
    assert NEW in officer.get(reverse("office:internal-choose")).text
    key = officer.get(NEW).context["key"]
    data = {"title": "Quy định mức thu", "lead": world.units["commune"], "due_on": "", "key": key, "start": "1"}
    file = SimpleUploadedFile("de-cuong.pdf", _pdf("de-cuong"), content_type="application/pdf")
    wrong = officer.post(NEW, data | {"ly_do": "", "attachments": file})
    assert wrong.status_code == 422
    assert "Quy định mức thu" in wrong.text
    assert "de-cuong.pdf" in wrong.text
    done = officer.post(NEW, data | {"ly_do": "Cần thiết"}, follow=True)
    assert "1/2026/XDVB" in done.text
    assert "de-cuong.pdf" in done.text
    case = InternalCase.objects.get()

    url = step_url(case)
    nobody_asked = officer.post(url, {"outcome": "send", "note": "Xin góp ý", "lock": ""})
    assert nobody_asked.status_code == 422
    assert "Xin góp ý" in nobody_asked.text
    officer.post(url, {"outcome": "send", "note": "Xin góp ý", "asked": [world.units["department"]], "lock": ""})
    other = sign_in("so.canbo")
    assert "Quy định mức thu" in other.get(reverse("office:internal")).text
    assert "Quy định mức thu" not in other.get(reverse("office:home")).text
    other.post(step_url(case), {"outcome": "agree", "note": "Nhất trí", "lock": ""})
    sheet = officer.get(reverse("office:internal-case", args=[case.public_id])).text
    assert "Nhất trí" in sheet
    assert "<svg" in sheet
    listed = officer.get(reverse("office:internal-export", args=["csv"]), {"view": "all"})
    assert "1/2026/XDVB" in b"".join(listed.streaming_content).decode()


def test_a_case_is_withdrawn_once_with_a_reason(world, sign_in):
    stage.publish()
    case = stage.start(world)
    url = reverse("office:internal-withdraw", args=[case.public_id])
    assert sign_in("so.canbo").get(url).status_code == 404
    officer = sign_in("canbo")
    assert officer.post(url, {"reason": ""}).status_code == 422
    assert "Chờ luật mới" in officer.post(url, {"reason": "Chờ luật mới"}, follow=True).text
    assert officer.get(url).status_code == 302
