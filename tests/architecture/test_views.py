"""Every address names its act, and the public ones are known one by one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.foundation.accounts import registry

# Django's own pages of the support site are guarded by the site itself.
GUARDED_BY_SITE = "support/"
# Read without signing in, one address a line; the portal's home is the empty one.
OPEN_ADDRESSES = Path(__file__).with_name("open_addresses.txt")


def views() -> Iterator[tuple[str, Callable]]:
    """Yield (route, view) of every address."""
    yield from _below(get_resolver(), "")


def _below(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, Callable]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        else:
            yield from _below(entry, route)


def _act(view: Callable) -> str | None:
    shown = getattr(view, "view_class", view)
    return getattr(view, "motcua_act", None) or getattr(shown, "motcua_act", None)


def test_every_view_has_a_registered_act():
    known = registry.acts()
    lacking = [route for route, view in views() if not route.startswith(GUARDED_BY_SITE) and _act(view) not in known]
    assert lacking == []


def test_a_public_view_has_a_public_act_and_no_other_is_open():
    known = registry.acts()
    wrong = []
    for route, view in views():
        if route.startswith(GUARDED_BY_SITE) or _act(view) not in known:
            continue
        is_open = getattr(view, "login_required", True) is False
        if is_open and not known[_act(view)].public:
            wrong.append(f"{route} is open but its act {_act(view)} is not public")
    assert wrong == []


def test_the_open_addresses_are_exactly_those_listed():
    listed = OPEN_ADDRESSES.read_text(encoding="utf-8").splitlines()
    is_open = {route for route, view in views() if getattr(view, "login_required", True) is False}

    found = sorted(route for route in is_open if not route.startswith(GUARDED_BY_SITE))
    assert found == sorted(listed), f"an address opened or closed: is it meant? Then change {OPEN_ADDRESSES.name}"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/support/", "/support/core/outboxevent/"])
def test_support_pages_send_strangers_to_the_sign_in(client, path):
    response = client.get(path, follow=True)

    assert response.redirect_chain[-1][0].startswith("/office/")


@pytest.mark.django_db
def test_support_pages_refuse_those_who_signed_in_without_the_right(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("officer", "x"))

    assert client.get("/support/", follow=True).status_code == 403


@pytest.mark.django_db
def test_support_pages_let_nobody_change_anything(admin_client):
    from motcua.foundation.core.admin import ReadOnlyAdmin, support
    from motcua.foundation.core.models import OutboxFailure

    failure = OutboxFailure.objects.create(
        subscriber="x", event_id=1, subject="1", reason="broken", next_try_at="2026-01-01T00:00Z"
    )
    page = f"/support/core/outboxfailure/{failure.pk}/"

    assert admin_client.get("/support/").status_code == 200
    assert admin_client.get(page + "change/").status_code == 200
    assert admin_client.post(page + "change/", {"reason": "mended"}).status_code == 403
    assert admin_client.post(page + "delete/", {"post": "yes"}).status_code == 403
    assert OutboxFailure.objects.get().reason == "broken"
    assert all(isinstance(shown, ReadOnlyAdmin) for shown in support._registry.values())


@pytest.mark.django_db
def test_every_support_list_and_row_opens(admin_client):
    from motcua.foundation.core.admin import support

    for model in support._registry:
        response = admin_client.get(f"/support/{model._meta.app_label}/{model._meta.model_name}/")
        assert response.status_code == 200, model
