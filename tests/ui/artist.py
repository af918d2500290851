"""A pair of hands and eyes for tests of the whole program: real pointer and keyboard events, names as a screen reader
hears them, and pixels as they stand on the screen. Runs under tests/private --display."""
import os
import re
import subprocess
import sys
import threading
import time
import traceback

import pyatspi
from gi.repository import Atspi

DEADLINE = float(os.environ.get('DAILIES_TEST_DEADLINE', '60'))
# How many times as long a program takes that is full of sanitizers.
SLOWNESS = DEADLINE / 60
# How far below the program a toast's words lie: window, content, overlay and what libadwaita puts in between.
TOLD_DEPTH = 8


class Unseen(Exception):
    """What was waited for did not come."""


def run(*command, **more):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True, **more).stdout


def wait(what, look, deadline=DEADLINE):
    """Looks until it is true or the deadline has passed; returns what was seen."""
    end = time.monotonic() + deadline
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > end:
            raise Unseen(f'not seen within {deadline:.0f} s: {what}')
        time.sleep(0.05)


class Manager:
    """The window manager of the display, for as long as a with block lasts. One that comes later than a window may leave it
    without the keyboard, so it is waited for."""

    def __enter__(self):
        self.program = subprocess.Popen(['openbox'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait('a window manager', lambda: 'window id' in run('xprop', '-root', '_NET_SUPPORTING_WM_CHECK'))
        except Unseen:
            self.program.kill()
            raise
        return self

    def __exit__(self, *_):
        self.program.terminate()
        self.program.wait()


class Window:
    """One window on the screen, found by its title."""

    def __init__(self, title, pid=None, deadline=DEADLINE):
        command = ['xdotool', 'search', '--onlyvisible']
        command += ['--all', '--pid', str(pid)] if pid else []
        command += ['--name', title]

        def look():
            found = subprocess.run(command, capture_output=True, text=True).stdout.split()
            return next((window for window in reversed(found) if self._stays(window)), None)
        self.id = wait(f'a window named {title}', look, deadline)

    @staticmethod
    def _stays(window):
        """A tip of the program has its name, too, and is gone in a moment."""
        said = subprocess.run(['xwininfo', '-id', window], capture_output=True, text=True).stdout
        return 'Override Redirect State: no' in said

    def _geometry(self):
        return dict(re.findall(r'^(\w+)=(-?\d+)$', run('xdotool', 'getwindowgeometry', '--shell', self.id), re.M))

    def content(self):
        """Left, top, width and height without the shadow, in pixels of the screen."""
        shell = self._geometry()
        said = run('xprop', '-id', self.id, '_GTK_FRAME_EXTENTS')
        left, right, top, bottom = [int(n) for n in re.findall(r'\d+', said.partition('=')[2])] or [0, 0, 0, 0]
        return (int(shell['X']) + left, int(shell['Y']) + top,
                int(shell['WIDTH']) - left - right, int(shell['HEIGHT']) - top - bottom)

    def place(self, x, y, width=None, height=None):
        if width:
            run('xdotool', 'windowsize', self.id, width, height)
        run('xdotool', 'windowmove', self.id, x, y)
        # It is the window manager that moves it, when it comes to it.
        wait(f'the window at {x}, {y}', lambda: (self._geometry()['X'], self._geometry()['Y']) == (str(x), str(y)))

    def is_under_pointer(self):
        found = re.search(r'^WINDOW=(\d+)$', run('xdotool', 'getmouselocation', '--shell'), re.M)
        # A window manager puts it into a frame of its own.
        frame = re.search(r'Parent window id: (0x[0-9a-f]+)', run('xwininfo', '-id', self.id, '-tree'))
        return found and int(found[1]) in (int(self.id), int(frame[1], 16))


class Other:
    """The other program of a drag; listens to what it says."""

    def __init__(self, *command):
        self.program = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, text=True)
        self._said = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.program.stdout:
            self._said.append(line.strip())

    def hear(self, word):
        """Waits until this is the last it said; a drag that nobody took will not end well any more."""
        def heard():
            if 'DRAG-CANCEL' in self._said or any(line.startswith('FAILED') for line in self._said):
                raise Unseen(f'the drag was not taken: {self._said}')
            return self._said and self._said[-1] == word
        wait(f'{word} from the other program', heard)

    def begin(self):
        wait('the begin of a drag', lambda: 'DRAG-BEGIN' in self._said)

    def quit(self):
        self.program.terminate()
        self.program.wait()


class Artist:
    """Uses one program on the display."""

    def __init__(self, *command, title='.', env=None, log=None):
        self.log = open(log, 'w') if log else None
        self.program = subprocess.Popen([str(c) for c in command], stdout=self.log, stderr=self.log,
                                        env=self._truthful({**os.environ, **(env or {})}))
        self.app = wait('the program on the accessibility bus', self._look_for_app)
        self.window = Window(title, self.program.pid)

    def _look_for_app(self):
        if self.program.poll() is not None:
            raise Unseen(f'the program ended with {self.program.returncode}')
        for app in pyatspi.Registry.getDesktop(0):
            try:
                if app and app.get_process_id() == self.program.pid:
                    # What was looked at before the window was complete must not be remembered.
                    app.set_cache_mask(Atspi.Cache.NONE)
                    return app
            except Exception:
                continue
        return None

    @staticmethod
    def _truthful(environment):
        """A GTK that tells places which are off by the padding of all that lies around is helped: true-places.c."""
        help_ = environment.get('DAILIES_TRUE_PLACES')
        if help_:
            others = environment.get('LD_PRELOAD')
            environment['LD_PRELOAD'] = f'{help_}:{others}' if others else help_
            environment['ASAN_OPTIONS'] = environment.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'
        return environment

    # What is there

    @staticmethod
    def _children(node):
        try:
            return [child for child in node if child is not None]
        except Exception:  # it is gone by now
            return []

    @staticmethod
    def _name(node):
        try:
            return node.name or ''
        except Exception:
            return ''

    def walk(self, node=None):
        for child in self._children(self.app if node is None else node):
            yield child
            yield from self.walk(child)

    def look(self, pattern, role=None):
        """The first showing thing whose accessible name matches, or None. A role is part of its name: what Debian 12 calls a
        push button is a button on Debian 13, and what is a panel here may be a grouping there."""
        roles = (role, 'grouping') if role == 'panel' else (role or '',)
        for node in self.walk():
            try:
                if (re.search(pattern, node.name or '') and any(r in node.getRoleName() for r in roles)
                        and self._shows(node)):
                    return node
            except Exception:
                continue
        return None

    def see(self, pattern, role=None, deadline=DEADLINE):
        return wait(f'“{pattern}” {role or ""}', lambda: self.look(pattern, role), deadline)

    def hear_told(self, pattern):
        """What is told across the foot of the window, and is gone in some seconds: so it is not looked for behind all the rest,
        which a program that plays four clips is long to tell of, but no deeper than it lies."""
        def look():
            level = [self.app]
            for _ in range(TOLD_DEPTH):
                level = [child for node in level for child in self._children(node)]
                for node in level:
                    if re.search(pattern, self._name(node)) and self._shows(node):
                        return node
            return None
        return wait(f'“{pattern}” told', look)

    def holds(self, text):
        """Whether some field has just this written in it."""
        for node in self.walk():
            try:
                field = node.queryText()
                # An entry of GTK 4.8 says nothing where its end is not told.
                if self._shows(node) and field.getText(0, field.characterCount) == text:
                    return True
            except Exception:
                continue
        return False

    def see_item(self, pattern, number):
        """An item of the menu that is open, by its name or, in GTK 4.18, which tells no names of them, by its number."""
        def look():
            items = [node for node in self.walk() if node.getRoleName() == 'menu item' and self._shows(node)]
            return len(items) >= number and not items[number - 1].name and items[number - 1]
        return wait(f'the item “{pattern}”', lambda: self.look(pattern) or look())

    def say(self):
        """Everything that has a name, for the log of a failed test. Nothing where the program has ended."""
        lines = []
        for node in self.walk():
            try:
                if node.name and self._shows(node):
                    lines.append(f'{node.getRoleName()}: {node.name} {self._extents(node)}')
            except Exception:
                continue
        return '\n'.join(lines)

    def _shows(self, node):
        """GTK 4.8 says “showing” of windows only; what is not shown has no size."""
        return min(self._extents(node)[2:]) > 0

    @staticmethod
    def _extents(node):
        box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return box.x, box.y, box.width, box.height

    def box(self, node):
        """Where a thing lies on the screen: left, top, width, height."""
        x, y, width, height = self._extents(node)
        left, top, _, _ = self.window.content()
        popover = self._popover_of(node)
        if popover:
            # A popover is an X window of its own, and GTK 4.8 tells where it would be if it hung from its top left corner.
            over = self._extents(popover)
            for window in run('xdotool', 'search', '--onlyvisible', '--pid', self.program.pid, '.').split():
                shell = dict(re.findall(r'^(\w+)=(-?\d+)$', run('xdotool', 'getwindowgeometry', '--shell', window), re.M))
                if (int(shell['WIDTH']), int(shell['HEIGHT'])) == over[2:]:
                    left, top = int(shell['X']) - over[0], int(shell['Y']) - over[1]
        return left + x, top + y, width, height

    @staticmethod
    def _is_popover(node):
        """GTK 4.8 names it, GTK 4.18 tells its layer."""
        try:
            return node.name == 'GtkPopover' or node.queryComponent().getLayer() == Atspi.ComponentLayer.POPUP
        except NotImplementedError:
            return False

    def _popover_of(self, node):
        while node is not None and node.getRoleName() != 'application':
            if self._is_popover(node):
                return node
            node = node.parent
        return None

    def middle(self, node):
        x, y, width, height = self.box(node)
        return x + width // 2, y + height // 2

    # What hands do

    @staticmethod
    def move(x, y):
        run('xdotool', 'mousemove', int(x), int(y))

    def click(self, thing, role=None, count=1, button=1):
        node = self.see(thing, role) if isinstance(thing, str) else thing
        self.move(*self.middle(node))
        time.sleep(0.1)
        for _ in range(count):
            # A hand holds a button for a moment.
            run('xdotool', 'mousedown', button)
            time.sleep(0.03)
            run('xdotool', 'mouseup', button)
            time.sleep(0.05)
        return node

    @staticmethod
    def type(text):
        run('xdotool', 'type', '--delay', 12, text)

    @staticmethod
    def key(*keys):
        run('xdotool', 'key', *keys)

    def fill(self, pattern, text, deadline=DEADLINE):
        """Writes over what stands in a field, and looks that it stands there. A click may be swallowed by a popover that it
        closes, or meet a place from which the field has moved: nothing is typed before the field has the focus, and what
        does not come is done again."""
        def comes(look):
            try:
                return wait('', look, 5 * SLOWNESS)
            except Exception:  # also where the field was made anew meanwhile
                return None

        def written():
            field = self.click(pattern, 'text')
            if not comes(lambda: field.getState().contains(pyatspi.STATE_FOCUSED)):
                return False
            self.key('ctrl+a')
            self.type(text)
            return comes(lambda: field.queryText().getText(0, field.queryText().characterCount) == text)
        wait(f'“{text}” in “{pattern}”', written, deadline)

    def tab_to(self, pattern, role=None):
        """By keyboard to a thing, however many others come before it."""
        def there():
            if self.see(pattern, role).getState().contains(pyatspi.STATE_FOCUSED):
                return True
            self.key('Tab')
            time.sleep(0.2)
            return False
        wait(f'the focus on “{pattern}”', there)

    def drag(self, files, onto, role=None, shot=None, begun=None, lights='Drop'):
        """Drags files from another program's window onto a thing of this one, which takes them. Nothing is dropped on a program
        that has too much to do to answer the drag in time, so the hand waits until the thing is ready for it. From then on
        nothing may be lost, however long it takes. @lights: what the thing says when it is."""
        source = Other(os.environ['DAILIES_DRAG_SOURCE'], *files)
        try:
            hands = Window('^drag-source$', source.program.pid)
            source.hear('READY')
            hands.place(0, 0)
            target = self.see(onto, role) if isinstance(onto, str) else onto
            run('xdotool', 'windowraise', hands.id)
            left, top, width, height = hands.content()
            from_x, from_y = left + width // 2, top + height // 2
            to_x, to_y = self.middle(target)
            self.move(from_x, from_y)
            wait('the other window in front', hands.is_under_pointer)
            time.sleep(0.2)
            run('xdotool', 'mousedown', 1)
            time.sleep(0.2)
            for i in range(1, 6):
                self.move(from_x + 6 * i, from_y + 3 * i)
                time.sleep(0.05)
            source.begin()
            if begun:
                begun()
            for i in range(1, 11):
                self.move(from_x + (to_x - from_x) * i / 10, from_y + (to_y - from_y) * i / 10)
                time.sleep(0.05)
            self._hover(target, to_x, to_y, lights)
            source.hear('DRAG-WELCOME')
            time.sleep(0.3)
            if shot:
                self.shot(shot)
            run('xdotool', 'mouseup', 1)
            # Until then the files are read from the other program, which has to be there.
            source.hear('DRAG-END')
        finally:
            source.quit()

    def pull(self, start, end):
        """Holds the button from one place of the screen to another."""
        self.move(*start)
        time.sleep(0.1)
        run('xdotool', 'mousedown', 1)
        for i in range(1, 11):
            self.move(start[0] + (end[0] - start[0]) * i / 10, start[1] + (end[1] - start[1]) * i / 10)
            time.sleep(0.03)
        run('xdotool', 'mouseup', 1)

    def _hover(self, target, x, y, words):
        """Holds what is dragged over a thing until that lights up. A hand is never quite still: the place where it stops is told
        to the program only with its next motion if that had not answered the last one."""
        def lights():
            self.move(x + int(time.monotonic() * 10) % 2, y)
            return any(re.match(words, node.name or '') and self._shows(node) for node in self.walk(target))
        wait(f'“{target.name}” lit up under the drag', lights)

    # What eyes see

    @staticmethod
    def shot(name):
        folder = os.environ.get('DAILIES_TEST_SHOTS')
        if folder:
            os.makedirs(folder, exist_ok=True)
            run('import', '-window', 'root', os.path.join(folder, f'{name}.png'))

    @staticmethod
    def pixels(box):
        """The raw RGB bytes of a part of the screen."""
        x, y, width, height = box
        return subprocess.run(['import', '-window', 'root', '-crop', f'{width}x{height}+{x}+{y}', '-depth', '8', 'rgb:-'],
                              check=True, capture_output=True).stdout

    @classmethod
    def colours(cls, box):
        data = cls.pixels(box)
        return len({data[i:i + 3] for i in range(0, len(data) - 2, 3 * 97)})

    def quit(self):
        if self.program.poll() is None:
            self.program.terminate()
            try:
                self.program.wait(15)
            except subprocess.TimeoutExpired:
                self.program.kill()
                self.program.wait()
        if self.log:
            self.log.close()


def tell_why(text):
    """What belongs to a failed test. On both ways: a log that is printed keeps only one of them."""
    for line in text.splitlines():
        print('#', line)
        print('#', line, file=sys.stderr)


def tell(name, story):
    """Runs one story and speaks TAP."""
    try:
        story()
    except Exception:  # any: it is the test's verdict
        tell_why(traceback.format_exc())
        print('1..1')
        print('not ok 1', name)
        sys.exit(1)
    print('1..1')
    print('ok 1', name)
