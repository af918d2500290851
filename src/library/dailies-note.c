/* dailies-note.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-note.h"

struct _DailiesNote
{
  GObject parent_instance;

  gint64  id;
  gint64  start;
  gint64  end;
  gint64  created;
  char   *text;
};

G_DEFINE_FINAL_TYPE (DailiesNote, dailies_note, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

void
dailies_note_row_free (gpointer data)
{
  DailiesNoteRow *row = data;

  g_free (row->text);
  g_free (row);
}

static void
dailies_note_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, DAILIES_NOTE (object)->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dailies_note_finalize (GObject *object)
{
  g_free (DAILIES_NOTE (object)->text);

  G_OBJECT_CLASS (dailies_note_parent_class)->finalize (object);
}

static void
dailies_note_class_init (DailiesNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dailies_note_get_property;
  object_class->finalize = dailies_note_finalize;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dailies_note_init (DailiesNote *self)
{
}

DailiesNote *
dailies_note_new (const DailiesNoteRow *row)
{
  DailiesNote *self = g_object_new (DAILIES_TYPE_NOTE, NULL);

  self->id = row->id;
  self->start = row->start;
  self->end = MAX (row->start, row->end);
  self->created = row->created;
  self->text = g_strdup (row->text);

  return self;
}

gint64
dailies_note_get_id (DailiesNote *self)
{
  g_return_val_if_fail (DAILIES_IS_NOTE (self), 0);

  return self->id;
}

gint64
dailies_note_get_start (DailiesNote *self)
{
  g_return_val_if_fail (DAILIES_IS_NOTE (self), 0);

  return self->start;
}

gint64
dailies_note_get_end (DailiesNote *self)
{
  g_return_val_if_fail (DAILIES_IS_NOTE (self), 0);

  return self->end;
}

gboolean
dailies_note_is_range (DailiesNote *self)
{
  g_return_val_if_fail (DAILIES_IS_NOTE (self), FALSE);

  return self->end > self->start;
}

gint64
dailies_note_get_created (DailiesNote *self)
{
  g_return_val_if_fail (DAILIES_IS_NOTE (self), 0);

  return self->created;
}

const char *
dailies_note_get_text (DailiesNote *self)
{
  g_return_val_if_fail (DAILIES_IS_NOTE (self), NULL);

  return self->text;
}

void
dailies_note_set_text (DailiesNote *self,
                       const char  *text)
{
  char *old = self->text;

  if (g_strcmp0 (old, text) == 0)
    return;

  self->text = g_strdup (text);
  g_free (old);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
