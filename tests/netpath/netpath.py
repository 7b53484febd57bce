"""A real network path between two network namespaces: every packet crosses this process, which delays and loses some.

  python3 netpath.py --delay 50 --loss 5 [--jitter 10] [--seed 1]

Needs Linux, root, /dev/net/tun and iproute2. Each namespace has one interface, 10.88.0.1 and 10.88.0.2. The first
line of output is JSON with the processes that hold the namespaces: {"server": PID, "client": PID}; run programs there
with `nsenter --net=/proc/PID/ns/net ...`. When standard input closes, the path ends and the namespaces with it.

Delay and jitter are milliseconds each way, loss is percent of packets, independent of each other; order is kept. With --burst
packets are lost in bursts of that many on average, as often as --loss says.

Lines on standard input are commands. {"rate": {"server": 8000}} lets only so many bytes per second through of what the server
sends, IP headers included; what comes faster waits in a queue, which drops nothing before it holds 512 packets; 0 lifts the limit. {"report": 1}
writes a line of JSON with what went in since the last report: {"server": [[time of day in ms, bytes, queue in ms], ...], "client": ...}, a
row for each packet, and for each change of rate (0 bytes), with the queue just after it.
The kernel's netem would do as well, but is not built into every kernel.
"""
import argparse
import collections
import ctypes
import fcntl
import json
import os
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import time

CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
MAX_PACKET = 65536
# About 100 ms at 50 Mbit/s, as a home router holds; what comes above it is lost.
MAX_HELD = 512
SIDES = ["server", "client"]
ADDRESSES = {"server": "10.88.0.1", "client": "10.88.0.2"}


def open_tun(address):
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22x", b"path0", IFF_TUN | IFF_NO_PI))
    for command in (
        "ip link set lo up",
        f"ip address add {address}/24 dev path0",
        "ip link set path0 mtu 1500 txqueuelen 1000 up",
    ):
        subprocess.run(command.split(), check=True)
    return tun


def hold_namespace(address):
    """Forks a process that owns a new namespace and dies with this one; returns its id and its end of the path."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            libc = ctypes.CDLL(None, use_errno=True)
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if libc.unshare(CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "a network namespace cannot be made (root is needed)")
            socket.send_fds(theirs, [b"."], [open_tun(address)])
        except (OSError, subprocess.CalledProcessError) as error:
            print(error, file=sys.stderr, flush=True)
            os._exit(1)
        # Ends when the parent closes its socket, or dies.
        ours.close()
        theirs.recv(1)
        os._exit(0)
    theirs.close()
    _, fds, _, _ = socket.recv_fds(ours, 1, 1)
    if not fds:
        sys.exit(1)
    return pid, fds[0], ours


class Direction:
    """What is under way from one interface to the other: first through the narrow place, then on its way. Order is kept, so queues will do."""

    def __init__(self, options, seed):
        self.options = options
        self.random = random.Random(seed)
        self.in_burst = False
        self.held = collections.deque()
        self.last_due = 0.0
        self.rate = 0.0
        self.waiting = collections.deque()
        self.waiting_bytes = 0.0
        self.carried_at = 0.0
        self.rows = []

    def loses(self):
        share = self.options.loss / 100
        burst = self.options.burst
        if burst <= 1 or share == 0:
            return self.random.random() < share
        enter = share / burst / (1 - share)
        self.in_burst = self.random.random() < (1 - 1 / burst if self.in_burst else enter)
        return self.in_burst

    def take(self, packet, now):
        if self.loses() or len(self.held) + len(self.waiting) >= MAX_HELD:
            return
        self.carry(now)
        if self.rate > 0:
            self.waiting.append(packet)
            self.waiting_bytes += len(packet)
        else:
            self.leave(packet, now)
        self.note(len(packet))

    def set_rate(self, rate, now):
        self.carry(now)
        self.rate = rate
        while self.rate == 0 and self.waiting:
            self.leave(self.waiting.popleft(), now)
        if not self.waiting:
            self.waiting_bytes = 0.0
        self.note(0)

    def carry(self, now):
        """Lets through the narrow place what has passed it by now."""
        if self.waiting:
            # What has gone of the first packet is not in waiting_bytes any more.
            rest = sum(map(len, self.waiting)) - self.waiting_bytes
            capacity = rest + (now - self.carried_at) * self.rate
            while self.waiting and len(self.waiting[0]) <= capacity + 1e-6:
                packet = self.waiting.popleft()
                capacity -= len(packet)
                self.leave(packet, now - capacity / self.rate)
            self.waiting_bytes = sum(map(len, self.waiting)) - capacity if self.waiting else 0.0
        self.carried_at = now

    def leave(self, packet, now):
        jitter = self.random.random() * self.options.jitter
        self.last_due = max(self.last_due, now + (self.options.delay + jitter) / 1000)
        self.held.append((self.last_due, packet))

    def due(self):
        """When something is next to be done; None: nothing waits."""
        dues = [self.held[0][0]] if self.held else []
        if self.waiting:
            passed = sum(map(len, self.waiting)) - self.waiting_bytes
            dues.append(self.carried_at + (len(self.waiting[0]) - passed) / self.rate)
        return min(dues, default=None)

    def note(self, size):
        if self.rate > 0 or size == 0:
            queue = self.waiting_bytes / self.rate * 1000 if self.rate > 0 else 0
            self.rows.append((round(time.time() * 1000, 1), size, round(queue, 2)))


def obey(line, directions, now):
    command = json.loads(line)
    for side, rate in command.get("rate", {}).items():
        directions[SIDES.index(side)].set_rate(rate, now)
    if "report" in command:
        print(json.dumps({side: direction.rows for side, direction in zip(SIDES, directions)}), flush=True)
        for direction in directions:
            direction.rows = []


def carry(ends, directions):
    """Moves packets until standard input closes."""
    commands = b""
    stdin = sys.stdin.fileno()
    while True:
        dues = [due for due in (direction.due() for direction in directions) if due is not None]
        wait = max(0.0, min(dues) - time.monotonic()) if dues else None
        readable, _, _ = select.select([*ends, stdin], [], [], wait)
        now = time.monotonic()
        for direction in directions:
            direction.carry(now)
        for source, direction in zip(ends, directions):
            if source in readable:
                try:
                    while True:
                        direction.take(os.read(source, MAX_PACKET), now)
                except BlockingIOError:
                    pass
        for target, direction in zip(reversed(ends), directions):
            while direction.held and direction.held[0][0] <= time.monotonic():
                try:
                    os.write(target, direction.held.popleft()[1])
                except OSError:
                    # The interface's own queue is full: lost, as on any path.
                    pass
        if stdin in readable:
            received = os.read(stdin, MAX_PACKET)
            if not received:
                return
            *lines, commands = (commands + received).split(b"\n")
            for line in lines:
                obey(line, directions, time.monotonic())


def main():
    parser = argparse.ArgumentParser()
    for name in ("delay", "jitter", "loss"):
        parser.add_argument(f"--{name}", type=float, default=0.0)
    parser.add_argument("--burst", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    holders = {side: hold_namespace(address) for side, address in ADDRESSES.items()}
    print(json.dumps({side: pid for side, (pid, _, _) in holders.items()}), flush=True)
    try:
        # A path that waits for a processor would be a worse path than it says.
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except OSError:
        os.nice(-10)
    ends = [holders[side][1] for side in SIDES]
    carry(ends, [Direction(options, options.seed), Direction(options, options.seed + 1)])


if __name__ == "__main__":
    main()
