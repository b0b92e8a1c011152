from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "motcua.foundation.organisations"
    label = "organisations"
    verbose_name = "Organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.organisations.reorganising.own_followers import FOLLOWERS
        from motcua.foundation.organisations.reorganising.registry import register_follower

        register_follower(*FOLLOWERS)
