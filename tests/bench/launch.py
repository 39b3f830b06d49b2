# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts a program, waits for its end, tells wall time and peak memory as the last line on standard error.

A program that has not ended after a minute is killed: it hangs.
"""

import os
import signal
import sys
import time

DEADLINE = 60

begun = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
signal.alarm(DEADLINE)
_, status, usage = os.wait4(child, 0)
wall = (time.perf_counter() - begun) * 1e3
told = f'"wall": {wall:.3f}, "peak": {usage.ru_maxrss / 1024:.2f}, "begun": {begun!r}'
sys.stderr.write(f"\n{{{told}}}\n")
sys.exit(1 if os.waitstatus_to_exitcode(status) else 0)
