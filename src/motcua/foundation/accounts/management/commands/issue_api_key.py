"""Give a program a key for the API, or take one back."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from motcua.foundation.accounts import services
from motcua.foundation.accounts.types import ApiScope
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal


class Command(BaseCommand):
    """motcua issue_api_key NAME [--scope file --scope track] [--per-minute 300] [--days 365]."""

    help = "Give a program a key for the API; the key is shown once. With --revoke ID, take a key back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("name", nargs="?", default="", help="what the program is called")
        parser.add_argument("--scope", action="append", choices=ApiScope.values, help="may be repeated; default: all")
        parser.add_argument("--per-minute", type=int, default=300, help="calls a minute")
        parser.add_argument("--from", dest="since", type=date.fromisoformat, help="first day, today by default")
        parser.add_argument("--days", type=int, default=365, help="for how many days; 0 for no end")
        parser.add_argument("--revoke", type=UUID, metavar="ID", help="take this program's key back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Issue or revoke, and say it plainly."""
        now = clock.now()
        try:
            if options["revoke"]:
                services.revoke_api_key(public_id=options["revoke"], at=now)
                self.stdout.write(f"The key of {options['revoke']} no longer works.")
                return
            since = options["since"] or now.date()
            issued = services.issue_api_key(
                name=options["name"],
                scopes=options["scope"] or ApiScope.values,
                per_minute=options["per_minute"],
                valid_from=since,
                valid_until=since + timedelta(days=options["days"]) if options["days"] else None,
                at=now,
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal} {getattr(refusal, 'fields', '')}") from refusal
        self.stdout.write(f"{issued.client.name}: {', '.join(sorted(issued.client.scopes))}")
        self.stdout.write(f"id   {issued.client.public_id}")
        self.stdout.write(f"key  {issued.key}")
        self.stdout.write("Keep the key now: it is not stored and cannot be shown again.")
