/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The two languages in which spoina speaks to people.
 */
#ifndef SP_BASE_LOCALE_H
#define SP_BASE_LOCALE_H

/** Language of the texts that a person reads; Polish if in doubt. */
enum sp_locale { SP_PL, SP_EN };

/** Choose between the two wordings of a text. */
static inline const char *sp_say(enum sp_locale locale, const char *polish, const char *english)
{
    return locale == SP_EN ? english : polish;
}

#endif
