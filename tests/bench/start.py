#!/usr/bin/env python3
"""Time from the start of the process to its first painted frame, of the program with an empty library and of a bare
AdwApplicationWindow, by turns on the same display.

  start.py PROGRAM BARE-WINDOW [ROUNDS]

Prints the medians and their ratio. Ends with 1 where the ratio is above 1.5."""
import os
import statistics
import subprocess
import sys
import tempfile
import time

LIMIT = 1.5


def measure(command):
    env = {**os.environ, 'G_MESSAGES_DEBUG': 'dailies'}
    begin = time.monotonic()
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
    try:
        for line in program.stdout:
            if 'The first frame is painted' in line:
                return (time.monotonic() - begin) * 1000
        raise SystemExit(f'{command[0]} painted nothing')
    finally:
        program.terminate()
        program.wait()


def main():
    program, bare = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 11
    times = {'program': [], 'bare': []}
    with tempfile.TemporaryDirectory(prefix='dailies-bench.') as place:
        for i in range(rounds + 1):
            ours = measure([program, '--practice', '--library', os.path.join(place, str(i))])
            theirs = measure([bare])
            # The first round warms the caches of both.
            if i > 0:
                times['program'].append(ours)
                times['bare'].append(theirs)
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratio = medians['program'] / medians['bare']
    print(f"Start to first frame, medians of {rounds}: Dailies {medians['program']:.0f} ms "
          f"({min(times['program']):.0f} to {max(times['program']):.0f}), "
          f"bare window {medians['bare']:.0f} ms ({min(times['bare']):.0f} to {max(times['bare']):.0f}), "
          f'ratio {ratio:.2f}, limit {LIMIT}')
    sys.exit(ratio > LIMIT)


main()
