#!/usr/bin/env python3
"""What is on the stage goes out as files:

  export.py files|cancel"""
import json
import os
import re
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from artist import DEADLINE, Artist, Manager, Window, run, tell, tell_why, wait  # noqa: E402

PLACE = tempfile.mkdtemp(prefix='dailies-export.')
OUT = os.path.join(PLACE, 'out')
SIZE = os.environ.get('DAILIES_TEST_SIZE', '1590x950').split('x')


def clip(name, pattern, seconds=2, size='640x360', rate=24):
    path = os.path.join(PLACE, name)
    width, height = size.split('x')
    run('gst-launch-1.0', '-q', 'mp4mux', 'name=m', '!', 'filesink', f'location={path}', 'videotestsrc',
        f'num-buffers={int(seconds * rate)}', f'pattern={pattern}', '!',
        f'video/x-raw,width={width},height={height},framerate={rate}/1', '!', 'x264enc', 'speed-preset=ultrafast', '!',
        'queue', '!', 'm.', 'audiotestsrc', f'num-buffers={int(seconds * 44100 / 1024) - 4}', '!', 'avenc_aac', '!', 'queue', '!',
        'm.')
    return path


class ExportWindow:
    """The window that exports: the eyes look for its things, the hands find them in it."""

    def __init__(self, artist):
        self.artist = artist
        self.main = artist.window
        # Until the focus is there, keys go to the window below.
        artist.key('ctrl+shift+e')
        artist.see('^Export As|^Movie$')
        self.window = Window('^Export$', artist.program.pid)
        self.enter()

    def enter(self):
        self.artist.window = self.window
        run('xdotool', 'windowfocus', '--sync', self.window.id)

    def leave(self):
        self.artist.key('Escape')
        self.artist.window = self.main
        wait('the window to go', lambda: not self.artist.look('^Export…', 'button'))

    def choose(self, row, name):
        self.artist.click(row)
        time.sleep(0.4)
        # The stage below has things of the same name.
        self.artist.click(name, 'label')
        time.sleep(0.4)

    def save(self, name, shot=None):
        self.artist.click('^Export…', 'button')
        chooser = Window('^Export To$', self.artist.program.pid)
        run('xdotool', 'windowfocus', '--sync', chooser.id)
        time.sleep(0.5)
        if shot:
            self.artist.shot(shot)
        path = os.path.join(OUT, name)
        wait(f'{path} in the chooser', lambda: self.write(path))
        self.artist.key('Return')

    def write(self, path):
        """Over what is proposed, which is selected but for its ending. A chooser that completes what is typed may have put in
        something of its own."""
        self.artist.key('ctrl+a')
        self.artist.type(path)
        time.sleep(0.5)
        return self.artist.holds(path)

    def see_done(self, name):
        self.artist.see(f'^Exported “{name}”')
        path = os.path.join(OUT, name)
        assert os.path.exists(path), name
        return path


def probe(path):
    """Width, height, the number of pictures, and whether there is sound."""
    said = run('gst-launch-1.0', '-v', 'filesrc', f'location={path}', '!', 'qtdemux', 'name=d', 'd.video_0', '!', 'queue', '!',
               'fakesink', 'name=pictures', 'silent=false', 'd.audio_0', '!', 'queue', '!', 'fakesink', 'name=sounds')
    caps = re.search(r'width=\(int\)(\d+), height=\(int\)(\d+)', said)
    return int(caps[1]), int(caps[2]), len(re.findall(r'pictures: last-message = chain', said)), 'caps = audio/' in said


def files(artist):
    artist.see('^A · one.mp4$')
    artist.see('^B · two.mp4$')
    artist.click('^Picture$')
    artist.key('k')
    window = ExportWindow(artist)
    artist.shot('export-movie')
    window.save('side.mp4', 'export-chooser')
    said = probe(window.see_done('side.mp4'))
    artist.shot('export-done')
    assert said == (1280, 360, 48, True), said

    # A name that is taken is asked about, and No keeps what is there.
    before = os.stat(os.path.join(OUT, 'side.mp4')).st_mtime_ns
    window.save('side.mp4')
    artist.see('^_?Replace', 'button')
    artist.shot('export-replace')
    artist.key('Escape')
    time.sleep(0.5)
    artist.key('Escape')
    wait('the chooser to go', lambda: not artist.look('^_?Replace', 'button'))
    window.enter()
    assert os.stat(os.path.join(OUT, 'side.mp4')).st_mtime_ns == before

    window.choose('^Export As', '^Contact Sheet$')
    artist.shot('export-sheet')
    # Without its ending, which is added.
    window.save('sheet')
    said = run('identify', window.see_done('sheet.png'))
    assert ' PNG 2400x' in said, said

    window.choose('^Export As', '^Timeline$')
    artist.shot('export-timeline')
    window.save('cuts.otio')
    with open(window.see_done('cuts.otio'), encoding='utf-8') as file:
        timeline = json.load(file)
    assert len(timeline['tracks']['children']) == 2, timeline

    window.choose('^Export As', '^Frames$')
    artist.shot('export-frames')
    window.save('shown')
    folder = window.see_done('shown')
    assert sorted(os.listdir(folder)) == ['A one.png', 'B two.png'], os.listdir(folder)
    assert ' PNG 640x360 ' in run('identify', os.path.join(folder, 'A one.png'))
    window.leave()
    assert not [name for name in os.listdir(OUT) if name.startswith('.')], os.listdir(OUT)


def writes(pid):
    """Whether the program has a file open in OUT, which has no name before it is whole."""
    place = f'/proc/{pid}/fd'
    targets = []
    for fd in os.listdir(place):
        try:
            targets.append(os.readlink(os.path.join(place, fd)))
        except FileNotFoundError:
            pass
    return any(target.startswith(OUT) for target in targets)


def cancel(artist):
    artist.see('^A · one.mp4$')
    artist.click('^Picture$')
    artist.key('k')
    window = ExportWindow(artist)
    window.save('long.mp4')
    artist.see('^Exporting “long.mp4”')
    wait('the file that is written', lambda: writes(artist.program.pid))
    artist.shot('export-running')
    artist.click('^Cancel', 'button')
    artist.see('^The export was cancelled')
    assert os.listdir(OUT) == [], os.listdir(OUT)

    # It goes on without its window, and the end is told in the main one.
    window.save('long.mp4')
    # Slow eyes may see it at its end only.
    artist.see('^Export(ing|ed) “long.mp4”')
    window.leave()
    run('xdotool', 'windowfocus', '--sync', window.main.id)
    # It yields to everybody else on the machine, also to those who look all the while; and what tells of its end does not stay
    # until slow eyes have looked twice.
    wait('the end of the export', lambda: os.listdir(OUT) == ['long.mp4'], deadline=3 * DEADLINE)
    artist.see('^Show in Folder', 'button')
    artist.shot('export-toast')

    # Closing asks; who gives the export up finds nothing of it.
    window = ExportWindow(artist)
    window.save('other.mp4')
    wait('the file that is written', lambda: writes(artist.program.pid))
    window.leave()
    run('xdotool', 'windowfocus', '--sync', window.main.id)
    artist.key('ctrl+w')
    artist.see('^An export is still running$')
    artist.shot('export-close')
    artist.key('alt+c')
    status = artist.program.wait(DEADLINE)
    assert status == 0, status
    assert os.listdir(OUT) == ['long.mp4'], os.listdir(OUT)


def main():
    story = sys.argv[1]

    def play():
        os.makedirs(OUT)
        # Its export has to last until slow eyes have seen it.
        more = {'size': '1920x1080', 'seconds': int(DEADLINE / 5)} if story == 'cancel' else {}
        clips = clip('one.mp4', 'smpte', **more), clip('two.mp4', 'ball', **more)
        with Manager():
            artist = Artist(os.environ['DAILIES_BIN'], '--practice', '--library', os.path.join(PLACE, 'library'), '--compare',
                            *clips, title='Dailies', log=os.environ.get('DAILIES_TEST_LOG'))
            try:
                artist.see('^New Shot$')
                artist.window.place(0, 0, *SIZE)
                {'files': files, 'cancel': cancel}[story](artist)
            except Exception:
                artist.shot(f'export-{story}-failed')
                tell_why(artist.say())
                raise
            finally:
                artist.quit()

    tell(f'export: {story}', play)


main()
