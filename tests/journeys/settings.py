"""The server of the journeys: as in the demonstration, with the keys of the tests and folders that are thrown away."""

from pathlib import Path

from motcua.config.settings import environment as env
from motcua.config.settings import test
from motcua.config.settings.development import *  # noqa: F403

SECRET_KEY = test.SECRET_KEY
MOTCUA_DATA_KEYS = test.MOTCUA_DATA_KEYS
MOTCUA_DIGEST_KEY = test.MOTCUA_DIGEST_KEY
# Passwords of the small province are hashed quickly; whoever signs in would otherwise not be known.
PASSWORD_HASHERS = test.PASSWORD_HASHERS
# Every browser context is somebody else's telephone, told apart by the address its requests bring.
MOTCUA_TRUSTED_PROXIES = 1
MOTCUA_UPLOAD_LIMIT_MB = 2
JOURNEY_CLOCK = Path(env.text("MOTCUA_JOURNEY_CLOCK"))
