from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "motcua.faces.design"
    label = "design"
