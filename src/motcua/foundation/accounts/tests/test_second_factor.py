"""Authenticator apps, recovery codes and the administrator's reset."""

from base64 import b32encode
from datetime import date, datetime, timedelta

import pytest
from tests.world import NOW, make_world

from motcua.foundation.accounts import second_factor, selectors, services
from motcua.foundation.accounts.models import Authenticator, RecoveryCode, SecurityEvent
from motcua.foundation.accounts.types import SignInMethod, WrongCode
from motcua.foundation.core import personal_data
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound
from motcua.foundation.organisations import services as organisations

AT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shown(settings):
    settings.MOTCUA_SHOW_CODES = True


@pytest.fixture
def officer():
    return services.register_officer(username="phuc", password="x", full_name="Nguyễn Hoàng Phúc", at=AT).user_id


def code(user_id, at=AT):
    return second_factor.current_code(user_id=user_id, at=at)


def set_up(user_id, at=AT):
    services.begin_authenticator(user_id=user_id, at=at)
    return services.confirm_authenticator(user_id=user_id, typed=code(user_id, at), at=at)


def test_the_codes_are_those_of_the_standard(officer):
    # RFC 6238, appendix B, the last six of eight digits
    secret = b32encode(b"12345678901234567890").decode()
    cipher = personal_data.encrypt(secret, purpose="accounts.authenticator")
    row = Authenticator.objects.create(user_id=officer, secret_cipher=cipher, created_at=AT)

    assert [second_factor._code(row, second // 30) for second in (59, 1111111109, 20000000000)] == [
        "287082", "081804", "353130",
    ]  # fmt: skip


def test_set_up_asks_for_a_code_and_gives_ten_recovery_codes(officer):
    services.begin_authenticator(user_id=officer, at=AT)
    with pytest.raises(WrongCode):
        services.confirm_authenticator(user_id=officer, typed="000000", at=AT)
    assert not selectors.second_factors(officer, on=AT.date()).has_any

    codes = services.confirm_authenticator(user_id=officer, typed=code(officer), at=AT)

    assert len(set(codes)) == 10
    assert selectors.second_factors(officer, on=AT.date()).has_authenticator


def test_a_code_is_taken_once(officer):
    set_up(officer)
    later = AT + timedelta(minutes=1)
    used = code(officer, later)

    assert services.check_second_code(user_id=officer, typed=used, at=later) == SignInMethod.TOTP
    with pytest.raises(WrongCode):
        services.check_second_code(user_id=officer, typed=used, at=later)


def test_a_clock_may_be_half_a_minute_off_and_no_more(officer):
    set_up(officer)
    later = AT + timedelta(minutes=10)
    old = code(officer, later - timedelta(seconds=60))

    with pytest.raises(WrongCode):
        services.check_second_code(user_id=officer, typed=old, at=later)
    near = code(officer, later - timedelta(seconds=30))
    assert services.check_second_code(user_id=officer, typed=f"{near[:3]} {near[3:]}", at=later)


def test_a_recovery_code_is_good_once(officer):
    codes = set_up(officer)

    assert services.check_second_code(user_id=officer, typed=codes[0].upper(), at=AT) == SignInMethod.RECOVERY
    with pytest.raises(WrongCode):
        services.check_second_code(user_id=officer, typed=codes[0], at=AT)
    assert selectors.second_factors(officer, on=AT.date()).recovery_left == 9


def test_recovery_codes_are_kept_as_digests(officer):
    codes = set_up(officer)
    kept = b"".join(bytes(row) for row in RecoveryCode.objects.values_list("digest", flat=True))

    assert all(code.encode() not in kept for code in codes)


def test_new_recovery_codes_replace_the_old(officer):
    old = set_up(officer)
    new = services.renew_recovery_codes(user_id=officer, at=AT)

    with pytest.raises(WrongCode):
        services.check_second_code(user_id=officer, typed=old[0], at=AT)
    assert services.check_second_code(user_id=officer, typed=new[0], at=AT)


def test_outside_a_demonstration_no_code_is_named(officer, settings):
    set_up(officer)
    settings.MOTCUA_SHOW_CODES = False

    assert code(officer) == ""


def test_leaders_and_administrators_have_to_and_others_may():
    world = make_world()
    required = {
        name: selectors.second_factors(user_id, on=NOW.date()).is_required for name, user_id in world.users.items()
    }

    leads = {name for name in world.users if world.actor(name).has_role("leader", "administrator")}
    assert {"lanhdao", "quantri"} <= leads
    assert {name for name, is_required in required.items() if is_required} == leads


def test_whom_it_is_asked_of_is_a_setting(settings):
    world = make_world()
    settings.MOTCUA_SECOND_FACTOR_ROLES = ["clerk"]
    assert selectors.second_factors(world.users["vanthu"], on=NOW.date()).is_required
    assert not selectors.second_factors(world.users["lanhdao"], on=NOW.date()).is_required

    settings.MOTCUA_SECOND_FACTOR_ROLES = []
    assert not selectors.second_factors(world.users["vanthu"], on=NOW.date()).is_required


def test_an_administrator_resets_with_a_reason_and_a_record():
    world = make_world()
    admin, user_id = world.actor("quantri"), world.users["tinh.tiepnhan"]
    set_up(user_id)
    person = selectors.staff_accounts(actor=admin, on=NOW.date(), text="Thạch")[0]

    with pytest.raises(Invalid):
        services.reset_second_factor(actor=admin, public_id=person.public_id, reason=" ", at=NOW, on=NOW.date())
    services.reset_second_factor(
        actor=admin, public_id=person.public_id, reason="Mất điện thoại, đã gặp trực tiếp", at=NOW, on=NOW.date()
    )

    assert not selectors.second_factors(user_id, on=NOW.date()).has_any
    line = SecurityEvent.objects.get(user_id=user_id, kind="factors_reset")
    assert (line.by_id, line.reason) == (world.users["quantri"], "Mất điện thoại, đã gặp trực tiếp")


def test_an_administrator_does_not_reset_their_own_and_others_reset_nobodys():
    world = make_world()
    admin = world.actor("quantri")
    own = selectors.staff_accounts(actor=admin, on=date(2026, 11, 23), text="quantri")[0]

    with pytest.raises(NotAllowed):
        services.reset_second_factor(actor=admin, public_id=own.public_id, reason="tự làm lại", at=NOW, on=NOW.date())
    names = {card.username for card in selectors.staff_accounts(actor=admin, on=NOW.date())}
    assert {"canbo", "lanhdao", "xa.tiepnhan"} <= names
    assert not selectors.staff_accounts(actor=world.actor("canbo"), on=NOW.date())
    with pytest.raises(NotFound):
        selectors.staff_account(actor=world.actor("canbo"), public_id=own.public_id, on=NOW.date())


def test_an_administrator_of_a_commune_looks_after_that_commune():
    world = make_world()
    post = organisations.open_post(
        unit_id=world.units["commune"], role="administrator", title="Quản trị xã", since=NOW.date()
    )
    services.assign_post(person_id=world.people["vanthu"], post_id=post.pk, since=NOW.date())

    names = {card.username for card in selectors.staff_accounts(actor=world.actor("vanthu"), on=NOW.date())}
    assert {"canbo", "lanhdao"} <= names
    assert not {"xa.tiepnhan", "so.canbo", "quantri"} & names
