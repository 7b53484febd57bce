"""A real network path between two network namespaces: every packet crosses this process, which delays and loses some.

  python3 netpath.py --delay 50 --loss 5 [--jitter 10] [--seed 1]

Needs Linux, root, /dev/net/tun and iproute2. Each namespace has one interface, 10.88.0.1 and 10.88.0.2. The first
line of output is JSON with the processes that hold the namespaces: {"server": PID, "client": PID}; run programs there
with `nsenter --net=/proc/PID/ns/net ...`. When standard input closes, the path ends and the namespaces with it.

Delay and jitter are milliseconds each way, loss is percent of packets, independent of each other; order is kept.
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
    """What is under way from one interface to the other. Order is kept, so a queue will do."""

    def __init__(self, options, seed):
        self.options = options
        self.random = random.Random(seed)
        self.held = collections.deque()
        self.last_due = 0.0

    def take(self, packet, now):
        lost = self.random.random() * 100 < self.options.loss
        jitter = self.random.random() * self.options.jitter
        if lost or len(self.held) >= MAX_HELD:
            return
        self.last_due = max(self.last_due, now + (self.options.delay + jitter) / 1000)
        self.held.append((self.last_due, packet))


def carry(ends, directions):
    """Moves packets until standard input closes."""
    while True:
        dues = [direction.held[0][0] for direction in directions if direction.held]
        wait = max(0.0, min(dues) - time.monotonic()) if dues else None
        readable, _, _ = select.select([*ends, sys.stdin], [], [], wait)
        now = time.monotonic()
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
        if sys.stdin in readable:
            return


def main():
    parser = argparse.ArgumentParser()
    for name in ("delay", "jitter", "loss"):
        parser.add_argument(f"--{name}", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    holders = {side: hold_namespace(address) for side, address in ADDRESSES.items()}
    print(json.dumps({side: pid for side, (pid, _, _) in holders.items()}), flush=True)
    try:
        # A path that waits for a processor would be a worse path than it says.
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except OSError:
        os.nice(-10)
    ends = [holders["server"][1], holders["client"][1]]
    carry(ends, [Direction(options, options.seed), Direction(options, options.seed + 1)])


if __name__ == "__main__":
    main()
