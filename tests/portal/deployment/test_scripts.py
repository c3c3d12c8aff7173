"""deploy/: scripts in a dry run and with a stand-in for systemd, units, containers."""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.support.serving import PROJECT

pytestmark = pytest.mark.any_engine
DEPLOY = PROJECT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
#: Stands in for systemd: writes down what it is told, and fails at what it is told to.
SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$LOG"
case "$*" in "$FAIL") exit 1 ;; esac
case "$*" in
  "start portal@"?.service)
    slot=${2#portal@}; exec sh "$SWITCH" "${slot%.service}" ;;
esac
"""
#: Answers as the release in service would.
CURL = """#!/bin/sh
case "$*" in
  *--unix-socket*) exit 0 ;;
  *) [ "$FAIL" = web ] && echo "ok other" || echo "ok ${PORTAL_ROOT_CURRENT}" ;;
esac
"""


@pytest.mark.parametrize("script", sorted(DEPLOY.rglob("*.sh")), ids=lambda p: p.name)
def test_shells_understand_the_scripts(script):
    assert subprocess.run(["sh", "-n", script]).returncode == 0
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("database", ["postgresql", "sqlite"])
def test_the_installation_says_what_it_would_do_and_does_nothing(database):
    places = [Path(name) for name in ("/etc/portal", "/srv/portal", "/var/lib/portal")]
    before = [place.exists() for place in places]
    run = install("--host", "portal.test", "--database", database, "--dry-run")
    assert run.returncode == 0, run.stderr
    for told in (
        "useradd",
        "/etc/portal/secret-key",
        "portal.conf",
        "portal-due.timer",
    ):
        assert told in run.stdout
    assert ("postgresql/roles.sql" in run.stdout) == (database == "postgresql")
    assert [place.exists() for place in places] == before


@pytest.mark.parametrize("arguments", [(), ("--host", "a b"), ("--host", "a", "--x")])
def test_the_installation_takes_nothing_that_it_does_not_know(arguments):
    assert install(*arguments, "--dry-run").returncode == 2


def install(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", DEPLOY / "install.sh", *arguments], capture_output=True, text=True
    )


@pytest.fixture
def host(tmp_path) -> Path:
    """Folders of a host whose release 1.0 serves at slot a, and which has 2.0 too."""
    root, run, programs = (tmp_path / name for name in ("root", "run", "bin"))
    for version in ("1.0", "2.0"):
        (root / "releases" / version).mkdir(parents=True)
        (root / "releases" / version / ".complete").touch()
    for folder in (root / "slots", run / "portal", programs):
        folder.mkdir(parents=True)
    (root / "slots" / "a").symlink_to(root / "releases" / "1.0")
    (root / "current").symlink_to(root / "releases" / "1.0")
    (run / "portal" / "portal.sock").symlink_to(run / "portal-a" / "portal.sock")
    for name, text in (("systemctl", SYSTEMCTL), ("curl", CURL)):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    return tmp_path


def upgrade(host: Path, version: str = "2.0", fail: str = "nothing"):
    """Runs the upgrade; what systemd was told, one line each."""
    log = host / "log"
    log.write_text("")
    environment = {
        "PATH": f"{host / 'bin'}:{os.environ['PATH']}",
        "PORTAL_ROOT": str(host / "root"),
        "PORTAL_ROOT_CURRENT": version,
        "PORTAL_RUN": str(host / "run"),
        "PORTAL_HOST": "portal.example",
        "PORTAL_DRAIN": "0",
        "PORTAL_TRIES": "1",
        "LOG": str(log),
        "FAIL": fail,
        "SWITCH": str(DEPLOY / "switch.sh"),
    }
    run = subprocess.run(
        ["sh", DEPLOY / "upgrade.sh", version],
        env=environment,
        capture_output=True,
        text=True,
    )
    return run, log.read_text().splitlines()


def state(host: Path) -> tuple[str, str]:
    """The version that commands use, and the slot that the web server asks."""
    socket = (host / "run" / "portal" / "portal.sock").readlink()
    return (host / "root" / "current").readlink().name, socket.parent.name[-1]


def test_an_upgrade_starts_the_new_release_before_the_former_one_ends(host):
    run, told = upgrade(host)
    assert run.returncode == 0, run.stderr
    assert told == [
        "start portal-backup.service",
        "stop portal@b.service",
        "start portal-prepare@b.service",
        "start portal@b.service",
        "enable portal@b.service",
        "disable --now portal@a.service",
    ]
    assert state(host) == ("2.0", "b")
    # Back again, by the same way.
    assert upgrade(host, "1.0")[0].returncode == 0
    assert state(host) == ("1.0", "a")


@pytest.mark.parametrize(
    "fail",
    [
        *("start portal-backup.service", "start portal-prepare@b.service"),
        *("start portal@b.service", "web"),
    ],
)
def test_an_upgrade_that_fails_leaves_the_former_release(host, fail):
    run, told = upgrade(host, fail=fail)
    assert run.returncode == 1
    assert "the former release goes on" in run.stderr
    assert state(host) == ("1.0", "a")
    assert told[-1] == "stop portal@b.service"
    assert not any(line.startswith("disable") for line in told)


def test_a_release_that_was_not_built_is_not_tried(host):
    run, told = upgrade(host, "3.0")
    assert run.returncode == 1 and not told
    assert state(host) == ("1.0", "a")


def test_static_files_of_releases_are_read_by_everybody(tmp_path):
    release, public = tmp_path / "release", tmp_path / "public"
    sheet = release / "var" / "static" / "css" / "a.css"
    sheet.parent.mkdir(parents=True, mode=0o700)
    sheet.write_text("a")
    shutil.copytree(DEPLOY / "nginx" / "pages", release / "deploy" / "nginx" / "pages")
    old, kept = public / "static" / "old.css", public / "static" / "kept.css"
    old.parent.mkdir(parents=True)
    for file, age in ((old, 100), (kept, 10)):
        file.touch()
        then = file.stat().st_mtime - age * 86_400
        os.utime(file, (then, then))
    script = DEPLOY / "publish_static.sh"
    subprocess.run(["sh", script, release, public], check=True, umask=0o077)
    assert {p.name for p in public.rglob("*.css")} == {"a.css", "kept.css"}
    for path in (public / "static").rglob("*"):
        assert path.stat().st_mode & 0o004, path
    assert (public / "portal-pages" / "503.html").exists()


@pytest.mark.parametrize("unit", UNITS, ids=lambda p: p.name)
def test_units_run_what_is_there(unit):
    text = unit.read_text()
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.read_string(text)
    if unit.suffix == ".timer":
        assert unit.with_suffix(".service") in UNITS
        assert parser["Timer"]["Persistent"] == "true"
        return
    assert parser["Service"]["User"] == "portal"
    assert parser["Service"]["ProtectSystem"] == "strict"
    for name in re.findall(r"/srv/portal/slots/%i/((?:scripts|deploy)/\S+)", text):
        assert (PROJECT / name).exists(), name


def test_systemd_understands_the_units(tmp_path):
    for unit in UNITS:
        shutil.copy(unit, tmp_path / unit.name.replace("@", "@a"))
    units = sorted(map(str, tmp_path.iterdir()))
    assert len(units) == len(UNITS)
    verify = ["systemd-analyze", "verify", "--man=no", *units]
    # Where systemd is not installed, the test above has read them.
    if shutil.which(verify[0]):
        said = subprocess.run(verify, capture_output=True, text=True).stderr
        ours = [line for line in said.splitlines() if "portal" in line]
        # It misses the programs of the host alone.
        assert [line for line in ours if "is not executable" not in line] == []


def test_the_containers_are_told_apart_and_none_is_root():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    assert set(services) == {
        *("database", "prepare", "app", "regular", "web", "redis"),
    }
    for name in ("prepare", "app", "regular"):
        assert services[name]["user"] == "10001"
        assert services[name]["read_only"] and services[name]["cap_drop"] == ["ALL"]
    assert services["redis"]["profiles"] == ["redis"]
    file = (DEPLOY / "Containerfile").read_text()
    assert "\nUSER portal\n" in file and "HEALTHCHECK" in file
    assert file.index("USER portal") < file.index("CMD [")
