"""Draws the pictures that a shared link shows, one a language, into static/share/.

python -m scripts.share_images

Two Chromiums do not smooth letters alike, so that no bytes can be compared. Each
picture holds the fingerprint of what it was drawn from: a test tells when that is
another.
"""

import hashlib
import os
import struct
import zlib
from base64 import b64encode
from pathlib import Path

import django
from django.utils.translation import gettext, override
from playwright.sync_api import ViewportSize, sync_playwright

STATIC = Path(__file__).resolve().parent.parent / "static"
FOLDER = STATIC / "share"
LANGUAGES = ("ko", "en")
SIZE = ViewportSize(width=1200, height=630)
FONTS = ("core-400", "core-700", "latin-400", "latin-700")
#: The keyword of the fingerprint among the texts that a PNG may hold.
KEYWORD = b"Source"
#: The length of a PNG's signature and its first chunk, behind which texts may stand.
HEAD = 33
#: As in static/css/tokens.css: ground, text, second text, and the five goals.
STYLE = """
* { margin: 0; box-sizing: border-box; }
body { width: 1200px; height: 630px; background: #ffffff; color: #1e2124;
  padding: 40px 104px 60px; word-break: keep-all; position: relative;
  display: flex; flex-direction: column; justify-content: center; }
svg { width: 96px; height: 96px; }
h1 { font-size: 66px; line-height: 1.25; margin-top: 40px; text-wrap: balance; }
p { font-size: 30px; line-height: 1.5; margin-top: 24px; color: #464c53;
  text-wrap: balance; }
i { position: absolute; bottom: 0; height: 20px; width: 240px; }
"""
GOALS = ("#0b50d0", "#267337", "#8a5c00", "#223a58", "#1f687a")


def drawing_of(language: str) -> str:
    """The page that the picture is taken of, but for its fonts."""
    with override(language):
        name = gettext("Foreign Policy Goals, Achievements and Tasks")
        description = gettext(
            "Foreign policy goals, reported achievements and planned tasks of the "
            "Republic of Korea, statement by statement, each with its source."
        )
    mark = (STATIC / "icons" / "mark.svg").read_text()
    bars = "".join(
        f'<i style="left: {240 * at}px; background: {color}"></i>'
        for at, color in enumerate(GOALS)
    )
    families = ", ".join(f'"{font}"' for font in FONTS[::2])
    bold = ", ".join(f'"{font}"' for font in FONTS[1::2])
    style = f"{STYLE}p {{ font-family: {families}; }}h1 {{ font-family: {bold}; }}"
    return (
        f'<!DOCTYPE html><html lang="{language}"><meta charset="utf-8">'
        f"<style>{style}</style>"
        f"<body>{mark}<h1>{name}</h1><p>{description}</p>{bars}"
    )


def font_face(font: str) -> str:
    data = b64encode((STATIC / "fonts" / f"portal-sans-{font}.woff2").read_bytes())
    weight = font.rpartition("-")[2]
    return (
        f'@font-face {{ font-family: "{font}"; font-weight: {weight}; '
        f"src: url(data:font/woff2;base64,{data.decode()}); }}"
    )


def fingerprint_of(drawing: str) -> bytes:
    return hashlib.sha256(drawing.encode()).hexdigest().encode()


def with_fingerprint(png: bytes, drawing: str) -> bytes:
    body = b"tEXt" + KEYWORD + b"\0" + fingerprint_of(drawing)
    length, check = (struct.pack(">I", n) for n in (len(body) - 4, zlib.crc32(body)))
    return png[:HEAD] + length + body + check + png[HEAD:]


def draw() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page(viewport=SIZE)
        faces = "".join(map(font_face, FONTS))
        for language in LANGUAGES:
            drawing = drawing_of(language)
            page.set_content(drawing.replace("<style>", f"<style>{faces}"))
            page.evaluate("document.fonts.ready")
            png = with_fingerprint(page.screenshot(), drawing)
            (FOLDER / f"{language}.png").write_bytes(png)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    draw()
