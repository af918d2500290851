/* dailies-problem.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "dailies-asset.h"
#include "dailies-problem-private.h"

struct _DailiesProblem
{
  GObject          parent_instance;

  DailiesSeverity  severity;
  char            *field;
  char            *message;
  DailiesFix       fix;
  char            *fix_label; /* nullable */
  DailiesAsset    *asset;     /* nullable */
  char            *mention;   /* nullable */
  gsize            start;
};

G_DEFINE_FINAL_TYPE (DailiesProblem, dailies_problem, G_TYPE_OBJECT)

static int
rank_severity (DailiesSeverity severity)
{
  switch (severity)
    {
    case DAILIES_PROBLEM_ERROR:
      return 0;
    case DAILIES_PROBLEM_WAIT:
      return 1;
    case DAILIES_PROBLEM_EMPTY:
      return 2;
    case DAILIES_PROBLEM_WARNING:
    default:
      return 3;
    }
}

static void
dailies_problem_finalize (GObject *object)
{
  DailiesProblem *self = DAILIES_PROBLEM (object);

  g_free (self->field);
  g_free (self->message);
  g_free (self->fix_label);
  g_free (self->mention);
  g_clear_object (&self->asset);

  G_OBJECT_CLASS (dailies_problem_parent_class)->finalize (object);
}

static void
dailies_problem_class_init (DailiesProblemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dailies_problem_finalize;
}

static void
dailies_problem_init (DailiesProblem *self)
{
}

DailiesProblem *
dailies_problem_new (DailiesSeverity  severity,
                     const char      *field,
                     const char      *message)
{
  DailiesProblem *self;

  g_return_val_if_fail (field != NULL && message != NULL, NULL);

  self = g_object_new (DAILIES_TYPE_PROBLEM, NULL);
  self->severity = severity;
  self->field = g_strdup (field);
  self->message = g_strdup (message);

  return self;
}

DailiesSeverity
dailies_problem_get_severity (DailiesProblem *self)
{
  g_return_val_if_fail (DAILIES_IS_PROBLEM (self), DAILIES_PROBLEM_ERROR);

  return self->severity;
}

const char *
dailies_problem_get_field (DailiesProblem *self)
{
  g_return_val_if_fail (DAILIES_IS_PROBLEM (self), NULL);

  return self->field;
}

const char *
dailies_problem_get_message (DailiesProblem *self)
{
  g_return_val_if_fail (DAILIES_IS_PROBLEM (self), NULL);

  return self->message;
}

DailiesFix
dailies_problem_get_fix (DailiesProblem *self)
{
  g_return_val_if_fail (DAILIES_IS_PROBLEM (self), DAILIES_FIX_NONE);

  return self->fix;
}

const char *
dailies_problem_get_fix_label (DailiesProblem *self)
{
  g_return_val_if_fail (DAILIES_IS_PROBLEM (self), NULL);

  return self->fix_label;
}

DailiesAsset *
dailies_problem_get_asset (DailiesProblem *self)
{
  g_return_val_if_fail (DAILIES_IS_PROBLEM (self), NULL);

  return self->asset;
}

void
dailies_problem_set_fix (DailiesProblem *self,
                         DailiesFix      fix,
                         const char     *label)
{
  self->fix = fix;
  g_free (self->fix_label);
  self->fix_label = g_strdup (label);
}

void
dailies_problem_set_asset (DailiesProblem *self,
                           DailiesAsset   *asset)
{
  g_set_object (&self->asset, asset);
}

void
dailies_problem_set_mention (DailiesProblem *self,
                             const char     *mention,
                             gsize           start)
{
  g_free (self->mention);
  self->mention = g_strdup (mention);
  self->start = start;
}

const char *
dailies_problem_get_mention (DailiesProblem *self,
                             gsize          *start)
{
  *start = self->start;
  return self->mention;
}

gboolean
dailies_problem_equal (DailiesProblem *self,
                       DailiesProblem *other)
{
  return self->severity == other->severity && self->fix == other->fix &&
         self->asset == other->asset && self->start == other->start &&
         g_str_equal (self->field, other->field) &&
         g_str_equal (self->message, other->message) &&
         g_strcmp0 (self->mention, other->mention) == 0;
}

int
dailies_problem_compare (DailiesProblem *self,
                         DailiesProblem *other)
{
  return rank_severity (self->severity) - rank_severity (other->severity);
}
