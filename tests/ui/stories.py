#!/usr/bin/env python3
"""The artist's stories, end to end, with real pointer drags from another program:

  stories.py start-end|reference|edit

and one without: shots that are deleted by mistake come back

  stories.py deleted

and what becomes of the stage when a cut is ready

  stories.py new-cuts

and what a service does not take, which is mended before it is paid for

  stories.py mended

and what the hands of these tests do when a click comes to nothing

  stories.py hands"""
import array
import json
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from artist import Artist, Manager, Unseen, Window, run, tell, tell_why, wait  # noqa: E402

PLACE = tempfile.mkdtemp(prefix='dailies-story.')
LIBRARY = os.path.join(PLACE, 'library')


def picture(name, size, *drawing):
    path = os.path.join(PLACE, name)
    subprocess.run(['convert', '-size', size, *drawing, path], check=True)
    return path


def footage(name, seconds, sound=True):
    path = os.path.join(PLACE, name)
    beep = ['audiotestsrc', f'num-buffers={int(seconds * 44100 / 1024)}', '!', 'avenc_aac', '!', 'queue', '!', 'm.'] if sound else []
    subprocess.run(['gst-launch-1.0', '-q', 'mp4mux', 'name=m', '!', 'filesink', f'location={path}',
                    'videotestsrc', f'num-buffers={int(seconds * 24)}', 'pattern=ball', '!',
                    'video/x-raw,width=1280,height=720,framerate=24/1', '!', 'x264enc', 'speed-preset=ultrafast', '!',
                    'queue', '!', 'm.', *beep], check=True)
    return path


def long_footage(name, seconds):
    """Too long, and in a container that is not taken."""
    path = os.path.join(PLACE, name)
    subprocess.run(['gst-launch-1.0', '-q', 'webmmux', 'name=m', '!', 'filesink', f'location={path}',
                    'videotestsrc', f'num-buffers={int(seconds * 24)}', 'pattern=smpte', 'horizontal-speed=6', '!',
                    'video/x-raw,width=1280,height=720,framerate=24/1', '!',
                    'vp8enc', 'deadline=1', 'cpu-used=16', 'threads=2', 'keyframe-max-dist=48', '!', 'queue', '!', 'm.',
                    'audiotestsrc', f'num-buffers={int(seconds * 44100 / 1024) - 4}', '!', 'audioconvert', '!', 'vorbisenc', '!',
                    'queue', '!', 'm.'], check=True)
    return path


def cuts():
    said = subprocess.run([os.environ['DAILIES_CLI_BIN'], '--library', LIBRARY, '--json', 'cuts'],
                          capture_output=True, text=True, check=True).stdout
    found = json.loads(said)
    return found['cuts'] if isinstance(found, dict) else found


def open_program():
    return Artist(os.environ['DAILIES_BIN'], '--practice', '--library', LIBRARY, title='Dailies',
                  log=os.environ.get('DAILIES_TEST_LOG'))


def loudness(path):
    """The loudest sample of a clip's sound, of 32767."""
    samples = path + '.pcm'
    run('gst-launch-1.0', '-q', 'filesrc', f'location={path}', '!', 'qtdemux', 'name=d', 'd.audio_0', '!', 'decodebin', '!',
        'audioconvert', '!', 'audio/x-raw,format=S16LE', '!', 'filesink', f'location={samples}')
    values = array.array('h')
    with open(samples, 'rb') as file:
        values.frombytes(file.read())
    os.remove(samples)
    return max(map(abs, values), default=0)


def choose_model(artist, title):
    artist.click('^Model:', 'button')
    artist.click(title, 'list item')
    artist.see('^Model: ' + title.strip('^$'), 'button')


def write(artist, prompt):
    artist.click('^Prompt', 'text')
    artist.type(prompt)


def generate(artist, story):
    artist.shot(f'{story}-filled')
    artist.click('^Generate', 'button')
    cut = wait('a cut in the library', lambda: cuts(), 90)[0]
    stage = artist.see('^Stage')
    left, top, width, height = artist.box(stage)
    middle = (left + width // 4, top + height // 4, width // 2, height // 2)
    seen = set()

    def moving():
        seen.add(hash(artist.pixels(middle)))
        return len(seen) >= 4
    wait('frames that change on the screen', moving, 30)
    assert artist.colours(middle) > 50, 'the stage shows one flat colour'
    artist.shot(f'{story}-playing')
    return cut


def start_and_end(artist):
    artist.drag([picture('day.png', '1280x720', 'gradient:skyblue-sienna')], '^Start frame, empty', shot='start-end-hover')
    artist.drag([picture('night.jpg', '1280x720', 'gradient:navy-orchid')], '^End frame, empty')
    write(artist, 'Day turns into night while @Image1 fades')
    cut = generate(artist, 'start-end')
    assert abs(cut['seconds'] - 5.0) < 0.05, cut


def reference(artist):
    choose_model(artist, '^Reference$')
    artist.drag([picture(f'hero{i}.png', '600x800', f'radial-gradient:{c}') for i, c in
                 enumerate(['gold-maroon', 'tan-black'])], '^New element, empty')
    artist.drag([picture('style.png', '900x900', 'plasma:teal-coral')], '^Add to Reference images')
    artist.click('^9:16(, Aspect ratio)?$')
    artist.click('^10 s(, Duration)?$')
    write(artist, '@Element1 walks through @Image1')
    cut = generate(artist, 'reference')
    assert abs(cut['seconds'] - 10.0) < 0.05 and cut['width'] * 16 == cut['height'] * 9, cut


def edit(artist):
    choose_model(artist, '^Edit Video$')
    artist.drag([footage('plate.mp4', 4)], '^Source video, empty')
    artist.click('^Keep (original )?audio')
    write(artist, 'Make it a neon night')
    cut = generate(artist, 'edit')
    assert abs(cut['seconds'] - 4.0) < 0.1, cut
    assert loudness(cut['path']) > 1000, 'the cut is silent'


def both_frames(artist):
    # Let go over the stage, it goes where it belongs; out of a browser or viewer it has no file of its own.
    artist.drag(['--texture', picture('day.png', '1280x720', 'gradient:skyblue-sienna')], '^Stage$', shot='onto-the-stage',
                lights='Use in the form')
    artist.see('^Start frame, @Image1, .*1280×720')
    artist.drag([picture('night.jpg', '1280x720', 'gradient:navy-orchid')], '^End frame, empty')


def new_cuts(artist):
    """A cut that is ready does not push off what plays; where the one before has been played it comes by itself."""
    both_frames(artist)
    write(artist, 'Day turns into night')
    artist.click('^Generate', 'button')
    artist.see('^Cut 1[.] ', deadline=90)
    # It plays by itself. A slow machine may have played it to its end by now, or by the time that Loop is on.
    wait('the cut is played', lambda: artist.look('^Pause$', 'button') or artist.look('^00:04:23$'))
    artist.click('^Loop$')
    if not artist.look('^Pause$', 'button'):
        artist.click('^Play$', 'button')
        artist.see('^Pause$', 'button')
    artist.click('^Generate', 'button')
    artist.see('^Cut 2, new', deadline=90)
    assert artist.look('^Pause$', 'button'), 'what played goes on'
    artist.shot('new-cut')
    artist.click(artist.see('^Cut 2, new'))
    artist.see('^Cut 2[.] ')
    artist.see('^Pause$', 'button')
    artist.key('k')
    artist.see('^Play$', 'button')
    artist.click('^Generate', 'button')
    artist.see('^Cut 3[.] ', deadline=90)
    artist.see('^Pause$', 'button')
    assert not artist.look(', new'), 'what plays is not new any more'


def delete_by_menu(artist, title):
    """With the pointer alone."""
    row = artist.click(f'^{title}', 'panel', button=3)
    x, y = artist.middle(artist.see('^Delete$', 'menu item'))
    left, top = artist.middle(row)
    for i in range(1, 9):
        artist.move(left + (x - left) * i / 8, top + (y - top) * i / 8)
        time.sleep(0.06)
    # Some hold the button for a while.
    run('xdotool', 'mousedown', 1)
    time.sleep(0.3)
    artist.see('^Delete$', 'menu item')
    run('xdotool', 'mouseup', 1)


def delete_shot(artist, title, by_menu=False):
    """Returns the button that brings it back. It is there for ten seconds; a window that is slow, since it is watched by a
    sanitizer, takes four to be read once, and is not read again before they are over."""
    if by_menu:
        delete_by_menu(artist, title)
    else:
        artist.click(f'^{title}', 'panel')
        artist.key('Delete')
    undo = artist.see('^Undo', 'button')
    if 'DAILIES_TEST_DEADLINE' in os.environ:
        return undo
    artist.see(f'“{title}” is deleted')
    wait(f'no “{title}” in the list', lambda: not artist.look(f'^{title}', 'panel'))
    return undo


def deleted(artist):
    write(artist, 'Harbour at night')
    artist.see('^Harbour at night', 'panel')
    artist.click('^New Shot$')
    artist.see('^Untitled shot', 'panel')
    def bring_back_late(undo):
        """Long after its toast."""
        wait('the toast to go', lambda: not artist.look('^Undo', 'button'))
        artist.key('ctrl+z')

    for title, ways in (('Harbour at night', (artist.click, lambda undo: artist.key('ctrl+z'), bring_back_late)),
                        ('Untitled shot', (artist.click, lambda undo: artist.key('ctrl+z')))):
        for bring_back in ways:
            undo = delete_shot(artist, title, by_menu=bring_back is artist.click)
            artist.shot(f'deleted-{title.split()[0].lower()}')
            bring_back(undo)
            artist.see(f'^{title}', 'panel')
            wait('the toast to go', lambda: not artist.look('^Undo', 'button'))
    # What was brought back is not deleted when the program ends.
    artist.quit()
    again = open_program()
    try:
        again.see('^Harbour at night', 'panel')
        again.see('^Untitled shot', 'panel')
    finally:
        again.quit()


def mended(artist):
    """A picture at once, a clip in a window; both before a cent is spent."""
    artist.drag([picture('wide.png', '2000x500', 'gradient:skyblue-sienna')], '^Start frame, empty')
    artist.see('its width is 4 times its height')
    artist.shot('mended-wide')
    artist.click('^Crop to Fit$', 'button')
    artist.see('^Start frame, @Image1, .*1249×500')
    assert not artist.look('^Crop to Fit$', 'button')

    choose_model(artist, '^Edit Video$')
    artist.drag([long_footage('roof plate.webm', 12)], '^Source video, empty')
    artist.see('^Convert…$', 'button')
    artist.shot('mended-long')
    artist.click('^Trim…$', 'button')
    main, artist.window = artist.window, Window('^Trim “', artist.program.pid)
    left, top, width, height = artist.box(artist.see('^Film strip$'))
    wait('frames in the strip', lambda: artist.colours((left, top, width, height)) > 20)
    artist.see('^Use 10.0 s$', 'button')
    # Out from 10 s to 5 s, then all of it two seconds on.
    artist.pull((left + width * 10 // 12 - 2, top + height // 2), (left + width * 5 // 12, top + height // 2))
    artist.see('^Use 5.0 s$', 'button')
    artist.pull((left + width * 2 // 12, top + height // 2), (left + width * 4 // 12, top + height // 2))
    artist.see('^In 00:0(2:0|1:23)', 'label')
    artist.click('^Play Range$', 'button')
    artist.see('^Pause$', 'button')
    artist.shot('mended-trim')
    artist.click('^Use 5.0 s$', 'button')
    time.sleep(0.5)
    artist.shot('mended-making')
    artist.window = main
    artist.see('^Source video, .*roof plate trimmed', deadline=60)
    assert not artist.look('^(Convert|Trim)…$', 'button')
    artist.shot('mended')
    # The artist's own file is still there, and comes back.
    artist.key('ctrl+z')
    artist.see('^Source video, .*roof plate[.]webm')
    artist.see('^Trim…$', 'button')
    artist.key('ctrl+shift+z')
    artist.see('^Source video, .*roof plate trimmed')
    write(artist, 'Make it a neon night')
    cut = generate(artist, 'mended')
    assert abs(cut['seconds'] - 5.0) < 0.1, cut


def hands(artist):
    def opens():
        # A key that comes before the window has the keyboard is nobody's.
        artist.key('F10')
        try:
            return wait('', lambda: any(node.getRoleName() == 'menu item' for node in artist.walk()), 5)
        except Unseen:
            return False
    # The first click only closes the menu.
    wait('the menu', opens)
    artist.fill('^Prompt', 'Harbour at night')
    artist.see('^Harbour at night', 'panel')
    # Over what stands there.
    artist.fill('^Prompt', 'Rain')
    artist.see('^Rain', 'panel')
    # What is never taken is not waited for for ever.
    artist.type = lambda text: None
    try:
        artist.fill('^Prompt', 'Snow', deadline=1)
    except Unseen:
        return
    raise AssertionError('what nobody typed was seen')


def main():
    story = sys.argv[1]

    def play():
        with Manager():
            artist = open_program()
            try:
                artist.see('^New Shot$')
                artist.window.place(0, 0, 1590, 950)
                {'start-end': start_and_end, 'reference': reference, 'edit': edit,
                 'deleted': deleted, 'new-cuts': new_cuts, 'mended': mended, 'hands': hands}[story](artist)
            except Exception:
                artist.shot(f'{story}-failed')
                tell_why(artist.say())
                raise
            finally:
                artist.quit()
    tell(story, play)


main()
