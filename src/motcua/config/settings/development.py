"""The demonstration on one machine: plain HTTP on 127.0.0.1, keys made by the launcher."""

from motcua.config.settings.base import *  # noqa: F403
