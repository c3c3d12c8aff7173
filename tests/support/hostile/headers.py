"""Headers as no browser sends them."""

from random import Random

from tests.support.hostile.values import value

#: By their names in the environment of WSGI.
NAMES = (
    "HTTP_HOST",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_COOKIE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_REFERER",
    "HTTP_ORIGIN",
    "HTTP_USER_AGENT",
    "HTTP_X_REQUESTED_WITH",
    "HTTP_X_CSRFTOKEN",
    "HTTP_X_HTTP_METHOD_OVERRIDE",
    "HTTP_AUTHORIZATION",
    "REMOTE_ADDR",
)
#: What is nearly right is read further than nonsense.
NEARLY = (
    *("203.0.113.7:50001", "[2001:db8::1]:443", "unknown", "_hidden", "fe80::1%eth0"),
    *("*", '""', 'W/"', '"' * 3000, 'W/"x", ' * 500, "Thu, 01 Jan 0001 00:00:00 GMT"),
    *("Fri, 31 Dec 9999 23:59:60 GMT", "Sat, 99 Feb 1", "bytes=0-", "bytes=-1,9-1,a-"),
    *(
        "bytes=" + "9" * 5000 + "-",
        "en;q=x",
        "en;q=9e999",
        "a" * 600,
        "en," * 300,
        "ko-" * 200,
    ),
    *(
        "*;q=0",
        "zh-hant-x-" + "y" * 200,
        "gzip;q=2",
        "br, *;q=",
        "text/html;q=NaN",
        "a/b/c",
    ),
    *("scale=;mode=;=;;;", "django_language=" + "x" * 4000, "sessionid=" + "é" * 300),
    *(
        "csrftoken=\x80\xff",
        'scale="\\000"',
        "a=b; " * 400,
        "=",
        "messages=a:b:c",
        "mode=\x01",
    ),
    *(
        "django_language=zz",
        "sessionid=.",
        "null",
        "http://[",
        "https://testserver:99999999",
    ),
    *(
        *(
            "evil.example",
            "testserver:99999999",
            "[::1",
            "a..b",
            "testserver.",
            "TESTSERVER",
        ),
        "Basic \xff",
        "XMLHttpRequest",
        "application/json, */*;q=",
        "application/problem+json",
    ),
)
FORMS = (
    *("", "text/plain", "application/json", "application/json; charset=x", "a/b"),
    *("application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data"),
    *(
        "application/x-www-form-urlencoded; charset=utf-16",
        "multipart/form-data; boundary=",
    ),
    *(
        "multipart/form-data; boundary=" + "b" * 300,
        "multipart/form-data; boundary=\xff",
    ),
    *(
        "multipart/mixed; boundary=x",
        "x" * 3000,
        "application/x-www-form-urlencoded; charset",
    ),
)
BODIES = (
    *(
        b"",
        b"=",
        b"&" * 3000,
        b"a=1&" * 2000,
        b"%",
        b"%zz=%",
        b"%00=%00",
        b"\xff\xfe=\x80",
    ),
    *(
        b"{",
        b"[" * 3000,
        b"--x\r\n",
        b"--b\r\nContent-Disposition: form-data\r\n\r\n--b--",
    ),
    *(
        b"next=%0d%0a",
        b"a" * 10_000,
        b"page=" + b"9" * 5000,
        b"csrfmiddlewaretoken=%00",
    ),
)


def headers(random: Random) -> dict[str, str]:
    """One to three of them; WSGI hands them on as Latin-1."""
    names = random.sample(NAMES, random.randint(1, 3))
    return {
        name: (random.choice(NEARLY) if random.random() < 0.7 else value(random))
        .encode("utf-8")
        .decode("latin-1")
        for name in names
    }
