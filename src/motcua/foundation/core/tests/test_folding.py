"""Folding is the same in Python and in PostgreSQL."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.foundation.core.folding import fold

# PostgreSQL's text holds no NUL, and its UTF-8 no halves of surrogate pairs.
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
VIETNAMESE = st.text("aAăĂâÂđĐeêÊiôÔơƠuưƯyàảãáạầẩẫấậ ÀẢÃÁẠỄỆỖỮỰ-/.,0123\u0301\u0323", max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("ĐẶNG  Thị—Ngọc", "dang thi ngoc"),
        ("Đa\u0306ng", "dang"),
        ("Nghị định 61/2018/NĐ-CP", "nghi dinh 61 2018 nd cp"),
        ("  ", ""),
    ],
)
def test_folds_to_ascii_words(text, folded):
    assert fold(text) == folded


@pytest.mark.django_db
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT | VIETNAMESE)
def test_python_and_sql_agree(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT motcua_fold(%s)", [text])
        assert cursor.fetchone()[0] == fold(text)
