"""Every value that differs between deployments comes from the environment."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from environs import Env

env = Env()


def in_both_languages(name: str, default: str | Promise = "") -> str | Promise:
    """The value of NAME_KO or NAME_EN, by the language active when it is read."""
    values = {code: env.str(f"{name}_{code.upper()}", "") for code in ("ko", "en")}
    if not any(values.values()):
        return default
    return lazy(lambda: values[get_language() or "ko"], str)()


BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = env.str("SECRET_KEY")
DEBUG = env.bool("DEBUG", False)
HTTPS = env.bool("HTTPS", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
#: The ministry's own host; anywhere else the portal calls itself a preview.
OFFICIAL_HOST = env.str("OFFICIAL_HOST", "")

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
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.refusals.disk_space.FullDiskMiddleware",
    "portal.refusals.bodies.BodyLimitMiddleware",
    "portal.middleware.add_data_version",
    "portal.middleware.remember_language",
    "portal.middleware.vary_by_preferences",
    "portal.middleware.keep_previews_out_of_search_engines",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # After the session and before anything that answers in a language.
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
        },
    }
]

DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL",
        f"sqlite:///{BASE_DIR / 'var' / 'portal.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers wait for each other instead of failing halfway; readers never wait.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
CACHES = {"default": env.dj_cache_url("CACHE_URL", "locmem://")}

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SECURE = HTTPS
MODELTRANSLATION_DEFAULT_LANGUAGE = "ko"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": (), "en": ("ko",)}
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

AUTHENTICATION_BACKENDS = [
    # First: it turns away who has tried too often.
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"django.contrib.auth.password_validation.{name}",
        "OPTIONS": options,
    }
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
# Staff alone have sessions: four hours after their last page, or with the browser.
SESSION_COOKIE_AGE = 4 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = SESSION_EXPIRE_AT_BROWSER_CLOSE = True

#: How many proxies of ours stand before the portal, each adding to X-Forwarded-For.
PROXIES = env.int("PROXIES", 0)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# A name and an address together: nobody locks a colleague out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "desk.accounts.client_ip.client_ip"
AXES_LOCKOUT_TEMPLATE = "desk/accounts/locked_out.html"
AXES_RESET_ON_SUCCESS = AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# The desk shows the log itself, to read only.
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Foreign Policy Portal"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.storage.OneSheetStorage"},
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
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
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True

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
