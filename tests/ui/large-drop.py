#!/usr/bin/env python3
"""An artist drops a clip of 200 MB on an edit model, with a real drag from another program. The main loop of the real window is
not held for more than 16 ms while the clip is dropped, probed, shown and hashed.

  large-drop.py LIBTURN-WATCH [ROUNDS]

With ROUNDS nothing is judged: that many rounds are played and the longest turns told, for a look at another renderer.

Held is the time on the clock less the time the main thread, or the display it waited for, stood ready to run and others had the
processors; see turn-watch.c. A virtual machine is not always as fast: what takes 0.6 ms takes 10 at one of fifty times on an idle
one, all of it counted as the program's own. A turn that is too long while plain arithmetic was twice as slow as usual says
nothing, and the round is played again. A round is good when no turn at all was too long, and bad when one was with the processor as
fast as usual: three good ones have to come before a second bad one, each with a program that has just been started, because it is
the first clip that loads the decoders. What the program does wrong comes back in each round; one bad round may be a slow moment
that began and ended between two looks.

The window is as large as it opens for the first time. Its pictures are drawn by GTK's Cairo renderer here, which takes longer the
more of the window changes: a drag that passes over the stage lights all of that. With OpenGL in software, a renderer nobody works
with, each frame of a spinner takes 40 ms and more by itself."""
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from artist import Artist, Manager, tell, wait  # noqa: E402

CLIP_BYTES = 200_000_000
HELD_MS = 16.0
SLOW = 2.0
BAD_ROUNDS = 1
GOOD_ROUNDS = 3
MOST_ROUNDS = 20


def make_clip(path):
    """Four seconds of real H.264 and AAC, and behind them a free box up to the full length, all of which is hashed."""
    subprocess.run(['gst-launch-1.0', '-q', 'mp4mux', 'name=m', '!', 'filesink', f'location={path}',
                    'videotestsrc', 'num-buffers=96', 'pattern=smpte', '!',
                    'video/x-raw,width=1280,height=720,framerate=24/1', '!', 'x264enc', 'speed-preset=ultrafast', '!',
                    'queue', '!', 'm.', 'audiotestsrc', 'num-buffers=172', '!', 'avenc_aac', '!', 'queue', '!', 'm.'], check=True)
    left = CLIP_BYTES - os.path.getsize(path)
    block = os.urandom(1 << 20)
    with open(path, 'ab') as clip:
        clip.write(struct.pack('>I4s', left, b'free'))
        for at in range(8, left, len(block)):
            clip.write(block[:min(len(block), left - at)])


def read_turns(log):
    """What turn-watch.c wrote: dictionaries, and the looks taken at each turn."""
    turns = []
    with open(log) as lines:
        for line in lines:
            words = line.split()
            if words[0] == 'turn':
                turns.append({name: float(value) for name, value in zip(words[2::2], words[3::2])})
                turns[-1].update(begin=float(words[1]), looks=[])
            elif words[0] == 'at':
                turns[-1]['looks'].append(words[2:])
    return turns


def has_read_all(pid, clip):
    """The whole clip has gone through the program, and it has closed it."""
    with open(f'/proc/{pid}/io') as counts:
        if int(counts.readline().split()[1]) < CLIP_BYTES:
            return False
    fds = f'/proc/{pid}/fd'
    return not any(os.path.realpath(os.path.join(fds, fd)) == clip for fd in os.listdir(fds))


def play(clip, folder, watch, limit):
    """One round: returns the turns that were held for longer than the limit, each with its phase."""
    log = os.path.join(folder, 'turns')
    marks = [('start', time.monotonic())]
    artist = Artist(os.environ['DAILIES_BIN'], '--practice', '--library', os.path.join(folder, 'library'), title='Dailies',
                    log=os.environ.get('DAILIES_TEST_LOG'),
                    env={'LD_PRELOAD': watch, 'TURN_WATCH_LOG': log, 'TURN_WATCH_LIMIT': str(limit)})
    try:
        artist.see('^New Shot$')
        artist.window.place(0, 0)
        artist.click('^Model:', 'button')
        artist.click('^Edit Video$', 'list item')
        artist.see('^Model: Edit Video', 'button')
        well = artist.see('^Source video, empty')
        # Before that the window has stepped back behind the one of the other program, for which all of it is painted anew.
        artist.drag([clip], well, begun=lambda: marks.append(('drop', time.monotonic())))
        artist.see(r'^Source video,.* plate\.mp4, 4\.0 s · 720p24 · 200 MB')
        wait('the clip read to its end', lambda: has_read_all(artist.program.pid, clip))
        # The display stands still while it is photographed, and everybody with it: that comes after.
        marks.append(('end', time.monotonic()))
        artist.shot('large-drop')
        well = artist.box(artist.see(r'^Source video,.* plate\.mp4'))
        wait('the thumbnail', lambda: artist.colours(well) > 20)
    except Exception:
        artist.shot('large-drop-failed')
        for line in artist.say().splitlines():
            print('#', line)
        raise
    finally:
        artist.quit()
    turns = read_turns(log)
    for turn in turns:
        turn['phase'] = [name for name, at in marks if at <= turn['begin']][-1]
        turn['after'] = turn['begin'] - marks[0][1]
    return turns


def longest(turns, phase):
    return max((turn for turn in turns if turn['phase'] == phase), key=lambda turn: turn['held'], default=None)


def say(turn):
    return (f"{turn['phase']}, {turn['after']:.2f} s after the start: held {turn['held']:.1f} ms ({turn['clock']:.1f} on the clock, "
            f"{turn['processor']:.1f} of the processor; it or its memory was {turn['slow']:.1f} times slower than at best)")


def with_clip(rounds):
    place = tempfile.mkdtemp(prefix='dailies-drop.')
    try:
        clip = os.path.join(os.path.realpath(place), 'plate.mp4')
        make_clip(clip)
        with Manager():
            rounds(lambda i, limit: play(clip, tempfile.mkdtemp(dir=place), sys.argv[1], limit))
    finally:
        shutil.rmtree(place)


def judge(play_round):
    good = bad_rounds = 0
    for i in range(MOST_ROUNDS):
        turns = play_round(i, 4)
        turn = longest(turns, 'drop')
        print('# round', i + 1, say(turn) if turn else 'no turn above 4 ms', flush=True)
        bad = [t for t in turns if t['phase'] == 'drop' and t['held'] > HELD_MS and t['slow'] < SLOW]
        for turn in bad:
            print('# too long:', say(turn))
            for look in turn['looks']:
                print('#   ', ' '.join(os.path.basename(frame) for frame in look[:8]))
        bad_rounds += bool(bad)
        if bad_rounds > BAD_ROUNDS:
            raise AssertionError(f'the main loop was held for more than {HELD_MS:.0f} ms')
        good += not turn or turn['held'] <= HELD_MS
        if good == GOOD_ROUNDS:
            return
    raise AssertionError(f'only {good} of {MOST_ROUNDS} rounds were good: the computer was too slow to tell')


def show(play_round):
    for i in range(int(sys.argv[2])):
        turns = play_round(i, 4)
        for phase in 'start', 'drop':
            turn = longest(turns, phase)
            long = [t for t in turns if t['phase'] == phase and t['held'] > HELD_MS]
            slow = [t for t in long if t['slow'] >= SLOW]
            print('# round', i + 1, say(turn) if turn else f'{phase}: nothing',
                  f'; {len(long)} above {HELD_MS:.0f} ms, {len(slow)} of them on a slow processor', flush=True)


tell('large-drop', lambda: with_clip(show if len(sys.argv) > 2 else judge))
