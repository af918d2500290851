#!/usr/bin/env python3
"""Kills the command line, or the window, at random moments of a job's life and then asks: was every job whose submit was
answered found again, did it end in a cut, and was no submit ever repeated?

In the window it is Generate itself that is pressed, by hand, and killed.

  test-kills.py cli|window TIMES [SEED]"""
import collections
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from service import Service, make_clip  # noqa: E402

MODEL = 'runcomfy:kling/kling-video-o1/image-to-video'
# A press becomes a job within a millisecond or two: before that, a kill is told but not asked for.
LIFE = ('preparing', 'submitting', 'queued', 'running', 'fetching', 'done')


class Round:
    def __init__(self, place, **service):
        self.library = os.path.join(place, 'library')
        clip = os.path.join(place, 'clip.mp4')
        make_clip(clip)
        self.service = Service(clip, **service)
        self.environment = {**os.environ, **self.service.environment()}

    def cli(self, *words):
        return [os.environ['DAILIES_CLI_BIN'], '--library', self.library, '--json', *words]

    def ask(self, *words):
        done = subprocess.run(self.cli(*words), env=self.environment, capture_output=True, text=True, timeout=120)
        return done

    def jobs(self):
        said = json.loads(self.ask('jobs').stdout)
        return said['jobs'] if isinstance(said, dict) else said

    def cuts(self):
        said = json.loads(self.ask('cuts').stdout)
        return said['cuts'] if isinstance(said, dict) else said

    def generate(self, number):
        return self.cli('generate', MODEL, f'prompt=job {number}', 'start_image_url=https://example.com/a.png',
                        'end_image_url=https://example.com/b.png', '--wait')

    def kill_after(self, command, seconds, quiet=True):
        program = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL if quiet else None)
        try:
            program.wait(seconds)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()

    def settle(self):
        """Takes every job up to its end; the ones whose outcome is unknown by the way an artist has: the id."""
        for _ in range(5):
            self.ask('resume', '--wait')
            open_jobs = [j for j in self.jobs() if j['state'] not in ('done', 'failed', 'refused', 'cancelled')]
            for job in open_jobs:
                if job['state'] == 'unknown':
                    known = [r for prompt, r in self.service.submits if prompt == job['prompt']]
                    if known:
                        self.ask('lookup', job['job'], known[0])
                    else:
                        self.ask('forget', job['job'])
            if not [j for j in open_jobs if j['state'] != 'unknown'] and not open_jobs:
                return


def kill_cli(game, times, dice):
    started = time.monotonic()
    subprocess.run(game.generate('whole'), env=game.environment, check=True, stdout=subprocess.DEVNULL)
    life = time.monotonic() - started
    for number in range(times):
        game.kill_after(game.generate(number), dice.uniform(0.0, life * 1.05))


def kill_window(game, times, dice):
    """Each window takes up what the killed one left behind, and is killed in turn."""
    import press  # only here: the command line needs no display
    game.ask('jobs')
    presser = press.Presser(game, os.path.dirname(game.library))
    life = presser.whole()
    for number in range(times):
        presser.killed(f'job {number}', dice, life)
    presser.carry_on()
    print(f'# a job that nobody kills takes {life:.2f} s from the press to its cut; the kills fell into:')
    for place, count in presser.places.most_common():
        print(f'#   {count:3} {place}')
    return presser.places


def main():
    what, times = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
    print('1..4' if what == 'cli' else '1..5')
    print(f'# {what} killed {times} times, seed {seed}')
    place = tempfile.mkdtemp(prefix='dailies-kills.')
    dice = random.Random(seed)
    if what == 'cli':
        game = Round(place)
        kill_cli(game, times, dice)
    else:
        game = Round(place, thinking=0.25, queued=0.3, running=0.3, serving=0.25)
        places = kill_window(game, times, dice)
    unknown = [j for j in game.jobs() if j['state'] in ('unknown', 'submitting')]
    game.settle()

    jobs = game.jobs()
    cuts = game.cuts()
    done = {j['prompt'] for j in jobs if j['state'] == 'done'} | {c['prompt'] for c in cuts}
    submits = collections.Counter(prompt for prompt, _ in game.service.submits)
    answered = {prompt for prompt, request in game.service.submits if request in game.service.answered}
    lost = sorted(answered - done)
    twice = {prompt: n for prompt, n in submits.items() if n > 1}
    missing = [c['path'] for c in cuts if not os.path.getsize(c['path'])]
    print(f'# {len(submits)} submits seen, {len(answered)} answered, {len(done)} with a cut, '
          f'{len(unknown)} were unknown and looked up by their id')
    verdicts = [
        (len(submits) >= times // 4, 'enough submits were seen for the kills to mean something', len(submits)),
        (not lost, 'every job whose submit was answered has its cut', lost),
        (not twice, 'no submit was repeated', twice),
        (not missing and not game.service.strangers, 'every cut is there, and the token went nowhere else',
         (missing, game.service.strangers))]
    if what == 'window':
        # A hundred kills must have found every state of a job, a few at least some of them.
        wanted = LIFE if times >= 100 else []
        verdicts.append((len(places) >= min(times, 3) and all(any(p.startswith(w) for p in places) for w in wanted),
                         'the kills fell all over the life of a job', dict(places)))
    failed = False
    for number, (good, name, more) in enumerate(verdicts, 1):
        print(f'{"ok" if good else "not ok"} {number} {what}: {name}')
        if not good:
            print('#', more)
            failed = True
    if not failed:
        shutil.rmtree(place)
    sys.exit(failed)


main()
