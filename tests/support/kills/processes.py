"""Processes of the machine, as /proc has them."""

from pathlib import Path


def status_of_process(pid: int) -> dict[str, str]:
    """The fields of its `status`; none where there is no such process."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return {name: value.strip() for name, _, value in (x.partition(":") for x in lines)}


def child_processes(parent: int) -> list[int]:
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return [pid for pid in pids if status_of_process(pid).get("PPid") == str(parent)]


def is_alive(pid: int) -> bool:
    """Not so where it waits, dead, for a parent that may never ask."""
    return status_of_process(pid).get("State", "Z")[0] not in "ZX"
