"""Runs a command that alone may serve a port of this machine.

    python scripts/port.py 8000 scripts/server.sh --port 8000

Ends with 1, and says so, where another program listens there, or another portal is
about to. The server lets several processes listen at one port, its own workers; two
portals would share the requests between them without a word.
"""

import errno
import os
import socket
import sys

HOST = "127.0.0.1"
TAKEN = """
  Port {port} is in use: another program answers there, or another portal is starting.
  Nothing was changed. Stop it, or choose another port: PORT=8080 make run

  {port}번 포트는 이미 쓰고 있습니다.
  다른 프로그램이 응답하고 있거나 다른 포털이 시작하는 중입니다.
  바뀐 것은 없습니다. 그 프로그램을 멈추거나 다른 포트를 쓰세요. PORT=8080 make run
"""


def take_port(port: int) -> socket.socket:
    """The socket that stands for the port until the command ends, however it ends.

    Its name is of the same scope as ports are, and needs no file; elsewhere than on
    Linux the server itself refuses a port that is in use. Raises OSError.
    """
    claim = socket.socket(socket.AF_UNIX)
    if sys.platform == "linux":
        claim.bind(f"\0foreign-policy-portal:{port}")
    with socket.socket() as probe:
        # What is left of connections that were closed is in nobody's way.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
    return claim


def main(port: int, *command: str) -> None:
    try:
        claim = take_port(port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.exit(TAKEN.format(port=port))
    claim.set_inheritable(True)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
