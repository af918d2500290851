#!/usr/bin/env python3
"""Makes the screenshots of the README: a library filled on the practice service, and the window on it.

  tests/private --display 1440x860 tests/ui/screenshot.py WORKING.png COMPARING.png"""
import os
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from artist import Artist, Manager, run, wait  # noqa: E402

SAMPLES = os.path.join(HERE, '..', '..', 'data', 'samples')
PROMPT = 'The sun goes down behind the roofs, @Image1 becomes @Image2, slow push-in'


def compare(artist, file):
    """The second and third cut on one clock, a note, and a range around it."""
    artist.click('^Cut 2[,.]')
    run('xdotool', 'keydown', 'ctrl')
    artist.click('^Cut 3[,.]')
    run('xdotool', 'keyup', 'ctrl')
    artist.see('^B · Cut 3')
    artist.key('k')
    artist.click('^Timeline', 'slider')
    artist.key('n')
    artist.see('^Note', 'text')
    artist.type('B holds the light longer')
    artist.key('Return')
    artist.move(5, 700)
    # The curve of the differences is drawn as it is found.
    time.sleep(6)
    run('import', '-window', 'root', file)
    artist.key('Escape')


def make():
    artist = Artist(os.environ['DAILIES_BIN'], '--practice', '--library', tempfile.mkdtemp(), title='Dailies')
    try:
        artist.see('^Start frame, empty')
        artist.window.place(0, 0, 1440, 860)
        artist.drag([os.path.join(SAMPLES, 'start.jpg'), os.path.join(SAMPLES, 'end.jpg')], '^Start frame, empty')
        artist.see('2 pictures travel')
        artist.click('^Prompt', 'text')
        artist.type(PROMPT)
        for more in ['', ', in warm golden light', ', in the rain, teal and silver']:
            artist.click('^Prompt', 'text')
            artist.key('ctrl+End')
            artist.type(more)
            time.sleep(0.5)
            artist.click('^Generate', 'button')
            wait('the job', lambda: artist.look('Generating|In queue|Fetching'), 20)
            wait('the cut', lambda: not artist.look('Generating|In queue|Fetching|Preparing|Submitting'), 60)
        compare(artist, sys.argv[2])
        artist.click('^Pick This Cut')
        artist.click('^Cut 2')
        artist.click('^Timeline', 'slider')
        pause = artist.look('^Pause', 'button')
        if pause:
            artist.click(pause)
        artist.click('^Timeline', 'slider')
        artist.click('^Prompt', 'text')
        artist.click('^Generate', 'button')
        wait('the job', lambda: artist.look('Generating'), 20)
        time.sleep(1)
        run('import', '-window', 'root', sys.argv[1])
    except Exception:
        print(artist.say())
        raise
    finally:
        artist.quit()


def main():
    with Manager():
        make()


main()
