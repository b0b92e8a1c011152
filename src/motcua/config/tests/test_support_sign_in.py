"""A superuser without a post reaches the support pages through the office's sign-in."""

import pytest


@pytest.mark.django_db
def test_a_superuser_signs_in_and_sees_the_support_pages(client, django_user_model):
    django_user_model.objects.create_superuser("support", "correct-horse-9")
    asked = client.get("/support/", follow=True)
    sign_in = asked.redirect_chain[-1][0]

    answer = client.post(
        sign_in, {"username": "support", "password": "correct-horse-9", "next": "/support/"}, follow=True
    )

    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == "/support/"
