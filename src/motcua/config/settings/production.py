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
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
EMAIL_BACKEND = env.text("MOTCUA_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
