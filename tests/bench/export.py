#!/usr/bin/env python3
"""Time to export two 1080p clips side by side, of dailies-cli and of ffmpeg's hstack with the same encoder settings, by turns.

  export.py DAILIES-CLI FFMPEG [ROUNDS [SECONDS]]

Prints the medians and how fast we are beside ffmpeg. Ends with 1 where that is below 0.9."""
import os
import statistics
import subprocess
import sys
import tempfile
import time

LIMIT = 0.9


def make_clip(path, seconds, pattern):
    """Moving, detailed and with a key frame every 60 frames, as the services' clips have."""
    subprocess.run(['gst-launch-1.0', '-q', 'videotestsrc', f'pattern={pattern}', 'kx2=20', 'ky2=20', 'kt=1', f'num-buffers={30 * seconds}', '!',
                    'video/x-raw,format=I420,width=480,height=270,framerate=30/1,colorimetry=bt709', '!', 'videoscale', '!',
                    'video/x-raw,width=1920,height=1080,colorimetry=bt709', '!', 'x264enc', 'speed-preset=veryfast', 'pass=qual',
                    'quantizer=20', 'vbv-buf-capacity=0', 'key-int-max=60', '!', 'h264parse', '!', 'mp4mux', '!',
                    'filesink', f'location={path}'], check=True)


def measure(command):
    begin = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - begin


def main():
    cli, ffmpeg = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    seconds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    times = {'ours': [], 'theirs': []}
    with tempfile.TemporaryDirectory(prefix='dailies-bench.') as place:
        clips = [os.path.join(place, name) for name in ('a.mp4', 'b.mp4')]
        for clip, pattern in zip(clips, ('ball', 'zone-plate')):
            make_clip(clip, seconds, pattern)
        ours = [cli, 'export', '--side-by-side', '--output', os.path.join(place, 'ours.mp4'), *clips]
        theirs = [ffmpeg, '-y', '-i', clips[0], '-i', clips[1], '-filter_complex', 'hstack', '-an', '-c:v', 'libx264',
                  '-preset', 'veryfast', '-crf', '18', '-g', '30', '-profile:v', 'high', '-pix_fmt', 'yuv420p',
                  os.path.join(place, 'theirs.mp4')]
        for i in range(rounds):
            times['ours'].append(measure(ours))
            times['theirs'].append(measure(theirs))
        sizes = {name: os.path.getsize(os.path.join(place, f'{name}.mp4')) for name in times}
    medians = {name: statistics.median(values) for name, values in times.items()}
    speed = medians['theirs'] / medians['ours']
    print(f"Side by side, {seconds} s of 2 x 1080p30, medians of {rounds}: Dailies {medians['ours']:.2f} s "
          f"({sizes['ours'] / 1e6:.2f} MB), ffmpeg hstack {medians['theirs']:.2f} s ({sizes['theirs'] / 1e6:.2f} MB), "
          f'speed {speed:.2f} of it, limit {LIMIT}')
    sys.exit(speed < LIMIT)


main()
