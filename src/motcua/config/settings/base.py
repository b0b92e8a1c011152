"""What every installation shares. Secrets and addresses come from the environment."""

from csp.constants import NONCE, NONE, SELF

from motcua.config.settings import environment as env

DEBUG = False
SECRET_KEY = env.text("MOTCUA_SECRET_KEY", "")
ALLOWED_HOSTS = env.items("MOTCUA_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = env.items("MOTCUA_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "motcua.foundation.core.apps.CoreConfig",
    "motcua.foundation.calendars.apps.CalendarsConfig",
    "motcua.foundation.organisations.apps.OrganisationsConfig",
    "motcua.foundation.accounts.apps.AccountsConfig",
    "motcua.casework.workflow.apps.WorkflowConfig",
    "motcua.casework.documents.apps.DocumentsConfig",
    "motcua.casework.procedures.apps.ProceduresConfig",
    "motcua.casework.dossiers.apps.DossiersConfig",
    "motcua.casework.custody.apps.CustodyConfig",
    "motcua.casework.internal.apps.InternalConfig",
    "motcua.engagement.notifications.apps.NotificationsConfig",
    "motcua.engagement.surveys.apps.SurveysConfig",
    "motcua.insight.statistics.apps.StatisticsConfig",
    "motcua.insight.simplification.apps.SimplificationConfig",
    "motcua.insight.forecasts.apps.ForecastsConfig",
    "motcua.faces.design.apps.DesignConfig",
    "motcua.faces.portal.apps.PortalConfig",
    "motcua.faces.office.apps.OfficeConfig",
    "motcua.faces.api.apps.ApiConfig",
    "motcua.demonstration.apps.DemonstrationConfig",
]

MIDDLEWARE = [
    "motcua.config.middleware.request_id",
    "motcua.config.middleware.client_address",
    "motcua.config.middleware.living_connection",
    "motcua.config.middleware.language",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.config.content_policy.ContentPolicy",
    "motcua.config.middleware.maintenance",
    "motcua.config.middleware.no_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "motcua.config.middleware.SignInRequired",
    "motcua.config.middleware.actor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "motcua.config.middleware.refusals",
]

ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [("motcua.config.templates.LanguageLoader", ["motcua.config.templates.AppLoader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "motcua.config.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "motcua.config.fixed_tags"],
        },
    }
]

# The application works as this role, which owns nothing; MOTCUA_OWNER_DATABASE_URL is read by the command line.
MOTCUA_APP_ROLE = env.text("MOTCUA_APP_ROLE", "motcua_app")
DATABASES = {"default": env.database(env.text("DATABASE_URL", "postgresql:///motcua"))}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": False}
# Milliseconds; a step of a dossier is short, a page that needs longer is a defect.
DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {  # type: ignore[operator]
    "options": f"-c statement_timeout={env.number('MOTCUA_STATEMENT_TIMEOUT_MS', 15_000)} -c lock_timeout=3000"
    " -c idle_in_transaction_session_timeout=60000 -c jit=off",
    # The hot statements are prepared once per connection; switch it off behind a pooler of transactions.
    "prepare_threshold": 5 if env.flag("MOTCUA_PREPARED_STATEMENTS", default=True) else None,
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["motcua.foundation.accounts.backends.ThrottledBackend"]
LOGIN_URL = "office:login"
LOGIN_REDIRECT_URL = "office:home"
LOGOUT_REDIRECT_URL = "portal:home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "motcua.config.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "motcua.config.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = [
    "motcua.casework.documents.upload_handlers.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [env.PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.ROOT / ".motcua" / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.ROOT / ".motcua" / "files"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

EMAIL_BACKEND = env.text("MOTCUA_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = env.ROOT / ".motcua" / "mail"
DEFAULT_FROM_EMAIL = env.text("MOTCUA_FROM", "motcua@example.vn")

# Personal data: "1:base64key,2:base64key", the highest number encrypts; the digest key is another one.
MOTCUA_DATA_KEYS = env.text("MOTCUA_DATA_KEYS", "")
MOTCUA_DIGEST_KEY = env.text("MOTCUA_DIGEST_KEY", "")
# The coming key of digests, only while it is being changed (`motcua rotate_keys`).
MOTCUA_DIGEST_KEY_NEXT = env.text("MOTCUA_DIGEST_KEY_NEXT", "")
# Whether what was kept long enough is deleted every night by itself (`motcua purge`).
MOTCUA_PURGE_NIGHTLY = env.flag("MOTCUA_PURGE_NIGHTLY", default=True)
MOTCUA_DEMO_ACCOUNTS_FILE = env.ROOT / ".motcua" / "demo_accounts.json"
MOTCUA_DEMO_PLAY_FILE = env.ROOT / ".motcua" / "demo_histories.json"
# A province's own names, help line and colours.
MOTCUA_BRAND = env.table("MOTCUA_BRAND_FILE")
MOTCUA_SITE_URL = env.text("MOTCUA_SITE_URL", "http://127.0.0.1:8000")
# How the calendars' command finds an agency by code: callable(code) -> id or None; agencies stand above calendars.
MOTCUA_AGENCY_LOOKUP = "motcua.foundation.organisations.selectors.agency_id_of"
# How many proxies in front of us add to X-Forwarded-For; 0 when clients reach us directly.
MOTCUA_TRUSTED_PROXIES = env.number("MOTCUA_TRUSTED_PROXIES", 0)
# Who brings it as "Authorization: Bearer ..." may read /metrics from elsewhere; empty: only this machine.
MOTCUA_METRICS_TOKEN = env.text("MOTCUA_METRICS_TOKEN", "")
MOTCUA_MAINTENANCE_FILE = env.ROOT / ".motcua" / "maintenance"
# Files sent up and never handed in are deleted after as many days.
MOTCUA_UNUSED_FILE_DAYS = env.number("MOTCUA_UNUSED_FILE_DAYS", 2)
MOTCUA_UPLOAD_LIMIT_MB = env.number("MOTCUA_UPLOAD_LIMIT_MB", 20)
# Virus scanner: "off", "clamd", or the path of a class with `scan(stream)`; clamd's socket path or host:port.
MOTCUA_VIRUS_SCANNER = env.text("MOTCUA_VIRUS_SCANNER", "off")
MOTCUA_CLAMD_ADDRESS = env.text("MOTCUA_CLAMD_ADDRESS", "/run/clamav/clamd.ctl")
# How a result without a login may be looked up: attempts per code, and per address, in an hour.
MOTCUA_TRACKING_ATTEMPTS_PER_CODE = env.number("MOTCUA_TRACKING_ATTEMPTS_PER_CODE", 5)
MOTCUA_TRACKING_ATTEMPTS_PER_ADDRESS = env.number("MOTCUA_TRACKING_ATTEMPTS_PER_ADDRESS", 30)
# Calls of the API in a minute from one address without a key; a key has a rate of its own.
MOTCUA_API_PER_ADDRESS = env.number("MOTCUA_API_PER_ADDRESS", 60)

# Who has to show a second factor when signing in: roles of posts; superusers always, unless this is empty.
MOTCUA_SECOND_FACTOR_ROLES = env.items("MOTCUA_SECOND_FACTOR_ROLES", "leader,administrator")
# Text messages: "off", "file" (MOTCUA_SMS_FOLDER), "console", or the path of a class with `send(to=, text=)`.
MOTCUA_SMS_SENDER = env.text("MOTCUA_SMS_SENDER", "file")
MOTCUA_SMS_FOLDER = env.ROOT / ".motcua" / "sms"
# Outside sign-ons by OpenID Connect (VNeID, a directory of staff): {"sign_ons": [{"code": ..., "name": ...}]}.
MOTCUA_SIGN_ONS = env.table("MOTCUA_SIGN_ONS_FILE").get("sign_ons", [])
# Codes on the very page that asks for them: for demonstrations only, production has no way to switch it on.
MOTCUA_SHOW_CODES = False

# Defaults that law or the province may change: hours to accept an online filing (Decree 45/2020 practice), days a draft
# is kept, days a citizen has for a supplement, fee of certified copies (Circular 226/2016/TT-BTC).
MOTCUA_PEOPLE_LOOKUPS_PER_HOUR = env.number("MOTCUA_PEOPLE_LOOKUPS_PER_HOUR", 240)
# Reading dossiers: whether a reader without a task in it must say why, whether citizens see readers' names, and above
# which number of dossiers the data protection officer is told: foreign ones in an hour and a day, any at night.
MOTCUA_ASK_READING_PURPOSE = env.flag("MOTCUA_ASK_READING_PURPOSE", default=True)
MOTCUA_READERS_NAMED = env.flag("MOTCUA_READERS_NAMED", default=False)
MOTCUA_FOREIGN_READINGS_PER_HOUR = env.number("MOTCUA_FOREIGN_READINGS_PER_HOUR", 20)
MOTCUA_FOREIGN_READINGS_PER_DAY = env.number("MOTCUA_FOREIGN_READINGS_PER_DAY", 60)
MOTCUA_NIGHT_READINGS = env.number("MOTCUA_NIGHT_READINGS", 10)
MOTCUA_NIGHT_FROM_HOUR = env.number("MOTCUA_NIGHT_FROM_HOUR", 22)
MOTCUA_NIGHT_TO_HOUR = env.number("MOTCUA_NIGHT_TO_HOUR", 5)
MOTCUA_DRAFT_DAYS = env.number("MOTCUA_DRAFT_DAYS", 30)
# From so many dossiers a year on, a procedure that is not taken online counts as a gap.
MOTCUA_OFTEN_ASKED_DOSSIERS = env.number("MOTCUA_OFTEN_ASKED_DOSSIERS", 100)
MOTCUA_SUBMITTED_LINK_HOURS = env.number("MOTCUA_SUBMITTED_LINK_HOURS", 24)
# Capacities (Decree 30/2020, art. 13) in which a substitute may sign for an absent leader.
MOTCUA_SUBSTITUTE_CAPACITIES = env.items("MOTCUA_SUBSTITUTE_CAPACITIES", "KT.,TL.,TUQ.")
# Posts whose holders enter their own leave without asking anybody.
MOTCUA_OWN_LEAVE_ROLES = env.items("MOTCUA_OWN_LEAVE_ROLES", "leader,administrator")
MOTCUA_START_PASSWORD_DAYS = env.number("MOTCUA_START_PASSWORD_DAYS", 7)
MOTCUA_UNDO_MINUTES = env.number("MOTCUA_UNDO_MINUTES", 10)
# Tasks done with one click on a list; dossiers without an event for so many working hours count as stuck; what is due
# within so many working hours after today counts as due soon.
MOTCUA_BULK_MOST = env.number("MOTCUA_BULK_MOST", 500)
MOTCUA_STUCK_HOURS = env.number("MOTCUA_STUCK_HOURS", 40)
MOTCUA_SOON_HOURS = env.number("MOTCUA_SOON_HOURS", 16)
# A change of working time is previewed in the request up to so many open dossiers, by a job above.
MOTCUA_PREVIEW_AT_ONCE = env.number("MOTCUA_PREVIEW_AT_ONCE", 5_000)
# Supplements asked for without a leader's approval (Decree 61/2018, art. 11.2c)
MOTCUA_SUPPLEMENTS_WITHOUT_APPROVAL = env.number("MOTCUA_SUPPLEMENTS_WITHOUT_APPROVAL", 1)
# Days within which an applicant may complain (Law on Complaints 2011, art. 9)
MOTCUA_COMPLAINT_DAYS = env.number("MOTCUA_COMPLAINT_DAYS", 90)
MOTCUA_SUPPLEMENT_DAYS = env.number("MOTCUA_SUPPLEMENT_DAYS", 30)
MOTCUA_CERTIFICATION_FEE = {"first_pages": 2, "first_vnd": 2_000, "further_vnd": 1_000, "most_vnd": 200_000}
# Books (sổ): title, lines a page, whether the citizen signs each line.
MOTCUA_BOOKS = {
    "KQ": {"title": "Sổ cấp số kết quả giải quyết thủ tục hành chính", "lines": 12, "signed": False},
    "SCT-BS": {"title": "Sổ chứng thực bản sao từ bản chính", "lines": 12, "signed": False},
}
# Codes of fields whose lines the citizen signs in whatever book they stand (civil status).
MOTCUA_BOOK_SIGNED_FIELDS = env.items("MOTCUA_BOOK_SIGNED_FIELDS", "ho-tich")
# More dossiers than this are not printed in one register.
MOTCUA_REGISTER_MOST_ROWS = env.number("MOTCUA_REGISTER_MOST_ROWS", 2_000)

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

from motcua.config.settings.logging import LOGGING  # noqa: E402, F401

# Forecasts: dossiers finished in so many days, and the fewest like ones that say anything.
MOTCUA_FORECAST_DAYS = env.number("MOTCUA_FORECAST_DAYS", 365)
MOTCUA_FORECAST_LEAST = env.number("MOTCUA_FORECAST_LEAST", 20)
# What a working hour of an applicant is worth, and how long papers and ways take: assumed, for the cost of compliance.
MOTCUA_COMPLIANCE_WAGE_VND = env.number("MOTCUA_COMPLIANCE_WAGE_VND", 59_000)
MOTCUA_COMPLIANCE_MINUTES_A_PAPER = env.number("MOTCUA_COMPLIANCE_MINUTES_A_PAPER", 60)
MOTCUA_COMPLIANCE_MINUTES_OF_WAYS = env.number("MOTCUA_COMPLIANCE_MINUTES_OF_WAYS", 240)
