from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.casework.dossiers"
    label = "dossiers"
    verbose_name = "Dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.casework.dossiers import acts
        from motcua.casework.dossiers.connecting import CONNECTORS
        from motcua.casework.dossiers.held import PROVIDERS
        from motcua.casework.dossiers.kept import KINDS, needed_people
        from motcua.casework.dossiers.sealed_columns import SEALED
        from motcua.casework.dossiers.services.succession import FOLLOWERS
        from motcua.casework.dossiers.subscriptions import subscribe
        from motcua.casework.workflow.services import register_connectors
        from motcua.foundation.accounts.services import register_hold
        from motcua.foundation.core import held_data, keeping, rotation
        from motcua.foundation.organisations.services import register_follower

        acts.declare()
        register_follower(*FOLLOWERS)
        subscribe()
        register_connectors(*CONNECTORS)
        rotation.register(*SEALED)
        held_data.register(*PROVIDERS)
        keeping.register(*KINDS)
        register_hold(needed_people)
