"""Counts the files that one Save at the desk crosses.

    python scripts/measure_save.py [FUNCTIONS]

An editor opens a statement in the admin, changes its English and saves. The script
prints each file of the project whose functions run from the request to the answer, in
the order of first entry, and their number: those that the Save crosses beyond the page
of its form, which have to be at most eight; those of the form; and files of models and
of settings. With any argument it prints the functions too.
"""

import io
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType

PROJECT = Path(__file__).resolve().parent.parent
APPS = ("statements", "goals", "achievements", "desk", "explorer", "portal", "outline")
#: Files that tell what there is and how it is set up, rather than a step of the way.
SETTINGS = ("settings.py", "apps.py", "translation.py", "urls.py", "staff_urls.py")
CODE = "G1.C1.1"
#: How many files a Save may cross beyond those of its form's page.
MOST = 8
#: The first Save fills what is kept between requests; the next one is measured.
TEXTS = ("A first English text", "Another English text")

Crossed = dict[Path, list[str]]


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": f"sqlite:///{temporary}/portal.sqlite3",
            "SECRET_KEY": "k" * 50,
            "ALLOWED_HOSTS": "testserver",
        }
        sys.path.insert(0, str(PROJECT))
        of_form, of_save = measure()
    apart = {file for file in of_save if is_model(file) or file.name in SETTINGS}
    way = {f: n for f, n in of_save.items() if f not in {*apart, *of_form}}
    show("Files of the way", way)
    shared = {f: n for f, n in of_save.items() if f in of_form and f not in apart}
    show("Files of the form's page", shared)
    show("Models and settings", {f: n for f, n in of_save.items() if f in apart})
    if len(way) > MOST:
        sys.exit(f"One Save crosses more than {MOST} files.")


def measure() -> tuple[Crossed, Crossed]:
    """The files of the form's page, and those of its Save."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("load_corpus", stdout=io.StringIO())
    show_form, save = prepare_save()
    save(TEXTS[0])
    return files_crossed(show_form), files_crossed(lambda: save(TEXTS[1]))


def files_crossed(act: Callable[[], object]) -> Crossed:
    codes: dict[CodeType, None] = {}

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            codes[frame.f_code] = None

    sys.setprofile(note)
    act()
    sys.setprofile(None)
    return files_of(codes)


def prepare_save() -> tuple[Callable[[], object], Callable[[str], None]]:
    """Functions that open the form of the statement, and post it with another text."""
    from desk.models import Proposal
    from statements.models import Statement
    from tests.support.desk.admin_forms import WHY, change_page, form_values
    from tests.support.staff import member, signed_in

    client = signed_in(member("editor"))
    url = change_page(Statement.objects.get(code=CODE))
    values = form_values(client.get(url)) | WHY

    def save(text: str) -> None:
        answer = client.post(url, values | {"text_en": text})
        newest = Proposal.objects.latest("pk")
        if answer.status_code != 302 or newest.snapshot["text_en"] != text:
            sys.exit("The Save was refused.")

    return lambda: client.get(url), save


def files_of(codes: dict[CodeType, None]) -> Crossed:
    """Functions by file, in the order of first entry, without bodies of modules."""
    crossed: Crossed = {}
    for code in codes:
        path = Path(code.co_filename)
        if code.co_name == "<module>" or not path.is_relative_to(PROJECT):
            continue
        file = path.relative_to(PROJECT)
        if file.parts[0] in APPS:
            crossed.setdefault(file, []).append(code.co_qualname)
    return crossed


def is_model(file: Path) -> bool:
    return "models" in (file.parent.name, file.stem)


def show(title: str, crossed: Crossed) -> None:
    print(f"{title}: {len(crossed)}")
    for file, names in crossed.items():
        print(f"  {file}")
        if len(sys.argv) > 1:
            print(*(f"      {name}" for name in names), sep="\n")


if __name__ == "__main__":
    main()
