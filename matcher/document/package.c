/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Packed files by libzip; see package.h. libzip takes its memory from the heap directly.
 */
#include "matcher/document/package.h"

#include <zip.h>

#include "base/memory.h"

enum {
    END_RECORD_BYTES = 22, /* of the record that ends a ZIP: APPNOTE.TXT, section 4.3.16 */
    END_COUNT_AT = 10,     /* its number of parts, 16 bits; 0xFFFF: see a larger record */
    COMMENT_MAX_BYTES = 0xFFFF,
    CHUNK_BYTES = 64 << 10
};

struct sp_package {
    zip_t *zip;
};

static enum sp_status fail_damaged(const char *part, struct sp_error *err)
{
    return SP_FAIL(err, SP_INVALID, part, "Plik jest uszkodzony: nie można go rozpakować.",
                   "The file is damaged: it cannot be unpacked.");
}

/** Look at every record that could be the last one: libzip would make room for all parts it
 *  promises. */
static bool promises_too_many(struct sp_view content)
{
    size_t window = END_RECORD_BYTES + COMMENT_MAX_BYTES;
    size_t from = content.length > window ? content.length - window : 0;
    for (size_t at = from; at + END_RECORD_BYTES <= content.length; at++) {
        const unsigned char *record = (const unsigned char *)content.data + at;
        if (memcmp(record, "PK\5\6", 4) == 0 &&
            (record[END_COUNT_AT] | record[END_COUNT_AT + 1] << 8) > SP_PACKAGE_MAX_PARTS) {
            return true;
        }
    }
    return false;
}

enum sp_status sp_package_open(struct sp_view content, struct sp_package **out,
                               struct sp_error *err)
{
    *out = NULL;
    if (promises_too_many(content)) {
        return SP_FAIL(err, SP_LIMIT, "", "Plik ma ponad %d spakowanych części.",
                       "The file has over %d packed parts.", SP_PACKAGE_MAX_PARTS);
    }
    struct sp_package *package = sp_calloc(1, sizeof *package);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source =
        package == NULL ? NULL : zip_source_buffer_create(content.data, content.length, 0, &error);
    if (source == NULL) {
        zip_error_fini(&error);
        sp_free(package);
        return SP_FAIL_NOMEM(err);
    }
    package->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    bool starved = zip_error_code_zip(&error) == ZIP_ER_MEMORY;
    zip_error_fini(&error);
    if (package->zip == NULL) {
        zip_source_free(source);
        sp_free(package);
        return starved ? SP_FAIL_NOMEM(err) : fail_damaged("", err);
    }
    *out = package;
    return SP_OK;
}

void sp_package_close(struct sp_package *package)
{
    if (package != NULL) {
        zip_discard(package->zip);
        sp_free(package);
    }
}

bool sp_package_has(const struct sp_package *package, const char *part)
{
    return zip_name_locate(package->zip, part, 0) >= 0;
}

bool sp_package_has_below(const struct sp_package *package, const char *prefix)
{
    zip_int64_t count = zip_get_num_entries(package->zip, 0);
    for (zip_int64_t i = 0; i < count; i++) {
        const char *name = zip_get_name(package->zip, (zip_uint64_t)i, 0);
        if (name != NULL && strncmp(name, prefix, strlen(prefix)) == 0) {
            return true;
        }
    }
    return false;
}

static enum sp_status fail_unpacking(zip_error_t *error, const char *part, struct sp_error *err)
{
    switch (zip_error_code_zip(error)) {
    case ZIP_ER_MEMORY:
        return SP_FAIL_NOMEM(err);
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_ENCRNOTSUPP:
        return SP_FAIL(err, SP_UNSUPPORTED, part,
                       "Plik jest zaszyfrowany hasłem. Zapisz go bez hasła.",
                       "The file is protected by a password. Save it without one.");
    case ZIP_ER_COMPNOTSUPP:
        return SP_FAIL(err, SP_UNSUPPORTED, part, "Plik jest spakowany w nieobsługiwany sposób.",
                       "The file is packed in a way that is not supported.");
    default:
        return fail_damaged(part, err);
    }
}

static enum sp_status fail_too_large(const char *part, size_t most, struct sp_error *err)
{
    return SP_FAIL(err, SP_LIMIT, part, "Po rozpakowaniu plik miałby ponad %zu bajtów.",
                   "Unpacked, the file would have over %zu bytes.", most);
}

static enum sp_status unpack(zip_file_t *file, const char *part, struct sp_buffer *bytes,
                             struct sp_error *err)
{
    for (;;) {
        size_t room = bytes->max_bytes - bytes->length;
        size_t wanted = room < CHUNK_BYTES ? room : CHUNK_BYTES;
        if (wanted == 0) {
            char one_more = 0;
            return zip_fread(file, &one_more, 1) == 0 ? SP_OK
                                                      : fail_too_large(part, bytes->max_bytes, err);
        }
        char *to = sp_buffer_reserve(bytes, wanted);
        if (to == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        zip_int64_t got = zip_fread(file, to, wanted);
        if (got < 0) {
            return fail_unpacking(zip_file_get_error(file), part, err);
        }
        bytes->length += (size_t)got;
        bytes->data[bytes->length] = '\0';
        if (got == 0) {
            return SP_OK;
        }
    }
}

enum sp_status sp_package_read(struct sp_package *package, const char *part,
                               struct sp_buffer *bytes, struct sp_error *err)
{
    zip_stat_t stat;
    if (zip_stat(package->zip, part, 0, &stat) != 0) {
        return SP_FAIL(err, SP_NOT_FOUND, part, "W pliku brakuje części „%.60s”.",
                       "The part ‘%.60s’ is missing in the file.", part);
    }
    if ((stat.valid & ZIP_STAT_SIZE) != 0 && stat.size > bytes->max_bytes) {
        return fail_too_large(part, bytes->max_bytes, err);
    }
    zip_file_t *file = zip_fopen_index(package->zip, stat.index, 0);
    if (file == NULL) {
        return fail_unpacking(zip_get_error(package->zip), part, err);
    }
    enum sp_status status = unpack(file, part, bytes, err);
    (void)zip_fclose(file);
    return status;
}
