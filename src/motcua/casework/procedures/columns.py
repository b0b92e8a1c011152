"""Expressions of the generated columns that search reads. Migrations name them: do not move."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Fold(models.Func):
    """`motcua_fold(text)`: lower case without diacritics, words one space apart."""

    function = "motcua_fold"
    output_field = models.TextField()


class WeightedFold(models.Func):
    """A text search vector of folded texts, the first of weight A, then B, C, D.

    Only immutable functions, so it is fit for a stored column.
    """

    output_field = SearchVectorField()

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Join one `setweight(to_tsvector(...))` for each text."""
        pieces: list[str] = []
        params: list[Any] = []
        for weight, expression in zip("ABCD", self.get_source_expressions(), strict=False):
            sql, own = compiler.compile(expression)
            pieces.append(f"setweight(to_tsvector('simple'::regconfig, motcua_fold({sql})), '{weight}')")
            params.extend(own)
        return " || ".join(pieces), params
