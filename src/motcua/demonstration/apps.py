from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "motcua.demonstration"
    label = "demonstration"
    verbose_name = "Demonstration province"
