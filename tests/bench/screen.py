"""Reads frame numbers off the screen itself: what tests/bench/clips.c burnt in, wherever and however large it is shown. Runs
under tests/private --framebuffer."""
import mmap
import os
import re
import struct
import time

CELLS = 12
ALWAYS = (1, 0)  # the last two cells

# No frame is shown for so short a time, and no copy of a picture takes so long.
TORN_MS = 12

# What magenta is in each channel, as bytes of 1 and 0.
HIGH = bytes(value > 140 for value in range(256))
LOW = bytes(value < 100 for value in range(256))
RUN = re.compile(b'\x01{80,}')


class Screen:
    """The X server's framebuffer as a file: 32 bits a pixel, blue first."""

    def __init__(self):
        with open(os.environ['DAILIES_TEST_FRAMEBUFFER'], 'rb') as file:
            self.map = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        head = struct.unpack('>25I', self.map[:100])
        self.width, self.height, self.stride = head[4], head[5], head[12]
        self.start = head[0] + head[19] * 12

    def row(self, y):
        begin = self.start + y * self.stride
        return self.map[begin:begin + self.width * 4]

    def _lines(self, y):
        """Left and right end of each magenta line in a row."""
        row = self.row(y)
        pixels = int.from_bytes(row[0::4].translate(HIGH), 'big')
        pixels &= int.from_bytes(row[2::4].translate(HIGH), 'big')
        pixels &= int.from_bytes(row[1::4].translate(LOW), 'big')
        return [run.span() for run in RUN.finditer(pixels.to_bytes(self.width, 'big'))]

    def find_bands(self):
        """One list of offsets for each picture: where the middle of each cell lies. From left to right, then down."""
        found = []
        for y in range(0, self.height):
            for begin, end in self._lines(y):
                for band in found:
                    if abs(band[0] - begin) <= 3 and abs(band[1] - end) <= 3 and y - band[3] < (end - begin) * 0.15:
                        band[3] = y
                        break
                else:
                    found.append([begin, end, y, y])
        # A band between two lines is taller than a line is thick.
        bands = [b for b in found if b[3] - b[2] > (b[1] - b[0]) * 0.05]
        bands.sort(key=lambda b: (b[2] // 50, b[0]))
        return [[self.start + (b[2] + b[3]) // 2 * self.stride + 4 * int(b[0] + (b[1] - b[0]) * (i + 0.5) / CELLS) + 1
                 for i in range(CELLS)] for b in bands]

    def point(self, band):
        """Left and top of the middle of its first cell."""
        at = band[0] - self.start
        return at % self.stride // 4, at // self.stride

    def are_same(self, bands, others):
        """At the same places, give or take what the ends of a line are softened by from one look to the next."""
        return len(bands) == len(others or []) and all(
            abs(here - there) <= 3 for band, other in zip(bands, others) for here, there in zip(self.point(band), self.point(other)))

    def read(self, band):
        """The number, or None where the picture is not one of ours at this moment."""
        bits = [self.map[at] > 127 for at in band]
        if bits[10] != ALWAYS[0] or bits[11] != ALWAYS[1]:
            return None
        return sum(1 << i for i in range(10) if bits[i])

    def watch(self, bands, seconds):
        """Samples for a while, a thousand times a second. Returns (samples, unreadable, torn, {skew: count}, changes of each).

        Torn is a look that fell into the moments in which the display copies a picture: panes further up are new already. Panes
        that really are on different frames stay so until the next one."""
        end = time.monotonic() + seconds
        samples = unreadable = torn = 0
        skews, changes, last = {}, [0] * len(bands), [None] * len(bands)
        apart = []  # the looks since the panes were last seen together
        while time.monotonic() < end:
            now, numbers = time.monotonic(), [self.read(band) for band in bands]
            samples += 1
            if None in numbers:
                unreadable += 1
            else:
                skew = max(numbers) - min(numbers)
                if skew:
                    apart.append((now, skew))
                elif apart:
                    torn += self._judge(apart, now, skews)
                    apart = []
                if not skew:
                    skews[0] = skews.get(0, 0) + 1
                for i, number in enumerate(numbers):
                    changes[i] += last[i] is not None and number != last[i]
                last = numbers
            time.sleep(0.001)
        if apart:
            torn += self._judge(apart, time.monotonic(), skews)
        return samples, unreadable, torn, skews, changes

    @staticmethod
    def _judge(apart, until, skews):
        """Returns: how many of these looks were at a torn picture; the others are added to the skews."""
        if (until - apart[0][0]) * 1000 < TORN_MS:
            return len(apart)
        for _, skew in apart:
            skews[skew] = skews.get(skew, 0) + 1
        return 0
