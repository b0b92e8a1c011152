"""JSON lines to standard error: event name and fields, never personal data."""

import logging
from typing import Any

import structlog


class Route(logging.Filter):
    """Lets Django's own lines name the pattern of an address: the address itself may hold a code or a secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the path of the request by its route."""
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        if isinstance(record.args, tuple) and len(record.args) == 2:
            record.args = (record.args[0], match.route if match else "-")
        return True


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=False),
            ],
            "foreign_pre_chain": SHARED,
        },
        "ready": {"format": "%(message)s"},
    },
    "filters": {"route": {"()": Route}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
        "access": {"class": "logging.StreamHandler", "formatter": "ready"},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # One line per request, written as JSON already: the chain of processors would cost more than some pages.
        "motcua.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR", "filters": ["route"]},
        "django.security": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},
        "authlib": {"level": "WARNING"},
        "urllib3": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}
structlog.configure(
    processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
