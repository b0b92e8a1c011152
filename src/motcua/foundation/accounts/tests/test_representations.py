"""Acting for a child, an organisation, by mandate: scope, end, revocation, on the server."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from motcua.foundation.accounts import selectors, services
from motcua.foundation.accounts.models import SignInContact
from motcua.foundation.accounts.types import (
    RepresentationEnded,
    RepresentationInput,
    RepresentationKind,
    RepresentationTooNarrow,
    RepresentedAct,
)
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound

AT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
TODAY = AT.date()
pytestmark = pytest.mark.django_db


def person(name, **contact):
    made = services.register_citizen(username=name, password=None, full_name=name.title(), at=AT, **contact)
    SignInContact.objects.filter(user=made.user).update(confirmed_at=AT)
    return selectors.actor_for_user(made.user_id, on=TODAY)


@pytest.fixture
def lan():
    return person("lan", phone="0913000001", identity="089190004127")


@pytest.fixture
def binh():
    return person("binh", phone="0913000002")


def child(**changes):
    values = {
        "kind": RepresentationKind.CHILD, "full_name": "Lê An", "identity": "089220001111",
        "born_on": date(2020, 2, 29), "paper": "Giấy khai sinh 12/2020", "acts": tuple(RepresentedAct.values),
    }  # fmt: skip
    return RepresentationInput(**values | changes)


def organisation(**changes):
    values = {
        "kind": RepresentationKind.ORGANISATION, "full_name": "Công ty Cửu Long", "identity": "1600123456",
        "position": "Giám đốc", "paper": "GCN 1600123456", "document_id": uuid4(),
    }  # fmt: skip
    return RepresentationInput(**values | changes)


def mandate(**changes):
    values = {
        "kind": RepresentationKind.MANDATE, "full_name": "Lan", "identity": "089190004127",
        "paper": "Giấy ủy quyền 5/2026", "document_id": uuid4(), "deputy_contact": "0913 000 002",
        "acts": (RepresentedAct.FILE,), "valid_until": TODAY + timedelta(days=30),
    }  # fmt: skip
    return RepresentationInput(**values | changes)


def given(lan, binh, **changes):
    public_id = services.give_mandate(given=mandate(**changes), actor=lan, at=AT)
    services.answer_mandate(public_id=public_id, accepts=True, actor=binh, at=AT)
    return public_id


def use(public_id, actor, *, act=RepresentedAct.FILE, at=AT, code=""):
    return services.use_representation(public_id=public_id, actor=actor, act=act, at=at, procedure_code=code)


def test_a_parent_acts_for_a_child_until_it_is_of_age(lan):
    public_id = services.declare_representation(given=child(), actor=lan, at=AT)

    assert use(public_id, lan).full_name == "Lê An"
    last = datetime(2038, 2, 28, 9, 0, tzinfo=VIETNAM)  # born on 29 February, of age on 1 March 2038
    assert use(public_id, lan, at=last)
    with pytest.raises(RepresentationEnded):
        use(public_id, lan, at=last + timedelta(days=1))


def test_an_organisation_is_represented_with_its_paper(lan):
    public_id = services.declare_representation(given=organisation(), actor=lan, at=AT)

    card = use(public_id, lan)
    assert (card.identity, card.position, card.valid_until) == ("1600123456", "Giám đốc", None)


def test_a_mandate_works_only_after_it_was_accepted(lan, binh):
    public_id = services.give_mandate(given=mandate(), actor=lan, at=AT)
    with pytest.raises(RepresentationEnded):
        use(public_id, binh)
    asked = selectors.representations_of(binh.person_id, binh.user_id, on=TODAY)["asked"]
    assert [card.state for card in asked] == ["asked"]

    services.answer_mandate(public_id=public_id, accepts=True, actor=binh, at=AT)

    assert use(public_id, binh).full_name == "Lan"


def test_whoever_only_claims_a_contact_is_asked_nothing(lan, binh):
    SignInContact.objects.filter(user_id=binh.user_id).update(confirmed_at=None)
    public_id = services.give_mandate(given=mandate(), actor=lan, at=AT)

    assert selectors.representations_of(binh.person_id, binh.user_id, on=TODAY)["asked"] == ()
    with pytest.raises(NotFound):
        services.answer_mandate(public_id=public_id, accepts=True, actor=binh, at=AT)


def test_a_declined_mandate_is_over(lan, binh):
    public_id = services.give_mandate(given=mandate(), actor=lan, at=AT)
    services.answer_mandate(public_id=public_id, accepts=False, actor=binh, at=AT)

    with pytest.raises(RepresentationEnded):
        use(public_id, binh)
    with pytest.raises(NotFound):
        services.answer_mandate(public_id=public_id, accepts=True, actor=binh, at=AT)


def test_nobody_else_accepts_uses_or_ends_it(lan, binh):
    stranger = person("chi", phone="0913000003")
    public_id = services.give_mandate(given=mandate(), actor=lan, at=AT)
    with pytest.raises(NotFound):
        services.answer_mandate(public_id=public_id, accepts=True, actor=stranger, at=AT)
    services.answer_mandate(public_id=public_id, accepts=True, actor=binh, at=AT)

    with pytest.raises(RepresentationEnded):
        use(public_id, stranger)
    with pytest.raises(RepresentationEnded):
        use(public_id, lan)
    with pytest.raises(NotFound):
        services.end_representation(public_id=public_id, actor=stranger, at=AT)


def test_it_ends_by_itself_after_its_last_day(lan, binh):
    public_id = given(lan, binh)

    assert use(public_id, binh, at=AT + timedelta(days=30))
    with pytest.raises(RepresentationEnded):
        use(public_id, binh, at=AT + timedelta(days=31))


def test_it_begins_on_its_first_day(lan, binh):
    public_id = given(lan, binh, valid_from=TODAY + timedelta(days=2))

    with pytest.raises(RepresentationEnded):
        use(public_id, binh)
    assert use(public_id, binh, at=AT + timedelta(days=2))


def test_whoever_gave_it_revokes_it_at_once(lan, binh):
    public_id = given(lan, binh)
    services.end_representation(public_id=public_id, actor=lan, at=AT)

    with pytest.raises(RepresentationEnded):
        use(public_id, binh)
    cards = selectors.representations_of(lan.person_id, lan.user_id, on=TODAY)["given"]
    assert [card.state for card in cards] == ["revoked"]


def test_a_deputy_may_give_it_up(lan, binh):
    public_id = given(lan, binh)
    services.end_representation(public_id=public_id, actor=binh, at=AT)

    with pytest.raises(RepresentationEnded):
        use(public_id, binh)


def test_it_reaches_only_the_named_acts_and_procedures(lan, binh):
    public_id = given(lan, binh, procedure_codes=("1.001612",))

    assert use(public_id, binh, code="1.001612")
    with pytest.raises(RepresentationTooNarrow):
        use(public_id, binh, code="2.000815")
    with pytest.raises(RepresentationTooNarrow):
        use(public_id, binh, act=RepresentedAct.ANSWER, code="1.001612")


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        (child(born_on=None), "born_on"),
        (child(born_on=date(2008, 11, 22)), "born_on"),
        (child(born_on=TODAY + timedelta(days=1)), "born_on"),
        (child(identity="12"), "identity"),
        (child(full_name=" "), "full_name"),
        (child(paper=""), "paper"),
        (organisation(identity="089190004127"), "identity"),
        (organisation(position=""), "position"),
        (organisation(document_id=None), "document"),
        (organisation(valid_until=TODAY - timedelta(days=1)), "valid_until"),
    ],
)
def test_what_cannot_be_declared_is_refused_at_its_field(lan, given_, field):
    with pytest.raises(Invalid) as refused:
        services.declare_representation(given=given_, actor=lan, at=AT)

    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_until": None}, "valid_until"),
        ({"valid_until": TODAY - timedelta(days=1)}, "valid_until"),
        ({"document_id": None}, "document"),
        ({"acts": ()}, "acts"),
        ({"acts": ("everything",)}, "acts"),
        ({"deputy_contact": "Bình"}, "deputy_contact"),
        ({"deputy_contact": "0913000001"}, "deputy_contact"),
    ],
)
def test_a_mandate_that_cannot_be_is_refused_at_its_field(lan, changes, field):
    with pytest.raises(Invalid) as refused:
        services.give_mandate(given=mandate(**changes), actor=lan, at=AT)

    assert list(refused.value.fields) == [field]


def test_staff_act_for_nobody_here():
    officer = services.register_officer(username="phuc", password=None, full_name="Phúc", at=AT)
    actor = selectors.actor_for_user(officer.user_id, on=TODAY)

    with pytest.raises(NotAllowed):
        services.declare_representation(given=child(), actor=actor, at=AT)


def test_the_principal_is_kept_encrypted(lan):
    from motcua.foundation.accounts.models import Representation

    services.declare_representation(given=child(), actor=lan, at=AT)

    assert b"089220001111" not in bytes(Representation.objects.get().principal_cipher)
