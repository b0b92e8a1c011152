"""Behind a TLS proxy. `motcua check --deploy` must be clean with these."""

from motcua.config.settings import environment as env
from motcua.config.settings.base import *  # noqa: F403

SECRET_KEY = env.text("MOTCUA_SECRET_KEY")
MOTCUA_DATA_KEYS = env.text("MOTCUA_DATA_KEYS")
MOTCUA_DIGEST_KEY = env.text("MOTCUA_DIGEST_KEY")
ALLOWED_HOSTS = env.items("MOTCUA_HOSTS")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The proxy that ends TLS; without it throttles would count all people of the province as one.
MOTCUA_TRUSTED_PROXIES = env.number("MOTCUA_TRUSTED_PROXIES", 1)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
EMAIL_HOST = env.text("MOTCUA_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("MOTCUA_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("MOTCUA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("MOTCUA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("MOTCUA_SMTP_TLS", default=False)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = env.text("MOTCUA_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
# No text messages until a provider is named; people sign in by e-mail meanwhile.
MOTCUA_SMS_SENDER = env.text("MOTCUA_SMS_SENDER", "off")
MOTCUA_SHOW_CODES = False
