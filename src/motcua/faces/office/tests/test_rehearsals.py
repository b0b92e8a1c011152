"""The test bench: walking, keeping a walk as a test, past dossiers in a drawing; nothing real changes."""

import json
import re

from django.urls import reverse

from motcua.casework.dossiers.models import Dossier, JournalEntry
from motcua.casework.workflow.models import ProcessScenario, Run, Token


def version(world):
    row = Dossier.objects.earliest("pk").process_version
    return row.definition.code, row.number


def first_button(text):
    return re.search(r'name="step" value="([^"]+)"', text).group(1)


def walked(text):
    return re.search(r'name="walked" value="([^"]*)"', text).group(1).replace("&quot;", '"')


def test_a_walk_to_the_end_and_back_changes_nothing_real(world, sign_in):
    world.take_in()
    counts = [model.objects.count() for model in (Dossier, JournalEntry, Run, Token)]
    officer, address = sign_in("canbo"), reverse("office:bench", args=version(world))
    text = officer.get(address).text
    for _step in range(30):
        if 'name="step"' not in text:
            break
        text = officer.post(address, {"walked": walked(text), "step": first_button(text)}).text
    steps = json.loads(walked(text))
    assert len(steps) >= 4
    assert "Quy trình đã kết thúc" in text
    text = officer.post(address, {"walked": walked(text), "back": "1"}).text
    assert json.loads(walked(text)) == steps[:-1]
    assert json.loads(walked(officer.post(address, {"walked": walked(text), "again": "1"}).text)) == []
    assert counts == [model.objects.count() for model in (Dossier, JournalEntry, Run, Token)]


def test_a_step_that_cannot_be_is_told_and_not_kept(world, sign_in):
    world.take_in()
    officer, address = sign_in("canbo"), reverse("office:bench", args=version(world))
    told = officer.post(address, {"walked": "[]", "step": "E1|"}).text
    assert 'role="alert"' in told
    assert json.loads(walked(told)) == []
    for hostile in ("{", '[["x"]]', "[" * 5000, '"x"', "null"):
        assert officer.post(address, {"walked": hostile}).status_code == 200


def test_a_walk_is_kept_as_a_test_and_taken_away(world, sign_in):
    world.take_in()
    officer, code = sign_in("canbo"), version(world)
    text = officer.get(reverse("office:bench", args=code)).text
    text = officer.post(reverse("office:bench", args=code), {"walked": "[]", "step": first_button(text)}).text
    wrong = officer.post(reverse("office:bench-keep", args=code), {"walked": walked(text), "at_most_hours": "nhiều"})
    assert wrong.status_code == 422
    assert 'value="nhiều"' in wrong.text
    data = {"walked": walked(text), "name": "Sau tiếp nhận", "at_most_hours": "0.01"}
    kept = officer.post(reverse("office:bench-keep", args=code), data, follow=True)
    assert "lâu hơn thời gian cho phép" in kept.text
    row = ProcessScenario.objects.get()
    officer.post(reverse("office:bench-drop", args=code), {"test": str(row.public_id)})
    assert not ProcessScenario.objects.exists()
    assert sign_in("tiepnhan").post(reverse("office:bench-keep", args=code), data).status_code == 403


def test_past_dossiers_are_looked_at_in_the_same_version(world, sign_in):
    filed = world.take_in()
    world.lead_to(filed, "return_result")
    officer, code = sign_in("canbo"), version(world)
    page = officer.get(reverse("office:bench-replay", args=code))
    assert page.status_code == 200
    assert "Không thay đổi" in page.text
    wrong = officer.get(reverse("office:bench-replay", args=code), {"since": "23/11/2026", "until": "01/11/2026"})
    assert wrong.status_code == 422
    export = officer.get(reverse("office:bench-replay-export", args=[*code, "csv"]))
    assert filed.code in b"".join(export.streaming_content).decode()
    empty = sign_in("xa.tiepnhan").get(reverse("office:bench-replay", args=code))
    assert filed.code not in empty.text
