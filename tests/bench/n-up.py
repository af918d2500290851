#!/usr/bin/env python3
"""What it costs to show two and four 1080p30 clips side by side, beside mpv with the same clips in panes of the same
size, by turns on the same display.

  n-up.py REEL-WINDOW [ROUNDS [CLIP CLIP CLIP CLIP]]

Prints the processor time of each process per second of play, the ratio of the medians, and the frames that did not come
through; last, how many do not where each player is stopped for a moment again and again, as a busy machine does it. Ends
with 1 where a ratio is above 1.0, the reel dropped a frame, or dropped more than mpv when it was stopped. Without mpv it says
so and only counts frames."""
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

LIMIT = 1.0
SECONDS = 10
WARM_UP = 1.5
STOPPED = 0.08
BETWEEN = 0.7
PANE = (960, 540)
STACKS = {2: 'hstack=inputs=2', 4: 'xstack=inputs=4:layout=0_0|w0_0|0_h0|w0_h0'}


def make_clips(place):
    """Rings that move all over the picture: something for a decoder to do. Twelve seconds and a bit."""
    paths = []
    for i in range(4):
        path = os.path.join(place, f'{i}.mp4')
        subprocess.run(
            ['gst-launch-1.0', '-q', 'videotestsrc', 'num-buffers=400', 'pattern=zone-plate', f'kx2={8 + 2 * i}',
             f'ky2={8 + i}', 'kt=2', '!', 'video/x-raw,format=I420,width=1920,height=1080,framerate=30/1', '!',
             'x264enc', 'speed-preset=veryfast', 'bitrate=12000', 'key-int-max=60', '!', 'h264parse', '!', 'mp4mux', '!',
             'filesink', f'location={path}'], check=True)
        paths.append(path)
    return paths


def used(process):
    """Seconds of processor time so far, of all its threads."""
    with open(f'/proc/{process.pid}/stat') as stat:
        fields = stat.read().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def busy():
    """Seconds of processor time that the whole machine has spent."""
    with open('/proc/stat') as stat:
        user, nice, system, _, _, irq, softirq, steal = map(int, stat.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf('SC_CLK_TCK')


elsewhere = []


def meter(process):
    """Processor time per second of clock, from when it plays steadily until shortly before it ends. What everything
    else took meanwhile, the display server with it, is noted: on a busy machine no figure here means much."""
    time.sleep(WARM_UP)
    begin, before, all_before = time.monotonic(), used(process), busy()
    time.sleep(SECONDS - 2 * WARM_UP)
    seconds, own, everything = time.monotonic() - begin, used(process) - before, busy() - all_before
    elsewhere.append((everything - own) / seconds)
    return own / seconds


def stop_often(process):
    """In place of the meter: the process gets no time for a moment, again and again."""
    until = time.monotonic() + SECONDS - WARM_UP
    while time.monotonic() < until and process.poll() is None:
        time.sleep(BETWEEN)
        process.send_signal(signal.SIGSTOP)
        try:
            time.sleep(STOPPED)
        finally:
            process.send_signal(signal.SIGCONT)
    return 0


def run_reel(program, clips, meter=meter):
    width, height = PANE[0] * 2, PANE[1] * (len(clips) // 2)
    process = subprocess.Popen([program, str(width), str(height), str(SECONDS), *clips], stdout=subprocess.PIPE, text=True)
    while 'playing' not in process.stdout.readline():
        if process.poll() is not None:
            raise SystemExit('the reel did not play')
    cost = meter(process)
    said = process.communicate(timeout=60)[0]
    for line in re.findall(r'^left out.*', said, re.M):
        print('  a frame', line, flush=True)
    counts = re.search(r'shown ([\d ]+) of (\d+), apart (\d+)', said)
    wanted = int(counts[2])
    return cost, sum(max(0, wanted - int(n)) for n in counts[1].split()), int(counts[3])


def run_mpv(clips, meter=meter):
    width, height = PANE[0] * 2, PANE[1] * (len(clips) // 2)
    scaled = ''.join(f'[vid{i + 1}]scale={PANE[0]}:{PANE[1]}[v{i}];' for i in range(len(clips)))
    inputs = ''.join(f'[v{i}]' for i in range(len(clips)))
    process = subprocess.Popen(
        ['mpv', '--no-config', '--vo=x11', '--no-audio', '--hwdec=no', '--no-border', '--osc=no', '--no-keepaspect-window',
         f'--geometry={width}x{height}+0+0', f'--end={SECONDS + 1}', '--term-status-msg=at ${time-pos/full} lost ${frame-drop-count}+${decoder-frame-drop-count}',
         *[f'--external-file={clip}' for clip in clips[1:]],
         f'--lavfi-complex={scaled}{inputs}{STACKS[len(clips)]}[vo]', clips[0]],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    # The status line has no end; it comes with the first frame.
    said = b''
    while b'at 00:00:00' not in said:
        piece = os.read(process.stdout.fileno(), 4096)
        if not piece:
            raise SystemExit('mpv did not play: ' + said.decode())
        said += piece
    cost = meter(process)
    said += process.communicate(timeout=60)[0]
    lost = re.findall(rb'lost (\d*)\+(\d*)', said)
    return cost, sum(int(n or 0) for n in lost[-1])


def main():
    program = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with_mpv = shutil.which('mpv') is not None
    failed = False
    if not with_mpv:
        print('mpv is not installed (the "bench:" lines of tools/packages): nothing to compare with')
    with tempfile.TemporaryDirectory(prefix='dailies-bench.') as place:
        clips = sys.argv[3:7] or make_clips(place)
        for n in (2, 4):
            ours, theirs, lost, apart, theirs_lost = [], [], 0, 0, 0
            for _ in range(rounds):
                cost, dropped, different = run_reel(program, clips[:n])
                ours.append(cost)
                lost += dropped
                apart += different
                if with_mpv:
                    cost, dropped = run_mpv(clips[:n])
                    theirs.append(cost)
                    theirs_lost += dropped
            line = (f'{n} × 1080p30 in panes of {PANE[0]}×{PANE[1]}, medians of {rounds}: the reel '
                    f'{100 * statistics.median(ours):.0f} % of a core ({", ".join(f"{100 * c:.0f}" for c in ours)}), '
                    f'{lost} frames dropped, {apart} times apart')
            failed |= lost > 0 or apart > 0
            if with_mpv:
                ratio = statistics.median(ours) / statistics.median(theirs)
                line += (f'; mpv {100 * statistics.median(theirs):.0f} % ({", ".join(f"{100 * c:.0f}" for c in theirs)}), '
                         f'{theirs_lost} dropped; ratio {ratio:.2f}, limit {LIMIT}')
                failed |= ratio > LIMIT
            line += f'; display server and other programs {100 * max(elsewhere):.0f} % at most'
            elsewhere.clear()
            print(line, flush=True)
        _, lost, apart = run_reel(program, clips, stop_often)
        line = (f'4 × 1080p30, stopped for {1000 * STOPPED:.0f} ms every {1000 * (STOPPED + BETWEEN):.0f} ms: the reel {lost} frames dropped, '
                f'{apart} times apart')
        allowed = 0
        failed |= apart > 0
        if with_mpv:
            allowed = run_mpv(clips, stop_often)[1]
            line += f'; mpv {allowed} dropped'
        failed |= lost > allowed
        print(line, flush=True)
    sys.exit(failed)


main()
