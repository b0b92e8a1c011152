from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "motcua.engagement.notifications"
    label = "notifications"
    verbose_name = "Notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from motcua.engagement.notifications import subscriptions
        from motcua.engagement.notifications.held import PROVIDERS
        from motcua.engagement.notifications.kept import KINDS
        from motcua.engagement.notifications.text_messages import check_sender
        from motcua.foundation.core import held_data, keeping, rotation

        subscriptions.subscribe()
        register(check_sender, Tags.security, deploy=True)
        held_data.register(*PROVIDERS)
        keeping.register(*KINDS)
        rotation.register(
            rotation.Sealed("notifications_message", {"content_cipher": "notifications.message"}),
            rotation.Sealed("notifications_code_message", {"content_cipher": "notifications.code"}),
        )
