"""Finds who acts in a played step: people of the right post, the same ones for a dossier where that is natural."""

import random
from datetime import date

from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Refusal
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind, HeldPost, Role


class NobodyThere(Refusal):
    """A step lies where nobody holds the post."""

    code = "demonstration-nobody-there"


class Cast:
    """People of the province by unit and role, looked up once; posts of the demonstration do not change."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._holders: dict[tuple[int, str], list[int]] = {}
        self._actors: dict[int, Actor] = {}

    def actor(self, person_id: int) -> Actor:
        """Return the actor of a person."""
        if person_id not in self._actors:
            self._actors[person_id] = accounts.actor_for_person(person_id, on=self._on)
        return self._actors[person_id]

    def people(self, unit_id: int, role: str) -> list[int]:
        """Return the ids of those who hold the role in the unit.

        Raises:
            NobodyThere: nobody does.
        """
        key = (unit_id, role)
        if key not in self._holders:
            self._holders[key] = [person for person, _name in accounts.holders(unit_id, role, on=self._on)]
        if not self._holders[key]:
            raise NobodyThere
        return self._holders[key]

    def somebody(self, unit_id: int, role: str, chance: random.Random) -> tuple[Actor, HeldPost]:
        """Return one of those who hold the role in the unit, and the post."""
        return self.as_post(chance.choice(self.people(unit_id, role)), unit_id, role)

    def as_post(self, person_id: int, unit_id: int, role: str) -> tuple[Actor, HeldPost]:
        """Return a person as actor with the post held in that unit."""
        actor = self.actor(person_id)
        return actor, actor.posts_for(unit_id, role)[0]

    def receptionist(self, agency_id: int, chance: random.Random) -> tuple[Actor, HeldPost]:
        """Return a receptionist of an agency: of its centre, where it has one."""
        centre = organisations.child_unit(agency_id, kind=AgencyKind.COMMUNE_CENTRE, on=self._on)
        return self.somebody(centre or agency_id, Role.RECEPTIONIST, chance)
