"""Following a dossier: what a code alone tells, and what a guess never does."""

import pytest

from tests.journeys.acts import prove, track
from tests.journeys.people import Visit
from tests.journeys.province import Province

pytestmark = pytest.mark.journey


def test_a_code_tells_the_state_and_the_right_number_tells_the_rest(province: Province, visit: Visit):
    with province.inside() as world:
        code = world.take_in(name="Trần Thị Theo Dõi").code
    citizen = visit("nguoi-dan")
    citizen.go("/tra-cuu/")
    citizen.write("Mã hồ sơ", "T01.34-261123-9999")
    citizen.press("Tra", within=citizen.page.locator("main"), status=404)
    citizen.write("Mã hồ sơ", code)
    citizen.press("Tra", within=citizen.page.locator("main"))
    assert code in citizen.words()
    assert "Theo Dõi" not in citizen.words()

    prove(citizen, "0913999999", status=404)
    assert "Theo Dõi" not in citizen.words()
    prove(citizen, "0913 000 128")
    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in citizen.words()
    assert "Khi nào xong?" in citizen.words()

    citizen.go("/tra-cuu/nhieu-ho-so/")
    citizen.write("Mã hồ sơ", f"{code}\nT01.34-261123-9999")
    citizen.press("Tra", within=citizen.page.locator("main"))
    assert "Không có hồ sơ với mã này" in citizen.words()
    assert "Theo Dõi" not in citizen.words()


def test_whoever_guesses_numbers_is_stopped_and_the_owner_is_not_told_away_for_good(province: Province, visit: Visit):
    with province.inside() as world:
        code = world.take_in(name="Trần Thị Bị Đoán").code
    stranger = visit("nguoi-la")
    track(stranger, code, "0913000001", status=404)
    for last in range(2, 6):
        prove(stranger, f"091300000{last}", status=404)
    prove(stranger, "0913000128", status=429)
    assert "Bị Đoán" not in stranger.words()

    province.clock.set(province.clock.now().replace(hour=11))
    owner = visit("nguoi-dan")
    track(owner, code, "0913000128")
    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in owner.words()
