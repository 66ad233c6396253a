/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/office_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

#include "base/status.h"

static void add_part(zip_t *zip, const struct sp_office_part *part)
{
    zip_source_t *source = zip_source_buffer(zip, part->content.data, part->content.length, 0);
    SP_ASSERT(source != NULL);
    zip_int64_t index = zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8);
    SP_ASSERT(index >= 0);
}

char *sp_office_pack(const struct sp_office_part *parts, size_t count, size_t *length)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    SP_ASSERT(target != NULL);
    zip_source_keep(target); /* zip_close() would free it with the bytes */
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    SP_ASSERT(zip != NULL);
    for (size_t i = 0; i < count; i++) {
        add_part(zip, &parts[i]);
    }
    int closed = zip_close(zip);
    SP_ASSERT(closed == 0);
    zip_stat_t stat;
    int opened = zip_source_open(target) + zip_source_stat(target, &stat);
    SP_ASSERT(opened == 0);
    char *bytes = malloc(stat.size);
    SP_ASSERT(bytes != NULL);
    zip_int64_t got = zip_source_read(target, bytes, stat.size);
    SP_ASSERT(got == (zip_int64_t)stat.size);
    (void)zip_source_close(target);
    zip_source_free(target);
    *length = (size_t)got;
    return bytes;
}

static char *around(const char *head, const char *body, const char *tail)
{
    size_t size = strlen(head) + strlen(body) + strlen(tail) + 1;
    char *text = malloc(size);
    SP_ASSERT(text != NULL);
    (void)snprintf(text, size, "%s%s%s", head, body, tail);
    return text;
}

char *sp_office_docx(const char *body, size_t *length)
{
    char *xml = around("<?xml version=\"1.0\"?><w:document xmlns:w=\"urn:w\" xmlns:mc=\"urn:mc\">"
                       "<w:body>",
                       body, "</w:body></w:document>");
    const struct sp_office_part parts[] = {{"[Content_Types].xml", sp_view_of("<Types/>")},
                                           {"word/document.xml", sp_view_of(xml)}};
    char *bytes = sp_office_pack(parts, SP_COUNT(parts), length);
    free(xml);
    return bytes;
}

char *sp_office_odt(const char *body, size_t *length)
{
    char *xml = around("<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:o\" "
                       "xmlns:text=\"urn:t\" xmlns:table=\"urn:b\"><office:body><office:text>",
                       body, "</office:text></office:body></office:document-content>");
    const struct sp_office_part parts[] = {
        {"mimetype", sp_view_of("application/vnd.oasis.opendocument.text")},
        {"content.xml", sp_view_of(xml)}};
    char *bytes = sp_office_pack(parts, SP_COUNT(parts), length);
    free(xml);
    return bytes;
}
