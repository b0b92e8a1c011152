"""`motcua retention`: how long dossiers are kept; the owner of the database may change it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError
from django.utils.translation import gettext as _

from motcua.casework.dossiers import services
from motcua.casework.dossiers.types.destruction import Ending
from motcua.foundation.core.types import Invalid


class Command(BaseCommand):
    """List the periods, or lay one down."""

    help = "Show how long dossiers are kept, or lay a period down (the database's owner only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the period."""
        parser.add_argument("--set", dest="ending", choices=Ending.values, help="how the dossiers ended")
        parser.add_argument("--procedure", default="", help="of this procedure only, by its code")
        parser.add_argument("--months", type=int, help="months from closing; left out: for ever")
        parser.add_argument("--source", default="", help="the legal source")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Lay down what is asked, then list all periods."""
        if options["ending"]:
            try:
                services.set_retention(
                    ending=options["ending"], months=options["months"], legal_source=options["source"],
                    procedure_code=options["procedure"],
                )  # fmt: skip
            except Invalid as refusal:
                raise CommandError(" ".join(word for words in refusal.fields.values() for word in words)) from None
            except ProgrammingError as error:
                raise CommandError(_("Only the owner of the database may change this.")) from error
        for row in services.retention_periods():
            period = _("for ever") if row.months is None else _("%(count)s months") % {"count": row.months}
            assumed = _("assumed, to be confirmed") if row.is_assumed else _("confirmed")
            procedure = row.procedure_code or _("all procedures")
            self.stdout.write(f"{row.ending:<14}{procedure:<18}{period:<14}{assumed}  {row.legal_source}")
