"""Downtimes of systems and turns at the desk in the office: who enters them, and what they do."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client
from tests.world import NOW, World

from motcua.foundation.calendars import selectors, services

TODAY = NOW.date()
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def national_calendar(world: World) -> None:
    services.load_packaged_calendar(at=NOW)


class TestDowntimes:
    ADDRESS = "/office/calendars/downtimes/"
    ENTERED = {
        "whose": "national", "note": "Cổng Dịch vụ công quốc gia", "starts_on": "20/11/2026", "starts_time": "8h",
        "ends_on": "", "ends_time": "", "counting": "", "decision": "",
    }  # fmt: skip

    def test_it_is_recorded_and_ended(self, world: World, sign_in: SignIn) -> None:
        client = sign_in("quantri")
        client.post(self.ADDRESS, self.ENTERED)
        down = selectors.recorded_downtimes(limit=5)[0]
        assert (down.whose, down.starts_at, down.ends_at, down.counts) == (
            "national",
            NOW.replace(day=20, hour=8),
            None,
            True,
        )
        assert "còn gián đoạn" in client.get(self.ADDRESS).content.decode()

        client.post(f"{self.ADDRESS}{down.id}/end/", {"ends_on": "20/11/2026", "ends_time": "10:30"})

        assert selectors.recorded_downtimes(limit=5)[0].ends_at == NOW.replace(day=20, hour=10, minute=30)

    def test_a_decision_may_give_the_time_back(self, sign_in: SignIn) -> None:
        sign_in("kiemsoat").post(self.ADDRESS, self.ENTERED | {"counting": "no", "decision": "Công văn 15"})

        assert not selectors.recorded_downtimes(limit=5)[0].counts

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"note": ""}, "note"),
            ({"starts_on": "24/11/2026"}, "starts_on"),
            ({"ends_on": "20/11/2026"}, "ends_on"),
            ({"counting": "no"}, "decision"),
        ],
    )
    def test_wrong_entries_are_shown_at_their_field(self, sign_in: SignIn, changes: dict[str, str], field: str) -> None:
        page = sign_in("kiemsoat").post(self.ADDRESS, self.ENTERED | changes)

        assert page.status_code == 422
        assert list(page.context["form"].errors) == [field]
        assert selectors.recorded_downtimes(limit=5) == []

    def test_a_mistake_is_withdrawn_with_its_reason(self, sign_in: SignIn) -> None:
        client = sign_in("kiemsoat")
        client.post(self.ADDRESS, self.ENTERED)
        down = selectors.recorded_downtimes(limit=5)[0]

        page = client.post(f"{self.ADDRESS}{down.id}/withdraw/", {"reason": ""}, follow=True)
        assert "Hãy ghi lý do rút." in page.content.decode()
        page = client.post(f"{self.ADDRESS}{down.id}/withdraw/", {"reason": "Ghi nhầm ngày"}, follow=True)

        assert "Ghi nhầm ngày" in page.content.decode()
        assert selectors.downtimes(NOW.replace(day=1), NOW) == []

    def test_others_only_read(self, sign_in: SignIn) -> None:
        client = sign_in("lanhdao")

        assert "Ghi nhận gián đoạn" not in client.get(self.ADDRESS).content.decode()
        assert client.post(self.ADDRESS, self.ENTERED).status_code == 403
        assert client.post(f"{self.ADDRESS}1/end/", {}).status_code == 403


class TestRosters:
    ADDRESS = "/office/calendars/rosters/"
    ENTERED = {
        "kind": "saturday", "weekday": "6", "starts": "7", "ends": "11", "since": "28/11/2026", "until": "",
        "person": "", "note": "",
    }  # fmt: skip

    def test_a_leader_enters_the_turns_of_the_own_desk(self, world: World, sign_in: SignIn) -> None:
        commune, client = world.units["commune"], sign_in("lanhdao")
        person = str(world.people["tiepnhan"])

        answer = client.post(f"{self.ADDRESS}?agency={commune}", self.ENTERED | {"person": person})

        assert answer.status_code == 302
        assert selectors.is_open(selectors.calendar_for(commune, on=TODAY), NOW.replace(day=28, hour=8))
        page = client.get(self.ADDRESS)
        assert [row["who"] for row in page.context["rows"]] == ["Lâm Thị Ngọc Bích"]
        assert [item["day"] for item in page.context["days"]] == [date(2026, 11, 28), date(2026, 12, 5)]

        turn = selectors.desk_turns([commune], since=TODAY, until=date(2027, 1, 1))[0]
        assert turn.starts == time(7)
        client.post(f"{self.ADDRESS}{turn.id}/end/?agency={commune}")
        assert selectors.desk_turns([commune], since=TODAY, until=date(2027, 1, 1)) == []

    def test_the_desk_of_another_commune_is_out_of_reach(self, world: World, sign_in: SignIn) -> None:
        foreign = world.units["other_commune"]
        client = sign_in("lanhdao")

        assert client.get(f"{self.ADDRESS}?agency={foreign}").status_code == 403
        assert client.post(f"{self.ADDRESS}?agency={foreign}", self.ENTERED).status_code == 403
        assert client.post(f"{self.ADDRESS}1/end/?agency={foreign}").status_code == 403

    def test_a_receptionist_only_reads_the_own_turns(self, world: World, sign_in: SignIn) -> None:
        client = sign_in("tiepnhan")

        assert "Thêm ca trực" not in client.get(self.ADDRESS).content.decode()
        assert client.post(self.ADDRESS, self.ENTERED).status_code == 403

    def test_wrong_turns_are_shown_at_their_field(self, world: World, sign_in: SignIn) -> None:
        address = f"{self.ADDRESS}?agency={world.units['commune']}"

        page = sign_in("lanhdao").post(address, self.ENTERED | {"ends": "6"})

        assert page.status_code == 422
        assert list(page.context["form"].errors) == ["ends"]
