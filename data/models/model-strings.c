/* model-strings.c: titles and descriptions of the bundled definitions, for xgettext
 *
 * Never compiled. xgettext cannot read JSON; the reader translates these as it loads a definition. test-catalogue
 * compares this list with the files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

static const char *const model_strings[] = {
  N_("Start & End Frame"),
  N_("Start frame"),
  N_("The picture the clip begins with."),
  N_("End frame"),
  N_("The picture the clip ends with."),
  N_("Prompt"),
  N_("What happens between the two frames?"),
  N_("Duration"),
  N_("How many seconds the clip lasts."),
  N_("Reference"),
  N_("Elements"),
  N_("Characters and objects that stay themselves, each from several angles."),
  N_("Frontal image"),
  N_("The character or object from the front."),
  N_("Other angles"),
  N_("The same character or object from other angles."),
  N_("Reference images"),
  N_("Pictures for style, place and appearance."),
  N_("What happens, and with whom? Type @ to mention an element or a reference image."),
  N_("Aspect ratio"),
  N_("The shape of the picture."),
  N_("Edit Video"),
  N_("Source video"),
  N_("The footage that is changed."),
  N_("What should change? Type @ to mention an element or a reference image."),
  N_("Keep original audio"),
  N_("The clip keeps the sound of the source video."),
  N_("Edit Video (Unifically)"),
  N_("What should change? Type @ to mention a reference image."),
  N_("Source video is"),
  N_("Reference guides the new clip; transform reshapes the footage itself."),
  N_("Quality"),
  N_("Std makes 720p, pro makes 1080p."),
  N_("Callback address"),
  N_("An https address of your own server that is told when the clip is ready."),
  N_("All Modes (Unifically)"),
  N_("Footage to change, or to guide the new clip."),
  N_("Description"),
  N_("Who or what this is."),
  N_("Way of working"),
  N_("Left alone, it follows from what you bring along."),
  N_("The shape of the picture; with a source video always auto."),
  N_("Start with reference image"),
  N_("The number of the reference image the clip begins with; the first is 1."),
};
