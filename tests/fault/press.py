"""Generate pressed in the real window, by hand, and the window killed somewhere between the press and the end of the job.

What is on disk and what the service has seen at that moment is counted, so that one knows where the kills fell."""
import collections
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

import pyatspi

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'ui'))
from artist import SLOWNESS, Artist, tell_why, wait  # noqa: E402

ENDED = ('done', 'failed', 'refused', 'cancelled', 'unknown')
# Where a kill is aimed at: what is waited for, and for how long after it the moment is drawn from (seconds). Half of
# the kills fall anywhere. The times are those of the service below, which press() is given.
THINKING, QUEUED, RUNNING, SERVING = 0.25, 0.3, 0.3, 0.25
AIMS = {
    'at once': (None, 0.03),
    'pressed': (None, 0.12),
    'posted': ('seen', THINKING * 1.1),
    'answered': ('answered', QUEUED + RUNNING),
    'fetching': ('fetched', SERVING * 1.2),
}


class Presser:
    """One shot in one window, opened again after every kill."""

    def __init__(self, game, place):
        self.game = game
        self.places = collections.Counter()
        self.config = os.path.join(place, 'config')
        self.environment = {**game.environment, 'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': self.config}
        self.pictures = [os.path.join(place, name) for name in ('start.png', 'end.png')]
        for path, colours in zip(self.pictures, ('navy-orchid', 'gold-teal')):
            subprocess.run(['convert', '-size', '640x360', f'gradient:{colours}', path], check=True)
        settings = os.path.join(self.config, 'glib-2.0', 'settings')
        os.makedirs(settings)
        with open(os.path.join(settings, 'keyfile'), 'w') as file:
            file.write("[io/github/dailies/Dailies]\nservice='runcomfy'\n")

    def open(self, *files):
        artist = Artist(os.environ['DAILIES_BIN'], '--library', self.game.library, *files, title='Dailies',
                        env=self.environment, log=os.environ.get('DAILIES_TEST_LOG', os.devnull))
        artist.window.place(0, 0, 1280, 800)
        return artist

    @staticmethod
    def ready(artist):
        """Generate, when it can be pressed: the pictures are read, the prompt is there."""
        def look():
            button = artist.look('^Generate', 'button')
            return button if button and button.getState().contains(pyatspi.STATE_SENSITIVE) else None
        return wait('Generate that can be pressed', look, 30 * SLOWNESS)

    @staticmethod
    def press(artist, button, by_key):
        """Starts the press; it arrives some milliseconds after this returns."""
        command = ['xdotool', 'key', 'ctrl+Return']
        if not by_key:
            x, y = artist.middle(button)
            command = ['xdotool', 'mousemove', str(x), str(y), 'click', '1']
        return subprocess.Popen(command)

    def whole(self):
        """One job that nobody disturbs: how long a life is."""
        artist = self.open(*self.pictures)
        try:
            artist.see('^Prompt', 'text')
            artist.fill('^Prompt', 'whole')
            button = self.ready(artist)
            pressed = time.monotonic()
            self.press(artist, button, False).wait()
            wait('the first cut', self.game.cuts, 60 * SLOWNESS)
            return time.monotonic() - pressed
        finally:
            artist.quit()

    def killed(self, prompt, dice, life):
        """One window, one press, one kill."""
        artist = self.open()
        try:
            self.ready(artist)
            # Nothing is pressed before it is seen to stand there.
            artist.fill('^Prompt', prompt)
            button = self.ready(artist)
            anywhere = dice.random() < 0.5
            stage, span = (None, life * 1.05) if anywhere else AIMS[dice.choice(sorted(AIMS))]
            delay = dice.uniform(0, span)
            press = self.press(artist, button, dice.random() < 0.5)
            if stage:
                self.game.service.wait_for(prompt, stage, 20 * SLOWNESS)
            time.sleep(delay)
        except Exception:
            artist.shot(f'kills-{prompt}-failed')
            tell_why(artist.say())
            raise
        finally:
            artist.program.kill()
            artist.program.wait()
            artist.quit()
        seen = self.game.service.stage(prompt)
        press.wait()
        self.places[self.place_of(prompt, seen)] += 1

    def place_of(self, prompt, seen):
        """What the killed window had on disk, looked at in a copy: the next start finds everything as the kill left it."""
        copy = tempfile.mkdtemp(prefix='dailies-look.')
        try:
            for name in os.listdir(self.game.library):
                if name.startswith('dailies.db') and not name.endswith('-shm'):
                    shutil.copy(os.path.join(self.game.library, name), copy)
            base = sqlite3.connect(os.path.join(copy, 'dailies.db'))
            row = base.execute('SELECT state FROM job WHERE prompt = ?', (prompt,)).fetchone()
            base.close()
        finally:
            shutil.rmtree(copy)
        if row is None:
            return 'before it was a job'
        if row[0] == 'submitting':
            return {None: 'submitting, POST not seen', 'seen': 'submitting, POST seen'}.get(seen, 'submitting, answered')
        return row[0]

    def carry_on(self):
        """A window that nobody kills takes up everything that has not ended, and ends it."""
        artist = self.open()
        try:
            wait('the end of every job', lambda: all(j['state'] in ENDED for j in self.game.jobs()),
                 120 * SLOWNESS)
        finally:
            artist.quit()
