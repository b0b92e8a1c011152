"""Pages of review and simplification: from the choice of a procedure to the decision, and what is typed wrongly."""

from django.urls import reverse
from tests.world import BUSINESS

from motcua.insight.simplification.models import CostLine, Proposal
from motcua.insight.simplification.types import Side

WORDS = {
    "title": "Bỏ giấy tờ thứ hai", "kind": "papers", "authority": "province", "plan": "", "lock": "",
    "reason": "Nhà nước đã có", "change": "Không yêu cầu nữa", "dossiers_a_year": "100",
}  # fmt: skip


def lines(prefix, *rows):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


PAPER = {"activity": "Tờ khai", "hours": "1", "wage_vnd": "59000", "fee_vnd": "", "other_vnd": "", "times": "1"}
FEE = {"activity": "Lệ phí", "hours": "", "wage_vnd": "", "fee_vnd": "100000", "other_vnd": "", "times": ""}
EMPTY = {"activity": "", "hours": "", "wage_vnd": "", "fee_vnd": "", "other_vnd": "", "times": ""}


def test_a_proposal_begins_with_the_published_papers_and_ends_approved(world, sign_in):
    officer = sign_in("canbo")
    found = officer.get(reverse("office:review-choose"), {"q": BUSINESS})
    assert reverse("office:review-new", args=[BUSINESS]) in found.text
    begun = officer.get(reverse("office:review-new", args=[BUSINESS]))
    assert 'name="before-0-activity"' in begun.text
    data = WORDS | lines("before", PAPER, FEE, EMPTY) | lines("after", PAPER, EMPTY)
    kept = officer.post(reverse("office:review-new", args=[BUSINESS]), data, follow=True)
    assert "Bỏ giấy tờ thứ hai" in kept.text
    row = Proposal.objects.get()
    assert (row.before_vnd, row.after_vnd) == (159_000, 59_000)
    officer.post(reverse("office:review-hand-in", args=[row.public_id]))
    controller = sign_in("kiemsoat")
    wrong = controller.post(
        reverse("office:review-decide", args=[row.public_id]), {"answer": "decline", "decided_on": "23/11/2026"}
    )
    assert wrong.status_code == 422
    right = {"answer": "approve", "decided_on": "23/11/2026", "decision_number": "15/QĐ-UBND"}
    controller.post(reverse("office:review-decide", args=[row.public_id]), right)
    controller.post(reverse("office:review-done", args=[row.public_id]), {"on": "23/11/2026"})
    listed = controller.get(reverse("office:reviews"))
    assert "10.000.000" in listed.text
    assert "15/QĐ-UBND" in controller.get(reverse("office:review", args=[row.public_id])).text


def test_what_was_typed_stays_when_something_is_wrong_or_lines_are_added(world, sign_in):
    officer = sign_in("canbo")
    address = reverse("office:review-new", args=[BUSINESS])
    figures_only = EMPTY | {"fee_vnd": "5000"}
    data = WORDS | {"title": ""} | lines("before", PAPER, figures_only) | lines("after", EMPTY)
    refused = officer.post(address, data)
    assert refused.status_code == 422
    assert "Nhà nước đã có" in refused.text
    assert 'value="5000"' in refused.text
    assert "before-1-activity-error" in refused.text
    more = officer.post(address, data | {"more": "before"})
    assert more.status_code == 200
    assert 'name="before-4-activity"' in more.text
    assert 'value="5000"' in more.text
    assert not Proposal.objects.exists()


def test_changing_a_draft_replaces_its_lines_and_an_old_page_is_told(world, sign_in):
    officer = sign_in("canbo")
    data = WORDS | lines("before", PAPER) | lines("after", EMPTY)
    officer.post(reverse("office:review-new", args=[BUSINESS]), data)
    row = Proposal.objects.get()
    address = reverse("office:review-edit", args=[row.public_id])
    changed = data | {"lock": "0", "title": "Mới"} | lines("before", FEE, FEE)
    assert officer.post(address, changed).status_code == 302
    assert CostLine.objects.filter(side=Side.BEFORE).count() == 2
    assert officer.post(address, changed).status_code == 409


def test_a_plan_is_kept_by_procedure_control_only(world, sign_in):
    plan = {"year": "2027", "title": "Kế hoạch rà soát năm 2027", "decision_on": "15/01/2027"}
    assert sign_in("kiemsoat").post(reverse("office:review-plans"), plan).status_code == 302
    assert sign_in("canbo").post(reverse("office:review-plans"), plan).status_code == 403
    assert "Kế hoạch rà soát năm 2027" in sign_in("canbo").get(reverse("office:review-plans")).text


def test_the_list_comes_as_a_file_too(world, sign_in):
    officer = sign_in("canbo")
    officer.post(reverse("office:review-new", args=[BUSINESS]), WORDS | lines("before", FEE) | lines("after", EMPTY))
    whole = b"".join(officer.get(reverse("office:reviews-export", args=["csv"])).streaming_content).decode()
    assert "10000000" in whole
    assert BUSINESS in whole
