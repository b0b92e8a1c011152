"""The ceiling: a one-file Django project without middleware. One indexed SELECT; one INSERT in a transaction.

Same production server, same PostgreSQL, a table of eight columns, answers of a few bytes.
"""

import os
import random

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

if not settings.configured:
    from motcua.config.settings import environment as env

    settings.configure(
        SECRET_KEY="bare-bench-only",  # noqa: S106 - protects nothing
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": env.database(os.environ["DATABASE_URL"]) | {"CONN_MAX_AGE": 600}},
        INSTALLED_APPS=[],
        MIDDLEWARE=[],
        USE_TZ=True,
    )
    django.setup()

ROWS = 100_000


class Row(models.Model):
    """Eight columns, one index besides the key."""

    code = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=100)
    state = models.CharField(max_length=12)
    agency = models.IntegerField()
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    amount = models.BigIntegerField()

    objects: "models.Manager[Row]" = models.Manager()

    class Meta:
        app_label = "bare"
        db_table = "bare_row"


def prepare() -> None:
    """Make the table anew with its rows."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare_row")
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bare_row (code, name, state, agency, filed_at, due_at, amount) "
            "SELECT 'B-' || n, 'Ho so ' || n, 'open', n %% 100, now(), now() + interval '3 days', n "
            "FROM generate_series(1, %s) n",
            [ROWS],
        )
        cursor.execute("ANALYZE bare_row")


def select(request: HttpRequest) -> HttpResponse:
    """One SELECT by an indexed column."""
    row = Row.objects.get(code=f"B-{random.randint(1, ROWS)}")  # noqa: S311 - load, not secrets
    return HttpResponse(f"{row.code} {row.name} {row.due_at:%d/%m/%Y}")


def insert(request: HttpRequest) -> HttpResponse:
    """One INSERT in a transaction."""
    number = random.randint(1, 10**9)  # noqa: S311 - load, not secrets
    with transaction.atomic():
        row = Row.objects.create(
            code=f"N-{number}", name="Ho so moi", state="open", agency=number % 100,
            filed_at="2026-11-23T09:00:00+07:00", due_at="2026-11-26T17:00:00+07:00", amount=number,
        )  # fmt: skip
    return HttpResponse(str(row.pk))


urlpatterns = [path("select", select), path("insert", insert)]
application = get_wsgi_application()
