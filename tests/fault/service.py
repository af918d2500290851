"""A service that speaks RunComfy's protocol and remembers every paid submit it has ever seen, for tests that kill the
program. It is not the practice service: it shares no line with what it tests."""
import json
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = 'kill-test-token'


def make_clip(path):
    subprocess.run(['gst-launch-1.0', '-q', 'videotestsrc', 'num-buffers=24', 'pattern=ball', '!',
                    'video/x-raw,width=320,height=180,framerate=24/1', '!', 'x264enc', 'speed-preset=ultrafast', '!',
                    'mp4mux', 'faststart=true', '!', 'filesink', f'location={path}'], check=True)


class Service:
    def __init__(self, clip, queued=0.15, running=0.25, thinking=0.1, serving=0.0):
        self.clip = open(clip, 'rb').read()
        # Seconds: how long a job is queued and runs, until a submit is answered, and until a clip is all sent.
        self.queued, self.running, self.thinking, self.serving = queued, running, thinking, serving
        self.lock = threading.Lock()
        self.news = threading.Condition(self.lock)
        self.submits = []     # (prompt, request id), one for each POST seen
        self.answered = set()  # request ids whose answer was written to the end
        self.fetched = set()  # request ids whose clip was asked for
        self.born = {}
        self.strangers = []   # what came with a token where none belongs, or without one where one does
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def log_message(self, *_):
                pass

            def answer(self, status, body, kind='application/json', more=(), size=None):
                # A size beyond the body: the caller sends the rest.
                body = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header('Content-Type', kind)
                self.send_header('Content-Length', str(len(body) if size is None else size))
                for name, value in more:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                self.wfile.flush()

            def allowed(self):
                if self.headers.get('Authorization') == f'Bearer {TOKEN}':
                    return True
                owner.strangers.append(self.path)
                self.answer(401, {'message': 'bad token'})
                return False

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
                if not self.allowed():
                    return
                if self.path.endswith('/cancel'):
                    self.answer(200, {'status': 'in_progress', 'outcome': 'not_cancellable'})
                    return
                with owner.lock:
                    request = f'req-{len(owner.submits)}'
                    owner.submits.append((json.loads(body)['prompt'], request))
                    owner.born[request] = time.monotonic()
                    owner.news.notify_all()
                # Long enough for kills to fall between the submit and its answer.
                time.sleep(owner.thinking)
                self.answer(200, {'request_id': request, 'status_url': 'https://nowhere.invalid/'})
                with owner.lock:
                    owner.answered.add(request)
                    owner.news.notify_all()

            def do_GET(self):
                if self.path.startswith('/clip/'):
                    if self.headers.get('Authorization'):
                        owner.strangers.append(self.path)
                    with owner.lock:
                        owner.fetched.add(self.path.split('/')[2].partition('.')[0])
                        owner.news.notify_all()
                    self.clip()
                    return
                if not self.allowed():
                    return
                parts = self.path.partition('?')[0].split('/')
                born = owner.born.get(parts[3]) if len(parts) > 3 else None
                if parts[2] != 'requests' or born is None:
                    self.answer(404, {'code': 404001, 'error': 'not found'})
                    return
                age = time.monotonic() - born
                state = ('in_queue' if age < owner.queued else
                         'in_progress' if age < owner.queued + owner.running else 'completed')
                if parts[4] == 'status' or state != 'completed':
                    self.answer(200, {'request_id': parts[3], 'status': state, 'queue_position': 1})
                else:
                    self.answer(200, {'request_id': parts[3], 'status': 'completed', 'cost': 0.5,
                                      'output': {'video': f'{owner.url}/clip/{parts[3]}.mp4'}})

            def clip(self):
                data, start = owner.clip, 0
                asked = self.headers.get('Range', '')
                if asked.startswith('bytes='):
                    start = int(asked[6:].split('-')[0])
                more = [('ETag', '"one"'), ('Accept-Ranges', 'bytes')]
                if start:
                    more.append(('Content-Range', f'bytes {start}-{len(data) - 1}/{len(data)}'))
                data, half = data[start:], len(data[start:]) // 2
                self.answer(206 if start else 200, data[:half], 'video/mp4', more, len(data))
                time.sleep(owner.serving)
                self.wfile.write(data[half:])

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True  # killed while we spoke

        self.server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.url = f'http://127.0.0.1:{self.server.server_address[1]}'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stage(self, prompt):
        """How far the submit of a prompt has come here: None, 'seen', 'answered' or 'fetched'."""
        requests = [request for said, request in self.submits if said == prompt]
        for name, known in (('fetched', self.fetched), ('answered', self.answered)):
            if any(request in known for request in requests):
                return name
        return 'seen' if requests else None

    def wait_for(self, prompt, stage, seconds):
        """Waits until the submit of a prompt has come that far; False where it does not in time."""
        order = [None, 'seen', 'answered', 'fetched']
        with self.news:
            return self.news.wait_for(lambda: order.index(self.stage(prompt)) >= order.index(stage), seconds)

    def environment(self):
        return {'DAILIES_RUNCOMFY_URL': self.url, 'RUNCOMFY_API_TOKEN': TOKEN, 'DAILIES_POLL_SECONDS': '0.1'}
