"""Paper handed over through the pages: ticked into a lot, sent, received by scanner, a difference settled."""

from motcua.casework.custody import services
from motcua.casework.custody.models import Folder, Lot

ROOT = "/office/custody/"


def test_folders_go_to_the_unit_and_a_difference_is_settled(world, sign_in):
    ids = [world.take_in(name=f"Người Nộp {number}").dossier_id for number in range(2)]
    services.make_folders(dossier_ids=ids)
    first, second = Folder.objects.order_by("pk")
    desk, unit = sign_in("tiepnhan"), sign_in("canbo")
    page = desk.get(ROOT).content.decode()
    assert first.code in page
    assert "17:00" in page
    made = desk.post(ROOT, {"unit": world.units["centre"], "to": world.units["economy"], "folder": [first.public_id]})
    sheet = made["Location"]
    desk.post(sheet, {"do": "scan", "codes": second.code})
    refused = desk.post(sheet, {"do": "send", "courier": "own", "courier_name": "Giao", "seal": ""})
    assert refused.status_code == 422
    assert 'value="Giao"' in refused.content.decode()
    desk.post(sheet, {"do": "send", "courier": "own", "courier_name": "Giao", "seal": "NP-9"})
    lot = Lot.objects.get()
    assert unit.get(f"{sheet}minutes.pdf").content.startswith(b"%PDF")
    half = unit.post(f"{sheet}receive/", {"codes": first.code})
    assert half.status_code == 422
    last = lot.lines.get(folder=second)
    unit.post(f"{sheet}receive/", {"codes": first.code, f"line-{last.pk}": "missing"})
    again = unit.post(f"{sheet}receive/", {f"line-{last.pk}": "received", "codes": first.code})
    assert again.status_code == 409
    wrong = unit.post(sheet, {"do": "settle", "line": last.pk, f"s{last.pk}-how": "lost", f"s{last.pk}-reason": "Mất"})
    assert wrong.status_code == 403
    unit.post(sheet, {"do": "settle", "line": last.pk, f"s{last.pk}-how": "found", f"s{last.pk}-reason": "Kẹp chung"})
    lot.refresh_from_db()
    assert (lot.state, Folder.objects.get(pk=second.pk).holder_id) == ("settled", world.units["economy"])
    found = unit.get(f"{ROOT}folders/", {"q": second.code}).content.decode()
    assert "Phòng Kinh tế" in found
    assert lot.shown_number in unit.get(f"{ROOT}lots/export.csv").getvalue().decode()
