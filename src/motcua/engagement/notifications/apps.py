from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "motcua.engagement.notifications"
    label = "notifications"
    verbose_name = "Notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.engagement.notifications import subscriptions

        subscriptions.subscribe()
