"""Django's settings, from `config.py`. Importing this opens no connection and asks nobody."""

from pathlib import Path
from urllib.parse import urlsplit

from response.apps import plugin_apps
from response.project.config import read_config
from response.project.database import django_database
from response.slack.compat import old_settings

CONFIG = read_config()
UI = Path(__file__).parents[1] / "ui"

SECRET_KEY = (
    CONFIG.secret_key.get_secret_value()
    if CONFIG.secret_key
    else "for development only; DATABASE_URL asks for a real one"
)
DEBUG = CONFIG.debug
SITE_URL = CONFIG.site_url.rstrip("/")
ALLOWED_HOSTS = [*CONFIG.allowed_hosts, urlsplit(SITE_URL).hostname or "localhost", "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

SLACK_TOKEN = CONFIG.slack_token.get_secret_value()
SLACK_SIGNING_SECRETS = CONFIG.signing_secrets
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
INBOX_KEPT_HOURS = CONFIG.inbox_kept_hours
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
    "ninja",  # for the assets of the API's page, which would come from another host otherwise
    "procrastinate.contrib.django",
    "response",
    *PLUGIN_APPS,  # after ours, which looks after them
]

# Slack's own requests need none of this, and they are most of the traffic: `slack.urls` are answered
# before the middleware of pages (see project/wsgi.py).
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "response.project.outage.DatabaseOutage",
]

ROOT_URLCONF = "response.project.urls"
WSGI_APPLICATION = "response.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [UI / "templates"],
        "OPTIONS": {
            "loaders": [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
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

LOGIN_URL = "admin:login"
PAGES_ACT_AS = CONFIG.pages_act_as
EXPORT_TEMPLATE = CONFIG.export_template
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")

STATIC_URL = "static/"
STATICFILES_DIRS = [UI / "static"]
WHITENOISE_USE_FINDERS = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "response": {"level": CONFIG.log_level},
        # Procrastinate writes a job's arguments at INFO; ours are ids, yet a line a job is noise.
        "procrastinate": {"level": "WARNING"},
        # slack_sdk writes whole payloads at DEBUG, and an ERROR for what is tried again.
        "slack_sdk": {"level": "CRITICAL"},
    },
}
