"""Every value that differs between deployments comes from the environment."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.environment import caches, databases, env, in_both_languages, site_url
from portal.logs.configuration import logging_configuration

BASE_DIR = Path(__file__).resolve().parent.parent

# The portal's own user alone reads what it writes: database, keys, uploads on the way.
os.umask(0o077)

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
DEBUG = env.bool("DEBUG", False)
HTTPS = env.bool("HTTPS", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
#: The ministry's own host; anywhere else the portal calls itself a preview.
OFFICIAL_HOST = env.str("OFFICIAL_HOST", "")
#: What addresses begin with in pages, files, feeds and the API.
SITE_URL = site_url(HTTPS, OFFICIAL_HOST)

INSTALLED_APPS = [
    # Before modeltranslation, whose loaddata it refines; both before the admin.
    "statements",
    "modeltranslation",
    "goals",
    "achievements",
    "explorer",
    "portal",
    "desk.admin_config.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_filters",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    # Last: it registers the models of the others in the admin.
    "desk",
]

MIDDLEWARE = [
    # First: whatever the others do is recorded under its name for the request.
    "portal.logs.middleware.record_requests",
    "portal.middleware.add_cross_origin_policies",
    "portal.hosts.admit_hosts",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.keep_not_modified_bare",
    "django.middleware.gzip.GZipMiddleware",
    "portal.middleware.TrustedTypesMiddleware",
    "portal.refusals.disk_space.FullDiskMiddleware",
    "portal.refusals.bodies.BodyLimitMiddleware",
    # Before whatever asks the database.
    "portal.backends.replica.choose_database",
    "portal.middleware.drop_empty_parameters",
    # Refuses before the version of the data is read.
    "portal.request_limits.RequestLimits",
    "portal.kept_answers.marks.AnswerMarks",
    "portal.middleware.add_data_version",
    "portal.middleware.remember_language",
    "portal.middleware.keep_previews_out_of_search_engines",
    "portal.middleware.QuietSessionMiddleware",
    # After the session and before anything that answers in a language.
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Sees the cookie that the next one sets.
    "desk.sessions.form_owners.remember_form_owners",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

LOGGING = logging_configuration(env.str("LOG_LEVEL", "INFO"))

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            "loaders": ["portal.backends.template_loader.LanguageLoader"],
        },
    }
]

DATABASES = databases(BASE_DIR)
DATABASE_ROUTERS = ["portal.backends.replica.ReplicaRouter"]
#: Where `backup` writes, its newest files among those of `--keep`.
BACKUP_DIR = env.path("BACKUP_DIR", BASE_DIR / "var" / "backups")
CACHES = caches()
#: How often an address may ask in a minute, many people in one building together; 0
#: sets no limit. And how many searches a process answers at once, of its 8 threads.
RATE_LIMITS = {"search": 300, "files": 120, "api": 600}
RATE_LIMITS |= env.dict("RATE_LIMITS", {}, subcast_values=int)
SEARCHES_AT_ONCE = env.int("SEARCHES_AT_ONCE", 4)

#: Megabytes of whole answers that each process keeps, and how many seconds a change may
#: wait to be seen by readers.
KEPT_ANSWERS_MB = env.int("KEPT_ANSWERS_MB", 48)
VERSION_CHECK_SECONDS = env.float("VERSION_CHECK_SECONDS", 1.0)

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "overrides"]
FORMAT_MODULE_PATH = "portal.formats"
#: With HTTPS no other host of the domain can set a cookie in the portal's name.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = True, "Lax"
MODELTRANSLATION_DEFAULT_LANGUAGE = "ko"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": (), "en": ("ko",)}
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

PASSWORD_HASHERS = ["desk.accounts.passwords.hashers.QueuedHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
AUTH_PASSWORD_VALIDATORS.append(
    {"NAME": "desk.accounts.passwords.house_words.HouseWordsValidator"}
)
# Staff alone have sessions: four hours after their last page, half a day after their
# password, or with the browser.
SESSION_ENGINE = "desk.sessions.store"
SESSION_COOKIE_AGE = 4 * 60 * 60
SESSION_LIFETIME = timedelta(hours=12)
SESSION_SAVE_EVERY_REQUEST = SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "desk.sessions.csrf_failure.show_csrf_failure"

#: How many proxies of ours stand before the portal, each adding to X-Forwarded-For.
PROXIES = env.int("PROXIES", 0)
# django-axes keeps the log of logins, which the desk shows; the limits on guessing, of
# the second step too, are in desk/accounts/lockout.py.
AXES_HANDLER = "desk.accounts.login_log.LoginLog"
AXES_CLIENT_IP_CALLABLE = "desk.accounts.client_ip.client_ip"
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W003"]
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
#: Encrypt the seeds of second steps; the first one writes, all of them read, and after
#: them those of SECRET_KEY.
OTP_KEYS: list[str] = env.list("OTP_KEYS", [])
#: How long records of logins are kept; `purge_logins` deletes what is older.
LOGIN_RETENTION_DAYS = env.int("LOGIN_RETENTION_DAYS", 365)
#: How long what readers wrote in reports is kept; the same command deletes it.
REPORT_RETENTION_DAYS = env.int("REPORT_RETENTION_DAYS", 365)
OTP_TOTP_ISSUER = "Foreign Policy Portal"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
# The portal's files are for its own pages, whatever whitenoise lets others do.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.backends.storage.OneSheetStorage"},
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
#: Where copies of the site are; who may read /metrics; when a query is slow.
MIRROR_DIR = env.path("MIRROR_DIR", BASE_DIR / "var" / "mirror")
METRICS_FROM: list[str] = env.list("METRICS_FROM", ["127.0.0.1/32", "::1"])
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 500)
# Lengths of bodies by address: portal/refusals/bodies.py. In one that is taken, what is
# no file goes to memory: the preview of a translation file is the largest.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# A form with all that stands under a goal has some hundreds; none has two files.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
# Larger files wait on disk for the process that reads them, whoever sends how many.
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024

# The admin's pages keep to this policy too: it ships its scripts and styles as files.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    f"{COOKIE_PREFIX}{name}" for name in ("sessionid", "csrftoken")
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
#: Beyond the address that a form is sent to, for proxies that change it.
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
# Only the desk has messages; a session keeps them from the browser.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

#: Each in both languages where it is read; what is unset is not shown.
SITE_NAME = in_both_languages(
    "SITE_NAME", _("Foreign Policy Goals, Achievements and Tasks")
)
INSTITUTION = {
    "department": in_both_languages("DEPARTMENT"),
    "phone": env.str("PHONE", ""),
    "report_address": env.str("REPORT_ADDRESS", ""),
    "national_symbols_url": env.str("NATIONAL_SYMBOLS_URL", ""),
    "children_url": env.str("CHILDREN_URL", ""),
    #: Where the official banner's explanation lets readers check an address.
    "official_sites_url": env.str("OFFICIAL_SITES_URL", ""),
}
