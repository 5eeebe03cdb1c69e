"""Django's settings, from `config.py`. Importing this opens no connection and asks nobody."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from response.apps import plugin_apps
from response.project import sign_in
from response.project.config import read_config
from response.project.database import django_database
from response.slack.compat import old_settings

CONFIG = read_config()
UI = Path(__file__).parents[1] / "ui"
OPERATIONS = Path(__file__).parents[1] / "operations"
DOCTOR = Path(__file__).parents[1] / "doctor"

SECRET_KEY = (
    CONFIG.secret_key.get_secret_value()
    if CONFIG.secret_key
    else "for development only; DATABASE_URL asks for a real one"
)
DEBUG = CONFIG.debug
SITE_URL = CONFIG.site_url.rstrip("/")
ALLOWED_HOSTS = [*CONFIG.allowed_hosts, urlsplit(SITE_URL).hostname or "localhost", "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(SITE_URL))]
# Behind a proxy that gives us a sub-path, SITE_URL has one.
FORCE_SCRIPT_NAME = urlsplit(SITE_URL).path or None

SLACK_TOKEN = CONFIG.slack_token.get_secret_value()
SLACK_APP_TOKEN = CONFIG.slack_app_token.get_secret_value()
SLACK_SIGNING_SECRETS = CONFIG.signing_secrets
SLACK_CLIENT_ID = CONFIG.slack_client_id
SLACK_CLIENT_SECRET = CONFIG.slack_client_secret.get_secret_value()
SLACK_API_URL = CONFIG.slack_api_url.rstrip("/") + "/"
SLACK_TIMEOUT = CONFIG.slack_timeout
SLACK_MESSAGE_SECONDS = CONFIG.slack_message_seconds
INCIDENT_CHANNEL_NAME = CONFIG.incident_channel_name
INCIDENT_BOT_NAME = CONFIG.incident_bot_name
INCIDENT_CHANNEL_TEMPLATE = CONFIG.incident_channel_template

SEVERITY_REMINDER_MINUTES = CONFIG.severity_reminder_minutes
SEVERITY_REMINDER_LIMIT = CONFIG.severity_reminder_limit
LEAD_REMINDER_MINUTES = CONFIG.lead_reminder_minutes
LEAD_REMINDER_LIMIT = CONFIG.lead_reminder_limit
LONG_RUNNING_REMINDER_MINUTES = CONFIG.long_running_reminder_minutes
LONG_RUNNING_REMINDER_LIMIT = CONFIG.long_running_reminder_limit
REMINDER_SNOOZE_MINUTES = CONFIG.reminder_snooze_minutes
REMINDER_HOURS = CONFIG.reminder_hours

HANDLER_TIMEOUT = CONFIG.handler_timeout
METRICS_TOKEN = CONFIG.metrics_token.get_secret_value()
HEARTBEAT_URL = CONFIG.heartbeat_url.get_secret_value()
SENTRY_DSN = CONFIG.sentry_dsn.get_secret_value()
QUEUE_LATE_SECONDS = CONFIG.queue_late_seconds
INBOX_KEPT_HOURS = CONFIG.inbox_kept_hours
INBOX_TEXT_HOURS = CONFIG.inbox_text_hours
OUTBOX_KEPT_DAYS = CONFIG.outbox_kept_days
PLUGIN_DIR = CONFIG.plugin_dir
SKIP_BROKEN_PLUGINS = CONFIG.skip_broken_plugins
# What plugins for the original read; nothing is looked up here.
SLACK_CLIENT = old_settings.SLACK_CLIENT
INCIDENT_CHANNEL_ID = old_settings.INCIDENT_CHANNEL_ID
INCIDENT_BOT_ID = old_settings.INCIDENT_BOT_ID
PLUGIN_APPS = plugin_apps(CONFIG.installed_plugin_apps, skip_broken=SKIP_BROKEN_PLUGINS)

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # project/urls.py looks for its pages: only the web needs them
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",  # its script is served from here, too
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "ninja",  # for the assets of the API's page, which would come from another host otherwise
    "procrastinate.contrib.django",
    "response",
    *PLUGIN_APPS,  # after ours, which looks after them
]

# Slack's own requests need none of this, and they are most of the traffic: `slack.urls` are answered
# before the middleware of pages (see project/wsgi.py).
MIDDLEWARE = [
    "response.operations.requests.Observed",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "response.project.headers.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "response.project.outage.DatabaseOutage",
    "response.project.gate.Gate",
]

ROOT_URLCONF = "response.project.urls"
WSGI_APPLICATION = "response.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [UI / "templates", OPERATIONS / "templates", DOCTOR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"operations": "response.operations.tags"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "response.ui.acting.context",
            ],
        },
    },
]

DATABASES = {"default": django_database(CONFIG)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
FORMAT_MODULE_PATH = "response.project.formats"

EXPORT_TEMPLATE = CONFIG.export_template
RESPONSE_LOGIN_REQUIRED = CONFIG.response_login_required
DEMO_SIGN_IN = CONFIG.demo_sign_in
OIDC_DOMAINS = [domain.lower() for domain in CONFIG.oidc_domains]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "home"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "MinimumLengthValidator": {"min_length": 10},
        "UserAttributeSimilarityValidator": {},
        "CommonPasswordValidator": {},
    }.items()
]
ACCOUNT_ADAPTER = "response.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = CONFIG.trusted_proxies
SOCIALACCOUNT_ADAPTER = "response.accounts.social.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = sign_in.providers(CONFIG)
# Of the database, so that what limits signing in counts for all processes together. Migration 0006 makes it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "response_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

SESSION_COOKIE_AGE = int(CONFIG.session_hours * 3600)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{FORCE_SCRIPT_NAME or ''}/"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.trusted_proxies else None

STATIC_URL = f"{FORCE_SCRIPT_NAME or ''}/static/"
STATICFILES_DIRS = [UI / "static"]
WHITENOISE_USE_FINDERS = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SESSION_COOKIE_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Nothing of another host, and nothing that stands in the page itself. Small pictures may: the API's page draws its own.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "console": {"()": "response.operations.logs.Lines"},
        "json": {"()": "response.operations.logs.Json"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": CONFIG.log_format}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "response": {"level": CONFIG.log_level},
        # Procrastinate writes a job's arguments at INFO; ours are ids, yet a line a job is noise.
        "procrastinate": {"level": "WARNING"},
        # slack_sdk writes whole payloads at DEBUG, and an ERROR for what is tried again.
        "slack_sdk": {"level": "CRITICAL"},
    },
}
