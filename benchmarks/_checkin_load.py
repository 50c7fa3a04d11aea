"""Sends prepared requests over kept connections as lean as Python can, and times the answers."""

import re
import select
import socket
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

LENGTH = re.compile(rb"\r\ncontent-length: ([0-9]+)", re.IGNORECASE)
KEPT = re.compile(rb"HTTP/1.1 303 .*\r\nlocation: /staff/done", re.IGNORECASE | re.DOTALL)
PATIENCE = 5.0  # seconds without any answer: then the server is taken for gone


@dataclass
class Load:
    """What came of a load: seconds of each answer, who was told that it is kept, what failed."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    refused: int = 0
    broken: int = 0
    unsent: int = 0


@dataclass
class _Line:
    """A connection and the request that is under way on it."""

    socket: socket.socket
    request: int = -1
    began: float = 0.0
    read: bytes = b""


class Sender:
    """Keeps so many connections busy (closed loop), or sends at a rate whatever happens (open)."""

    def __init__(
        self, port: int, requests: Sequence[bytes], connections: int, rate: float = 0.0
    ) -> None:
        self._address = "127.0.0.1", port
        self._requests, self._rate = requests, rate
        self._poll = select.epoll()
        self._lines: dict[int, _Line] = {}
        self._free: deque[_Line] = deque(self._connect() for _ in range(connections))
        self._next = 0
        self.load = Load()

    def run(self, seconds: float) -> Load:
        """Sends for that long and waits for the last answers."""
        begun = time.perf_counter()
        end = begun + seconds
        heard = begun
        while True:
            now = time.perf_counter()
            going = now < end and self._next < len(self._requests)
            if going:
                self._send_due(begun, now)
            busy = len(self._lines) - len(self._free)
            if (not going and not busy) or not self._lines or now - heard > PATIENCE:
                break
            wait = 0.001 if self._rate else 0.05
            for number, _ in self._poll.poll(wait):
                heard = time.perf_counter()
                self._hear(self._lines[number], heard)
        self.load.seconds = time.perf_counter() - begun
        due = int((min(end, time.perf_counter()) - begun) * self._rate)
        self.load.unsent = max(0, due - self._next)
        for line in self._lines.values():
            line.socket.close()
        return self.load

    def _send_due(self, begun: float, now: float) -> None:
        """In the open loop the time of an answer counts from when it should have been asked."""
        while self._free and self._next < len(self._requests):
            due = begun + self._next / self._rate if self._rate else now
            if due > now:
                return
            line = self._free.popleft()
            line.request, line.began, line.read = self._next, due, b""
            self._next += 1
            try:
                line.socket.sendall(self._requests[line.request])
            except OSError:
                self._lose(line)

    def _hear(self, line: _Line, now: float) -> None:
        try:
            got = line.socket.recv(65536)
        except OSError:
            got = b""
        if not got:
            self._lose(line)
            return
        line.read += got
        head, ended, body = line.read.partition(b"\r\n\r\n")
        length = LENGTH.search(head) if ended else None
        if length is None or len(body) < int(length[1]):
            return
        if KEPT.match(head):
            self.load.kept.append(line.request)
        else:
            self.load.refused += 1
        self.load.times.append(now - line.began)
        self._free.append(line)

    def _lose(self, line: _Line) -> None:
        self.load.broken += 1
        self._poll.unregister(line.socket)
        del self._lines[line.socket.fileno()]
        line.socket.close()
        try:
            self._free.append(self._connect())
        except OSError:
            return  # nobody listens any more; the others are told so in turn

    def _connect(self) -> _Line:
        made = socket.create_connection(self._address, timeout=PATIENCE)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._poll.register(made, select.EPOLLIN)
        line = self._lines[made.fileno()] = _Line(made)
        return line


def send(
    port: int, requests: Sequence[bytes], connections: int, seconds: float, rate: float = 0.0
) -> Load:
    """One load, for a process of its own."""
    return Sender(port, requests, connections, rate).run(seconds)
