from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "motcua.foundation.accounts"
    label = "accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.accounts import correcting, inspecting, sight
        from motcua.foundation.accounts.correcting import ACT, DECIDERS
        from motcua.foundation.accounts.following import FOLLOWERS
        from motcua.foundation.accounts.held import PROVIDERS
        from motcua.foundation.accounts.kept import KINDS
        from motcua.foundation.accounts.registry import Act, Kind, register, register_kinds
        from motcua.foundation.accounts.sealed_columns import SEALED
        from motcua.foundation.core import held_data, keeping, rotation
        from motcua.foundation.organisations.services import register_follower

        register_kinds(
            Kind("page", _("no object")),
            Kind(
                "inspection_order",
                _("Order of inspection"),
                sees=inspecting.sees_order,
                within=inspecting.orders_within,
                columns=("unit_ids", "inspector_id", "valid"),
            ),
        )
        register_kinds(
            Kind(
                "correction",
                _("Request to correct personal data"),
                sees=correcting.sees_correction,
                within=correcting.corrections_within,
                columns=("user_id",),
            ),
            Kind(
                "staff_unit",
                _("Unit with its posts"),
                sees=sight.sees_unit,
                within=sight.units_within,
                columns=("unit_id",),
            ),
            Kind(
                "staff_person",
                _("Member of the staff"),
                sees=sight.sees_person,
                within=sight.people_within,
                columns=("post.unit_id",),
            ),
            Kind(
                "staff_account",
                _("Sign-in of a member of the staff"),
                sees=sight.sees_account,
                within=sight.accounts_within,
                columns=("post.unit_id",),
                dated=True,
            ),
            Kind(
                "absence",
                _("Leave"),
                sees=sight.sees_absence,
                within=sight.absences_within,
                columns=("person_id", "substitute_id", "post.unit_id"),
                dated=True,
            ),
        )
        register(
            Act(ACT, _("Answer requests to correct personal data"), roles=DECIDERS, kind="correction"),
            Act("accounts.see_keeping", _("See how long personal data are kept"), roles=DECIDERS),
            Act(
                "accounts.order_inspections",
                _("Order inspections"),
                roles=inspecting.ORDERERS,
                kind="inspection_order",
            ),
        )
        register_follower(*FOLLOWERS)
        rotation.register(*SEALED)
        held_data.register(*PROVIDERS)
        keeping.register(*KINDS)
