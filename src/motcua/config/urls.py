"""Addresses of all faces. The portal has its English pages under /en/."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.module_loading import autodiscover_modules

from motcua.config import health
from motcua.foundation.core.admin import support

FACES = (("office/", "motcua.faces.office.urls"), ("api/", "motcua.faces.api.urls"))
PORTAL = "motcua.faces.portal.urls"
autodiscover_modules("admin", register_to=support)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.figures, name="metrics"),
    path("support/", support.urls),
    *[path(prefix, include(module)) for prefix, module in FACES if find_spec(module)],
    *i18n_patterns(*[path("", include(PORTAL))] if find_spec(PORTAL) else [], prefix_default_language=False),
]
handler400 = "motcua.config.errors.bad_request"
handler403 = "motcua.config.errors.forbidden"
handler404 = "motcua.config.errors.not_found"
handler500 = "motcua.config.errors.server_error"
