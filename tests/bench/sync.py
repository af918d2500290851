#!/usr/bin/env python3
"""Cuts side by side in full screen: are they in step, is every frame shown, and what does it cost? Beside it, on the same
screen and by turns, a grid of GtkMediaFiles and mpv with everything in one picture (where it is installed).

  sync.py PROGRAM BENCH-CLIPS BENCH-GTKVIDEO [SIDES [ROUNDS [SECONDS]]]

Decoding alone, by ffmpeg in the same run, is the floor under all of them: where it takes all cores, nobody
can show every frame. Ends with 1 where two panes of ours were ever seen on different frames, a frame was dropped, or it cost more than mpv."""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from screen import Screen

FPS = 30
LENGTH = 10
TICK = os.sysconf('SC_CLK_TCK')


def cpu_of(pid):
    """Seconds of processor time of a process."""
    with open(f'/proc/{pid}/stat', encoding='ascii', errors='replace') as file:
        fields = file.read().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def x_server():
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open(f'/proc/{pid}/cmdline', encoding='utf-8', errors='replace') as file:
                words = file.read().split('\0')
        except OSError:
            continue
        if words[0].endswith('Xvfb') and os.path.dirname(os.environ['DAILIES_TEST_FRAMEBUFFER']) in words:
            return pid
    raise SystemExit('no X server')


class Player:
    def __init__(self, name, command, prepare=None):
        self.name, self.command, self.prepare = name, command, prepare
        self.rounds = []

    def measure(self, screen, sides, seconds, server):
        with tempfile.TemporaryFile() as log:
            program = subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True)
            try:
                bands = self._wait_for(screen, sides, program)
                if not bands:
                    return
                cpu, x_cpu, begin = cpu_of(program.pid), cpu_of(server), time.monotonic()
                samples, unreadable, torn, skews, changes = screen.watch(bands, seconds)
                took = time.monotonic() - begin
                self.rounds.append({
                    'cpu': (cpu_of(program.pid) - cpu) / took, 'x': (cpu_of(server) - x_cpu) / took,
                    'samples': samples, 'unreadable': unreadable, 'torn': torn / samples, 'frames': [c / took for c in changes],
                    'apart': 1 - skews.get(0, 0) / max(1, sum(skews.values())), 'skews': skews})
                last = self.rounds[-1]
                print(f"  round {len(self.rounds)} of {self.name}: {min(last['frames']):.1f} frames a second on the worst pane, apart in "
                      f"{100 * last['apart']:.2f} %, {100 * last['cpu']:.0f} % of a core", flush=True)
            finally:
                program.terminate()
                try:
                    program.wait(10)
                except subprocess.TimeoutExpired:
                    program.kill()
                    program.wait()

    def _wait_for(self, screen, sides, program):
        end = time.monotonic() + 30
        steady = None
        prepared = False
        while time.monotonic() < end:
            if program.poll() is not None:
                raise SystemExit(f'{self.name} ended with {program.returncode}')
            bands = screen.find_bands()
            # In a window that is not full screen yet a pane may be too small to be read, and they move as long as clips come.
            if bands and not prepared and self.prepare:
                if not screen.are_same(bands, steady):
                    steady = bands
                    time.sleep(0.5)
                    continue
                self.prepare(program, screen.point(bands[0]))
                prepared = True
                steady = None
                end = time.monotonic() + 30
            elif len(bands) == sides and screen.are_same(bands, steady):
                return bands
            else:
                steady = bands
            time.sleep(0.5)
        hint = ' (it plays with libgtk-4-media-gstreamer)' if self.name == 'GtkVideo' and not steady else ''
        print(f'{self.name}: {len(steady or [])} of {sides} pictures after 30 s{hint}', flush=True)
        return None

    def tell(self):
        median = {key: statistics.median(r[key] for r in self.rounds) for key in ('cpu', 'x', 'apart', 'torn')}
        frames = min(min(r['frames']) for r in self.rounds)
        print(f"{self.name:>8}: {frames:5.1f} of {FPS} frames a second on the worst pane; panes apart in "
              f"{100 * median['apart']:.2f} % of {sum(r['samples'] for r in self.rounds)} looks "
              f"(by {sorted(set().union(*(r['skews'] for r in self.rounds)))} frames), torn in {100 * median['torn']:.2f} %; "
              f"{100 * median['cpu']:.0f} % of a core, X server {100 * median['x']:.0f} %", flush=True)
        return median, frames


def tell_floor(clips):
    """What decoding alone costs, in per cent of a core."""
    before = os.times()
    for clip in clips:
        subprocess.run(['ffmpeg', '-nostdin', '-v', 'error', '-threads', '1', '-i', clip, '-map', '0:v', '-f', 'null', '-'],
                       check=True)
    after = os.times()
    cost = after.children_user + after.children_system - before.children_user - before.children_system
    print(f'decoding alone: {100 * cost / LENGTH:.0f} % of a core, of {100 * os.cpu_count()} %', flush=True)


def rest(program, seconds):
    """Waits until the program has nothing to do any more: the small copies of the clips are ready. Returns what that cost, in s."""
    begin = cpu_of(program.pid)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        before = cpu_of(program.pid)
        time.sleep(1)
        if cpu_of(program.pid) - before < 0.05:
            return before - begin
    raise SystemExit(f'Dailies was still at work after {seconds} s')


def fill_the_screen(program, point):
    """As an artist comes to compare: in full screen the clips stand for a while and then go round; the pointer rests, so that it and
    the transport go away. By the key: a double click that the window manager or a busy moment takes apart would leave the window as
    it is, with the pointer's arrow over the number that is read."""
    subprocess.run(['xdotool', 'mousemove', str(point[0]), str(point[1]), 'key', 'k'], check=True)
    time.sleep(1)
    subprocess.run(['xdotool', 'key', 'f'], check=True)
    time.sleep(1)
    print(f'small copies: {rest(program, 120):.1f} s of processor time', flush=True)
    subprocess.run(['xdotool', 'key', 'ctrl+l', 'key', 'space'], check=True)
    time.sleep(4)


def mpv(clips):
    mixes = {2: '[vid1][vid2]hstack[vo]',
             4: '[vid1][vid2][vid3][vid4]xstack=inputs=4:layout=0_0|w0_0|0_h0|w0_h0[vo]'}
    width, height = 1920 // 2, 1080 // 2
    names = [f'[vid{i + 1}]' for i in range(len(clips))]
    scale = ';'.join(f'{n}scale={width}:{height}[s{i}]' for i, n in enumerate(names))
    mix = mixes[len(clips)]
    for i, n in enumerate(names):
        mix = mix.replace(n, f'[s{i}]')
    return ['mpv', '--no-config', '--fs', '--vo=x11', '--ao=null', '--loop', '--no-osc', '--osd-level=0', '--really-quiet',
            '--audio=no', f'--lavfi-complex={scale};{mix}', clips[0]] + [f'--external-file={c}' for c in clips[1:]]


def main():
    program, maker, gtkvideo = sys.argv[1:4]
    sides = int(sys.argv[4]) if len(sys.argv) > 4 else 4
    rounds = int(sys.argv[5]) if len(sys.argv) > 5 else 3
    seconds = float(sys.argv[6]) if len(sys.argv) > 6 else 10
    screen, server = Screen(), x_server()
    manager = subprocess.Popen(['openbox'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with tempfile.TemporaryDirectory(prefix='dailies-bench.') as place:
            clips = subprocess.run([maker, place, str(sides), str(LENGTH)], check=True, capture_output=True,
                                   text=True).stdout.split()
            ours = Player('Dailies', [program, '--practice', '--library', os.path.join(place, 'library'),
                                      '--compare', *clips], fill_the_screen)
            players = [ours, Player('GtkVideo', [gtkvideo, *clips])]
            if shutil.which('mpv'):
                players.append(Player('mpv', mpv(clips)))
            if shutil.which('ffmpeg'):
                tell_floor(clips)
            for _ in range(rounds):
                for player in players:
                    player.measure(screen, sides, seconds, server)
    finally:
        manager.terminate()
    told = {player.name: player.tell() for player in players if player.rounds}
    if ours.name not in told:
        raise SystemExit('nothing to judge')
    (median, frames) = told['Dailies']
    failed = [text for text, wrong in (
        ('panes were apart', median['apart'] > 0), ('frames were dropped', frames < FPS - 0.5)) if wrong]
    if 'mpv' in told:
        theirs = told['mpv'][0]
        ratio = (median['cpu'] + median['x']) / (theirs['cpu'] + theirs['x'])
        print(f'{sides} sides, processor time with the X server: {ratio:.2f} of mpv, limit 1.00')
        if ratio > 1:
            failed.append('it costs more than mpv')
    else:
        print('mpv is not installed: no figure beside ours')
    if failed:
        print('Failed: ' + ', '.join(failed))
    sys.exit(bool(failed))


main()
