/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Packed files made in a test: DOCX and ODT around a body of their own XML, or any parts.
 */
#ifndef SP_TESTS_LIB_OFFICE_FILE_H
#define SP_TESTS_LIB_OFFICE_FILE_H

#include "base/view.h"

struct sp_office_part {
    const char *name;
    struct sp_view content;
};

/** Pack @p parts. @return heap bytes (free()), their number in @p length; stops on failure */
char *sp_office_pack(const struct sp_office_part *parts, size_t count, size_t *length);

/** A DOCX whose body is @p body ("<w:p>..."), or an ODT ("<text:p>..."). */
char *sp_office_docx(const char *body, size_t *length);
char *sp_office_odt(const char *body, size_t *length);

#endif
