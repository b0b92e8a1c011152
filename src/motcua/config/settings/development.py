"""The demonstration on one machine: plain HTTP on 127.0.0.1, keys made by the launcher."""

from motcua.config.settings import environment as env
from motcua.config.settings.base import *  # noqa: F403

MOTCUA_SHOW_CODES = env.flag("MOTCUA_SHOW_CODES", default=True)
