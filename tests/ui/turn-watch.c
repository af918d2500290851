/* turn-watch.c: times each turn of a program's main loop, from inside and without its help
 *
 *   LD_PRELOAD=libturn-watch.so TURN_WATCH_LOG=FILE [TURN_WATCH_LIMIT=MS] PROGRAM
 *
 * A turn is what happens between two waits of the default main context: from the return of one poll() to the call of the
 * next. A poll() that somebody calls inside a turn, as XCB does while it waits for an answer, belongs to the turn. A turn held
 * for longer than the limit, 16 ms unless told, is written down as one line
 *
 *   turn BEGIN held HELD clock CLOCK processor CPU queued QUEUED display DISPLAY slow SLOW
 *
 * (BEGIN in s of the monotonic clock, SLOW a factor, the rest in ms), followed by a line "at TIME FRAME FRAME …" for each
 * time a look was taken at where the main thread stood, module+offset each, for addr2line. The last line, written on the way
 * out, is "turns N".
 *
 * HELD is CLOCK less QUEUED and DISPLAY. QUEUED is how long the thread stood ready to run while others had the processors, as
 * the kernel's scheduler counts it: that is a matter of how busy the machine is, not of what the program does. DISPLAY is the
 * same of the X server, as far as the thread neither ran nor stood ready itself: toolkit and server ask each other things
 * dozens of times a drag. Everything that is the program's own stays in: its computing, and its waiting for a lock, a disk,
 * another process, and for the display to answer once that runs.
 *
 * SLOW is how much longer the same few thousand multiplications, or the same clearing of memory, took than they do at best, on the
 * main thread right before the turn, right after it, and at each look: the worst of these. A virtual machine may lose most of its
 * speed for a twentieth of a second, with nothing else running on it and nobody counting that as stolen; measured on one: ten times
 * slower, for 1 to 4 % of the time. Its memory it shares with strangers, too: 16 MB were cleared in 0.7 ms or in 4.6, and with that
 * the same turns were held for 6 ms or for 30, as painting a window is little else. Nothing that a program does makes a
 * multiplication twice as slow, nor memory that nobody else touches, so what was held above a SLOW of 2 says nothing about it,
 * neither good nor bad.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <glib.h>

#define LIMIT_MS 16.0
/* How often the main thread is looked at while it holds a turn; the first look is taken after half the limit. */
#define LOOK_MS 4
#define MAX_LOOKS 64
#define MAX_FRAMES 40
#define LOOK_SIGNAL (SIGRTMAX - 3)
/* Some 7 µs each; the best of them counts, as an interrupt is no slowness. */
#define YARD_STEPS 4000
#define YARDS 3
/* Of memory: pieces of a ring that is larger than what a processor has for itself, as the pictures are that a window is painted in.
 * It lies in the cache that all share, and no longer does when strangers fill that: some 20 µs a piece, or 80. */
#define YARD_PIECE ((size_t) 256 * 1024)
#define YARD_PIECES 48

typedef struct
{
  double at;
  int    n;
  void  *frames[MAX_FRAMES];
} Look;

static FILE         *log_file;
static double        limit = LIMIT_MS / 1000;
static pid_t         main_thread;
static int           schedstat = -1;
static int           display_schedstat = -1;
static _Atomic (double) turn_begin; /* 0 while the loop waits */
static double        processor_begin;
static double        queued_begin;
static double        display_begin;
static unsigned long n_turns;
static double        yard_best = 1; /* in s */
static double        memory_best = 1;
static char         *memory; /* of the yard */
static _Atomic (double) turn_slow;
static Look          looks[MAX_LOOKS];
static _Atomic (int) n_looks;

static double
read_clock (clockid_t id)
{
  struct timespec now;

  clock_gettime (id, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

/* In s; 0 where the kernel does not tell, which leaves the time on the clock. */
static double
read_queued (int file)
{
  char text[96];
  ssize_t n = file >= 0 ? pread (file, text, sizeof text - 1, 0) : -1;
  unsigned long long running, queued;

  if (n <= 0)
    return 0;
  text[n] = '\0';
  return sscanf (text, "%llu %llu", &running, &queued) == 2 ? queued / 1e9 : 0;
}

/* In s */
static double
measure_yard (void)
{
  static volatile unsigned product = 1;
  double best = 1;

  for (int i = 0; i < YARDS; i++)
    {
      double begin = read_clock (CLOCK_MONOTONIC);
      double taken;

      for (int step = 0; step < YARD_STEPS; step++)
        product = product * 1664525u + 1013904223u;
      taken = read_clock (CLOCK_MONOTONIC) - begin;
      best = MIN (best, taken);
    }
  return best;
}

/* In s */
static double
measure_memory (void)
{
  static unsigned next;
  double best = 1;

  for (int i = 0; i < YARDS; i++)
    {
      double begin = read_clock (CLOCK_MONOTONIC);

      memset (memory + next * YARD_PIECE, i, YARD_PIECE);
      next = (next + 1) % YARD_PIECES;
      best = MIN (best, read_clock (CLOCK_MONOTONIC) - begin);
    }
  return best;
}

/* How many times slower processor and memory are than they were at their best so far; the worst of this turn is kept. */
static double
note_slow (void)
{
  double yard = measure_yard ();
  double cleared = measure_memory ();
  double worst = atomic_load (&turn_slow);

  yard_best = MIN (yard_best, yard);
  memory_best = MIN (memory_best, cleared);
  worst = MAX (worst, MAX (yard / yard_best, cleared / memory_best));
  atomic_store (&turn_slow, worst);
  return worst;
}

/* On the main thread, wherever it stands. backtrace() was called once before, so that nothing is loaded here. */
static void
look_cb (int signal_number)
{
  int saved = errno;
  int i = atomic_load (&n_looks);

  if (atomic_load (&turn_begin) != 0 && i < MAX_LOOKS)
    {
      looks[i].at = read_clock (CLOCK_MONOTONIC);
      looks[i].n = backtrace (looks[i].frames, MAX_FRAMES);
      atomic_store (&n_looks, i + 1);
      note_slow ();
    }
  errno = saved;
}

static void *
watchdog (void *data)
{
  const struct timespec pause = { 0, LOOK_MS * 1000000 };

  while (TRUE)
    {
      double begin;

      nanosleep (&pause, NULL);
      begin = atomic_load (&turn_begin);
      if (begin != 0 && read_clock (CLOCK_MONOTONIC) - begin > limit / 2)
        syscall (SYS_tgkill, getpid (), main_thread, LOOK_SIGNAL);
    }
  return NULL;
}

static void
write_look (const Look *look)
{
  fprintf (log_file, "at %.4f", look->at);
  /* The first two are the signal's own. */
  for (int i = 2; i < look->n; i++)
    {
      struct link_map *map = NULL;
      Dl_info info;

      if (dladdr1 (look->frames[i], &info, (void **) &map, RTLD_DL_LINKMAP) != 0 && map != NULL)
        fprintf (log_file, " %s+0x%lx", info.dli_fname,
                 (unsigned long) ((char *) look->frames[i] - (char *) map->l_addr));
    }
  fputc ('\n', log_file);
}

static void
end_turn (void)
{
  double begin = atomic_load (&turn_begin);
  double turn, processor, queued, display, held;

  if (begin == 0)
    return;
  turn = read_clock (CLOCK_MONOTONIC) - begin;
  atomic_store (&turn_begin, 0);
  n_turns++;
  if (turn > limit)
    {
      processor = read_clock (CLOCK_THREAD_CPUTIME_ID) - processor_begin;
      queued = read_queued (schedstat) - queued_begin;
      display = CLAMP (read_queued (display_schedstat) - display_begin, 0, MAX (0, turn - queued - processor));
      held = turn - queued - display;
      if (held > limit)
        {
          fprintf (log_file, "turn %.4f held %.2f clock %.2f processor %.2f queued %.2f display %.2f slow %.1f\n", begin,
                   held * 1000, turn * 1000, processor * 1000, queued * 1000, display * 1000,
                   note_slow ());
          for (int i = 0; i < atomic_load (&n_looks); i++)
            write_look (&looks[i]);
          fflush (log_file);
        }
    }
  atomic_store (&n_looks, 0);
}

static void
begin_turn (void)
{
  atomic_store (&turn_slow, 0);
  note_slow ();
  processor_begin = read_clock (CLOCK_THREAD_CPUTIME_ID);
  queued_begin = read_queued (schedstat);
  display_begin = read_queued (display_schedstat);
  atomic_store (&turn_begin, read_clock (CLOCK_MONOTONIC));
}

static int
watched_poll (GPollFD *fds,
              guint    n_fds,
              int      timeout)
{
  int result, saved;

  if (gettid () != main_thread)
    return g_poll (fds, n_fds, timeout);
  end_turn ();
  result = g_poll (fds, n_fds, timeout);
  saved = errno;
  begin_turn ();
  errno = saved;
  return result;
}

/* The X server of $DISPLAY leaves its process id beside its socket. */
static int
open_display_schedstat (void)
{
  const char *display = getenv ("DISPLAY");
  char path[64];
  FILE *lock;
  int pid = 0;

  if (display == NULL || display[0] != ':')
    return -1;
  snprintf (path, sizeof path, "/tmp/.X%d-lock", atoi (display + 1));
  lock = fopen (path, "re");
  if (lock == NULL)
    return -1;
  if (fscanf (lock, "%d", &pid) != 1)
    pid = 0;
  fclose (lock);
  snprintf (path, sizeof path, "/proc/%d/schedstat", pid);
  return pid > 0 ? open (path, O_RDONLY | O_CLOEXEC) : -1;
}

static void __attribute__ ((constructor))
start (void)
{
  const char *name = getenv ("TURN_WATCH_LOG");
  const char *told = getenv ("TURN_WATCH_LIMIT");
  struct sigaction action = { .sa_handler = look_cb, .sa_flags = SA_RESTART };
  pthread_t thread;
  void *frames[2];

  /* What the program starts is not watched. */
  unsetenv ("LD_PRELOAD");
  unsetenv ("TURN_WATCH_LOG");
  log_file = name != NULL ? fopen (name, "we") : NULL;
  if (log_file == NULL)
    return;
  if (told != NULL)
    limit = atof (told) / 1000;
  main_thread = gettid ();
  schedstat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  display_schedstat = open_display_schedstat ();
  backtrace (frames, G_N_ELEMENTS (frames));
  memory = mmap (NULL, YARD_PIECES * YARD_PIECE, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (memory == MAP_FAILED)
    return;
  for (int i = 0; i < 100; i++)
    note_slow ();
  sigaction (LOOK_SIGNAL, &action, NULL);
  g_main_context_set_poll_func (NULL, watched_poll);
  pthread_create (&thread, NULL, watchdog, NULL);
  pthread_detach (thread);
}

static void __attribute__ ((destructor))
stop (void)
{
  if (log_file != NULL)
    {
      fprintf (log_file, "turns %lu\n", n_turns);
      fflush (log_file);
    }
}
