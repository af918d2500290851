/* dailies-libraries.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dailies-libraries.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <string.h>

/* Stops what needs itself over seven corners. */
#define MAX_DEPTH 32
#define PAGE 4096

/* A file in memory, and what its dynamic section says. */
typedef struct
{
  const guint8     *bytes;
  gsize             length;
  const ElfW (Ehdr) *head;
  const ElfW (Phdr) *segments;
  const ElfW (Dyn)  *dynamic;
  gsize             n_dynamic;
} Image;

static gboolean
contains (const Image *image,
          guint64      offset,
          guint64      length)
{
  return offset <= image->length && length <= image->length - offset;
}

/* Where in the file lies what will lie at @address; G_MAXUINT64 for nowhere. */
static guint64
find_offset (const Image *image,
             guint64      address)
{
  for (guint i = 0; i < image->head->e_phnum; i++)
    {
      const ElfW (Phdr) *segment = &image->segments[i];

      if (segment->p_type == PT_LOAD && address >= segment->p_vaddr &&
          address - segment->p_vaddr < segment->p_filesz)
        return segment->p_offset + (address - segment->p_vaddr);
    }

  return G_MAXUINT64;
}

static gboolean
image_init (Image       *image,
            GMappedFile *file)
{
  const guint8 class = sizeof (void *) == 8 ? ELFCLASS64 : ELFCLASS32;
  const guint8 order = G_BYTE_ORDER == G_LITTLE_ENDIAN ? ELFDATA2LSB : ELFDATA2MSB;

  image->bytes = (const guint8 *) g_mapped_file_get_contents (file);
  image->length = g_mapped_file_get_length (file);
  image->head = (const ElfW (Ehdr) *) image->bytes;
  if (image->bytes == NULL || !contains (image, 0, sizeof *image->head) ||
      memcmp (image->bytes, ELFMAG, SELFMAG) != 0 ||
      image->bytes[EI_CLASS] != class || image->bytes[EI_DATA] != order ||
      image->head->e_phentsize != sizeof *image->segments ||
      image->head->e_phoff % sizeof (void *) != 0 ||
      !contains (image, image->head->e_phoff, (guint64) image->head->e_phnum * sizeof *image->segments))
    return FALSE;

  image->segments = (const ElfW (Phdr) *) (image->bytes + image->head->e_phoff);
  for (guint i = 0; i < image->head->e_phnum; i++)
    {
      const ElfW (Phdr) *segment = &image->segments[i];

      if (segment->p_type != PT_DYNAMIC || segment->p_offset % sizeof (void *) != 0 ||
          !contains (image, segment->p_offset, segment->p_filesz))
        continue;
      image->dynamic = (const ElfW (Dyn) *) (image->bytes + segment->p_offset);
      image->n_dynamic = segment->p_filesz / sizeof *image->dynamic;
      return TRUE;
    }

  return FALSE;
}

static guint64
get_dynamic (const Image *image,
             gint64       tag)
{
  for (gsize i = 0; i < image->n_dynamic && image->dynamic[i].d_tag != DT_NULL; i++)
    {
      if (image->dynamic[i].d_tag == tag)
        return image->dynamic[i].d_un.d_val;
    }

  return G_MAXUINT64;
}

static void
touch (const Image *image,
       guint64      offset,
       guint64      length)
{
  volatile guint8 sum = 0;

  if (offset == G_MAXUINT64 || length == G_MAXUINT64 || !contains (image, offset, length))
    return;
  for (guint64 i = 0; i < length; i += PAGE)
    sum += image->bytes[offset + i];
}

/* The loader reads these under its lock: they had better be in memory by then. */
static void
touch_what_is_bound (const Image *image)
{
  guint64 symbols = find_offset (image, get_dynamic (image, DT_SYMTAB));
  guint64 names = find_offset (image, get_dynamic (image, DT_STRTAB));

  /* The symbols have no length of their own, but their names lie behind them. */
  if (symbols != G_MAXUINT64 && names != G_MAXUINT64 && symbols < names)
    touch (image, symbols, names - symbols);
  touch (image, names, get_dynamic (image, DT_STRSZ));
  touch (image, find_offset (image, get_dynamic (image, DT_RELA)), get_dynamic (image, DT_RELASZ));
  touch (image, find_offset (image, get_dynamic (image, DT_JMPREL)), get_dynamic (image, DT_PLTRELSZ));
  for (guint i = 0; i < image->head->e_phnum; i++)
    {
      if (image->segments[i].p_type == PT_LOAD && (image->segments[i].p_flags & PF_W) != 0)
        touch (image, image->segments[i].p_offset, image->segments[i].p_filesz);
    }
}

GStrv
dailies_libraries_read_needed (const char *path)
{
  g_autoptr (GStrvBuilder) needed = g_strv_builder_new ();
  g_autoptr (GMappedFile) file = NULL;
  Image   image = { 0 };
  guint64 names, length;

  g_return_val_if_fail (path != NULL, NULL);

  file = g_mapped_file_new (path, FALSE, NULL);
  if (file == NULL || !image_init (&image, file))
    return g_strv_builder_end (needed);

  names = find_offset (&image, get_dynamic (&image, DT_STRTAB));
  length = get_dynamic (&image, DT_STRSZ);
  if (names == G_MAXUINT64 || !contains (&image, names, length))
    return g_strv_builder_end (needed);

  touch_what_is_bound (&image);
  for (gsize i = 0; i < image.n_dynamic && image.dynamic[i].d_tag != DT_NULL; i++)
    {
      guint64     at = image.dynamic[i].d_un.d_val;
      const char *name = (const char *) image.bytes + names + at;

      if (image.dynamic[i].d_tag == DT_NEEDED && at < length && memchr (name, '\0', length - at) != NULL)
        g_strv_builder_add (needed, name);
    }

  return g_strv_builder_end (needed);
}

/* (transfer full) (nullable): the file that @name stands for, in the folders where the loader looks. */
static char *
find_library (const char *name)
{
  g_autofree Dl_serinfo *folders = NULL;
  Dl_serinfo             size;
  void                  *self = dlopen (NULL, RTLD_LAZY);
  char                  *found = NULL;

  if (self == NULL)
    return NULL;
  if (dlinfo (self, RTLD_DI_SERINFOSIZE, &size) == 0)
    {
      folders = g_malloc0 (size.dls_size);
      folders->dls_size = size.dls_size;
      folders->dls_cnt = size.dls_cnt;
      if (dlinfo (self, RTLD_DI_SERINFO, folders) != 0)
        folders->dls_cnt = 0;
      for (guint i = 0; i < folders->dls_cnt && found == NULL; i++)
        {
          found = g_build_filename (folders->dls_serpath[i].dls_name, name, NULL);
          if (!g_file_test (found, G_FILE_TEST_EXISTS))
            g_clear_pointer (&found, g_free);
        }
    }
  dlclose (self);

  return found;
}

static gboolean
is_open (const char *name)
{
  void *handle = dlopen (name, RTLD_LAZY | RTLD_NOLOAD);

  if (handle == NULL)
    return FALSE;
  dlclose (handle);

  return TRUE;
}

static guint
open_needed (const char *path,
             GHashTable *seen,
             guint       depth)
{
  g_auto (GStrv) needed = dailies_libraries_read_needed (path);
  guint n_opened = 0;

  for (guint i = 0; needed[i] != NULL && depth < MAX_DEPTH; i++)
    {
      g_autofree char *file = NULL;

      if (!g_hash_table_add (seen, g_strdup (needed[i])) || is_open (needed[i]))
        continue;
      file = find_library (needed[i]);
      if (file != NULL)
        n_opened += open_needed (file, seen, depth + 1);
      /* Bound at once: a library that leans on what its neighbours bring along fails here, not when it is called.
       * Never closed: the plug-in that needs it never is, either. */
      if (dlopen (needed[i], RTLD_NOW | RTLD_LOCAL) != NULL)
        n_opened++;
    }

  return n_opened;
}

guint
dailies_libraries_open_needed (const char *path)
{
  g_autoptr (GHashTable) seen = NULL;

  g_return_val_if_fail (path != NULL, 0);

  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return open_needed (path, seen, 0);
}
