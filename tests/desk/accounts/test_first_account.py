"""The command that makes the first account, before anybody can log in."""

import io

import pytest
from django.core.management import call_command
from django.utils import translation


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_command_asks_in_one_language(db, monkeypatch):
    prompts = []

    def leave(prompt: str) -> str:
        prompts.append(prompt)
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", leave)
    with translation.override("ko"), pytest.raises(SystemExit):
        call_command("createsuperuser", stdin=Terminal(), stderr=io.StringIO())
    [prompt] = prompts
    assert prompt.startswith("Username")
