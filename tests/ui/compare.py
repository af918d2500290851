#!/usr/bin/env python3
"""Cuts of a shot side by side on the stage, picked in the strip, and files from the command line:

  compare.py strip|modes|command-line|out|dropped"""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from artist import Artist, Manager, Other, Window, run, tell, tell_why, wait  # noqa: E402

PLACE = tempfile.mkdtemp(prefix='dailies-compare.')
LIBRARY = os.path.join(PLACE, 'library')
SIZE = [int(size) for size in os.environ.get('DAILIES_TEST_SIZE', '1590x950').split('x')]


def clip(name, pattern, seconds=5, size='1280x720', rate='24/1', colour=None):
    path = os.path.join(PLACE, name)
    width, height = size.split('x')
    more = [f'foreground-color={colour}'] if colour else []
    fps = int(rate.split('/')[0]) / int(rate.split('/')[1])
    run('gst-launch-1.0', '-q', 'videotestsrc', f'num-buffers={int(seconds * fps)}', f'pattern={pattern}', *more, '!',
        f'video/x-raw,width={width},height={height},framerate={rate}', '!', 'x264enc',
        'speed-preset=ultrafast', '!', 'h264parse', '!', 'mp4mux', '!', 'filesink', f'location={path}')
    return path


def make_cuts(prompts):
    """One shot with a cut for each prompt, made by the practice service."""
    pictures = []
    for name, drawing in (('day.png', 'gradient:skyblue-sienna'), ('night.jpg', 'gradient:navy-orchid')):
        pictures.append(os.path.join(PLACE, name))
        run('convert', '-size', '1280x720', drawing, pictures[-1])
    model = next(m for m in json.loads(run(os.environ['DAILIES_CLI_BIN'], '--practice', '--library', LIBRARY, '--json',
                                           'models'))['models'] if 'image-to-video' in m['id'] and 'runcomfy' in m['id'])
    for prompt in prompts:
        run(os.environ['DAILIES_CLI_BIN'], '--practice', '--library', LIBRARY, 'generate', model['id'], f'prompt={prompt}',
            f'start_image_url={pictures[0]}', f'end_image_url={pictures[1]}', '--wait')
    # Each came into a shot of its own; here they are alternate cuts of the first.
    database = sqlite3.connect(os.path.join(LIBRARY, 'dailies.db'))
    with database:
        database.execute('UPDATE job SET shot = (SELECT min(id) FROM shot)')
        database.execute('UPDATE cut SET shot = (SELECT min(id) FROM shot), number = id')
        database.execute('DELETE FROM shot WHERE id > (SELECT min(id) FROM shot)')
    database.close()


def open_program(*more):
    return Artist(os.environ['DAILIES_BIN'], '--practice', '--library', LIBRARY, *more, title='Dailies',
                  log=os.environ.get('DAILIES_TEST_LOG'))


def parts_differ(artist, box, columns):
    """Whether each column of the stage shows something of its own."""
    x, y, width, height = box
    seen = set()
    for i in range(columns):
        part = (x + width * i // columns + width // columns // 4, y + height // 3, width // columns // 2, height // 3)
        if artist.colours(part) < 5:
            return False
        seen.add(artist.pixels(part))
    return len(seen) == columns


def from_the_strip(artist):
    artist.see('^A · |^Cut 1$')
    cards = [artist.see(f'^Cut {i}[,.]') for i in (1, 2, 3)]
    artist.click(cards[0])
    artist.see('^Cut 1$')
    run('xdotool', 'keydown', 'ctrl')
    artist.click(cards[1])
    run('xdotool', 'keyup', 'ctrl')
    artist.see('^A · Cut 1$')
    artist.see('^B · Cut 2$')
    stage = artist.see('^Picture$')
    wait('two pictures side by side', lambda: parts_differ(artist, artist.box(stage), 2), 20)
    artist.move(5, 500)
    time.sleep(1)
    artist.shot('compare-two')
    # The next keys are meant for what is compared; in the strip they would go to another cut and end it.
    artist.key('Right', 'End')
    run('xdotool', 'keydown', 'shift')
    artist.click(cards[2])
    run('xdotool', 'keyup', 'shift')
    artist.see('^C · Cut 3$')
    artist.move(5, 500)
    time.sleep(1)
    artist.shot('compare-three')
    run('xdotool', 'keydown', 'ctrl')
    artist.click(cards[0])
    run('xdotool', 'keyup', 'ctrl')
    artist.see('^A · Cut 2$')
    artist.see('^B · Cut 3$')
    artist.click(cards[0])
    artist.see('^Cut 1$')
    wait('one cut, which a click shows', lambda: artist.look('^B · ') is None)


def modes(artist):
    """Every mode, looked at; what it paints is measured elsewhere."""
    cards = [artist.see(f'^Cut {i}[,.]') for i in (1, 2)]
    artist.click(cards[0])
    run('xdotool', 'keydown', 'ctrl')
    artist.click(cards[1])
    run('xdotool', 'keyup', 'ctrl')
    artist.see('^B · Cut 2$')
    stage = artist.see('^Picture$')
    x, y, width, height = artist.box(stage)
    artist.click(stage)
    artist.key('k')
    for key, name in (('w', 'wipe'), ('d', 'difference'), ('shift+o', 'onion'), ('2', 'solo')):
        artist.key(key)
        artist.move(x + width // 3, y + height // 4)
        time.sleep(0.7)
        artist.shot(f'mode-{name}')
    artist.key('2')
    artist.key('i', 'shift+Right', 'period', 'period', 'period', 'o')
    run('xdotool', 'keydown', 'z')
    time.sleep(1)
    artist.shot('mode-magnifier')
    run('xdotool', 'keyup', 'z')
    artist.key('alt+period', 'alt+period')
    artist.see('frame .* · [+]2$')
    artist.shot('mode-slip')
    run('xdotool', 'keydown', 'ctrl', 'click', '--repeat', '16', '--delay', '30', '4', 'keyup', 'ctrl')
    time.sleep(1)
    artist.shot('mode-zoom')
    artist.key('0')
    frames(artist, stage)


def frames(artist, stage):
    """The current frame goes into the form by drag and by menu."""
    artist.key('s')
    artist.see('^A · Cut 2$')
    target = artist.see('^Start frame')
    x, y, width, height = artist.box(stage)
    to_x, to_y = artist.middle(target)
    from_x, from_y = x + width // 4, y + height // 2
    # A click that slips is no drag to anywhere, however quickly it is over.
    def form():
        return [artist.see(f'^{field} frame, ').name for field in ('Start', 'End')]
    wells = [artist.middle(artist.see(f'^{field} frame, ')) for field in ('Start', 'End')]
    artist.move(*wells[1])
    time.sleep(0.3)
    artist.click(min((node for node in artist.walk() if node.name == 'Remove' and artist._shows(node)),
                     key=lambda node: abs(artist.middle(node)[1] - wells[1][1])))
    artist.see('^End frame, empty')
    before = form()
    for pause in (0.01, 0.03, 0.2):
        artist.move(from_x, from_y)
        time.sleep(0.2)
        run('xdotool', 'mousedown', 1)
        for i in range(1, 9):
            artist.move(from_x + 6 * i, from_y)
            time.sleep(pause)
        run('xdotool', 'mouseup', 1)
        time.sleep(1)
        assert form() == before, 'a frame that was let go on the stage lies in the form'
    artist.move(from_x, from_y)
    time.sleep(0.2)
    run('xdotool', 'mousedown', 1)
    for i in range(1, 6):
        artist.move(from_x + 6 * i, from_y)
        time.sleep(0.05)
    for i in range(1, 11):
        artist.move(from_x + (to_x - from_x) * i / 10, from_y + (to_y - from_y) * i / 10)
        time.sleep(0.05)
    time.sleep(0.6)
    artist.shot('frame-drag')
    run('xdotool', 'mouseup', 1)
    artist.see('^Cut 2 at .*png')
    artist.move(x + width // 4, y + height // 4)
    time.sleep(0.4)
    artist.click('^Frame and side$')
    time.sleep(0.6)
    artist.shot('frame-menu')
    artist.click(artist.see_item('^Use as End Frame$', 2))
    artist.see('^End frame, .*Cut 2 at ')
    time.sleep(1)
    artist.shot('frame-used')


def from_the_command_line(artist):
    artist.see('^A · wide.mp4$')
    artist.see('^B · tall.mp4$')
    time.sleep(1)
    artist.shot('compare-files')
    more = [clip(f'{i}.mp4', pattern, seconds=3 + i) for i, pattern in enumerate(['smpte', 'ball', 'circular', 'snow'])]
    run(os.environ['DAILIES_BIN'], '--compare', *more)
    artist.see('^D · 3.mp4$')
    time.sleep(1)
    artist.shot('compare-four')
    for files in ([more[0]], more + more[:1]):
        refused = subprocess.run([os.environ['DAILIES_BIN'], '--compare', *files], capture_output=True, text=True)
        assert refused.returncode == 64 and 'two to four clips' in refused.stderr, refused


def drag_out(artist, start, mime_type, name, shot=None):
    """Drags from a place of this program onto another one, which takes that type; returns the path of what it got."""
    path = os.path.join(PLACE, name)
    target = Other(os.environ['DAILIES_DROP_TARGET'], mime_type, path)
    try:
        hands = Window('^drop-target$', target.program.pid)
        # Beside the window, which comes to the front when the drag begins.
        hands.place(SIZE[0] - 170, 300)
        target.hear('READY')
        left, top, width, height = hands.content()
        x, y = start
        artist.move(x, y)
        time.sleep(0.2)
        run('xdotool', 'mousedown', 1)
        for i in range(1, 6):
            artist.move(x + 6 * i, y)
            time.sleep(0.05)
        for i in range(1, 11):
            artist.move(x + 30 + (left + width // 2 - x - 30) * i / 10, y + (top + height // 2 - y) * i / 10)
            time.sleep(0.05)
        time.sleep(0.6)
        if shot:
            artist.shot(shot)
        run('xdotool', 'mouseup', 1)
        target.hear('TAKEN')
    finally:
        target.quit()
    return path


def dropped_file(path):
    """The one file that a list of addresses names."""
    with open(path, newline='') as said:
        lines = said.read().split('\r\n')
    assert len(lines) == 2 and lines[0].startswith('file:///') and lines[1] == '', lines
    return urllib.parse.unquote(lines[0][len('file://'):])


def out(artist):
    """A cut is dragged out of the strip into a file manager, a frame out of the stage into one and into an editor."""
    artist.window.place(0, 0, SIZE[0] - 200, SIZE[1])
    card = artist.see('^Cut 2[,.]')
    artist.click(card)
    artist.see('^Cut 2$')
    stage = artist.see('^Picture$')
    x, y, width, height = artist.box(stage)
    cut = dropped_file(drag_out(artist, artist.middle(card), 'text/uri-list', 'cut.txt', shot='drag-out-cut'))
    with open(cut, 'rb') as film:
        assert film.read(8)[4:] == b'ftyp', cut
    artist.click(stage)
    artist.key('k')
    middle = x + width // 2, y + height // 2
    frame = dropped_file(drag_out(artist, middle, 'text/uri-list', 'frame.txt', shot='drag-out-frame'))
    picture = drag_out(artist, middle, 'image/png', 'frame.png')
    sizes = [run('identify', '-format', '%m %wx%h', path) for path in (frame, picture)]
    assert sizes == ['PNG 1280x720'] * 2, sizes
    run('compare', '-metric', 'AE', frame, picture, 'null:')  # fails where a pixel differs


def dropped(artist):
    """Files on the stage, one of which only has the name of a clip: it is named, and the other four are there. A picture among
    them goes to the form, which says that it is full, and words count for nothing."""
    files = [clip(f'{i}.mp4', pattern, seconds=3 + i) for i, pattern in enumerate(['smpte', 'ball', 'circular', 'snow'])]
    broken = os.path.join(PLACE, 'broken.mp4')
    with open(broken, 'w') as file:
        file.write('These are words.')
    words = os.path.join(PLACE, 'notes.txt')
    with open(words, 'w') as file:
        file.write('So are these.')
    still = os.path.join(PLACE, 'still.png')
    run('convert', '-size', '1280x720', 'gradient:navy-orange', still)
    artist.see('^Picture$')
    artist.drag([words, files[0], still], artist.look('^Stage$'), shot='mixed-on-stage', lights='(Play|Compare as B)')
    artist.hear_told('“notes.txt” is not a picture, a clip or a sound')
    artist.see('“still.png” found no empty place')
    artist.drag(files[:1] + [broken] + files[1:], artist.look('^Stage$'), shot='drop-on-stage', lights='Compare these 4')
    artist.hear_told('“broken.mp4” is not a picture, a clip or a sound')
    for letter, number in zip('ABCD', range(4)):
        artist.see(f'^{letter} · {number}.mp4$')
    artist.shot('dropped-on-stage')


def main():
    story = sys.argv[1]

    def play():
        more = []
        if story != 'command-line':
            make_cuts(['Dawn at golden hour, slow push-in', 'Dawn in a neon night, slow push-in', 'Dawn in thick fog'])
        else:
            more = ['--compare', clip('wide.mp4', 'smpte'), clip('tall.mp4', 'ball', size='720x1280')]
        with Manager():
            artist = open_program(*more)
            try:
                artist.see('^New Shot$')
                artist.window.place(0, 0, *SIZE)
                {'strip': from_the_strip, 'modes': modes, 'command-line': from_the_command_line, 'out': out,
                 'dropped': dropped}[story](artist)
            except Exception:
                artist.shot(f'compare-{story}-failed')
                tell_why(artist.say())
                raise
            finally:
                artist.quit()

    tell(f'compare: {story}', play)


main()
