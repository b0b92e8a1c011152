"""A superuser without a post reaches the support pages through the office's sign-in, with a second factor."""

import pytest

from motcua.foundation.accounts import second_factor
from motcua.foundation.core import clock


@pytest.mark.django_db
def test_a_superuser_signs_in_and_sees_the_support_pages(client, django_user_model, settings):
    settings.MOTCUA_SHOW_CODES = True
    user = django_user_model.objects.create_superuser("support", "correct-horse-9")
    asked = client.get("/support/", follow=True)
    sign_in = asked.redirect_chain[-1][0]

    set_up = client.post(
        sign_in, {"username": "support", "password": "correct-horse-9", "next": "/support/"}, follow=True
    )
    assert client.get("/support/").status_code == 302
    code = second_factor.current_code(user_id=user.pk, at=clock.now())
    answer = client.post(set_up.request["PATH_INFO"], {"code": code})

    assert answer.content.decode().count("<li>") >= 10
    assert 'href="/support/"' in answer.content.decode()
    assert client.get("/support/").status_code == 200
