"""Tests: fast hashing, memory mail, fixed keys that protect nothing."""

import base64
import tempfile
from pathlib import Path

from motcua.config.settings.base import *  # noqa: F403

SECRET_KEY = "test-only-" + "x" * 50
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MOTCUA_DATA_KEYS = "1:" + base64.b64encode(b"k" * 32).decode()
MOTCUA_DIGEST_KEY = base64.b64encode(b"d" * 32).decode()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Nothing is collected for tests; the test server finds static files in the apps.
MIDDLEWARE = [entry for entry in MIDDLEWARE if "whitenoise" not in entry]  # noqa: F405
MEDIA_ROOT = Path(tempfile.gettempdir()) / "motcua-test-files"
MOTCUA_MAINTENANCE_FILE = Path(tempfile.gettempdir()) / "motcua-no-maintenance"
LOGGING["root"]["level"] = "WARNING"  # type: ignore[index]  # noqa: F405
LOGGING["loggers"]["motcua.access"]["level"] = "WARNING"  # type: ignore[index]  # noqa: F405
