/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/connect/gzip.h"

#include <limits.h>
#include <zlib.h>

#include "base/memory.h"

enum {
    GZIP_WINDOW_BITS = 15 + 16, /* zlib: 16 more means the gzip wrapper */
    PIECE_BYTES = 16 * 1024,
    MEMORY_LEVEL = 8,
    FAST_LEVEL = 1 /* answers are made while somebody waits */
};

static void *allocate(void *context, uInt count, uInt size)
{
    (void)context;
    return sp_calloc(count, size);
}

static void release(void *context, void *pointer)
{
    (void)context;
    sp_free(pointer);
}

static z_stream stream_over(struct sp_view input)
{
    SP_ASSERT(input.length <= UINT_MAX);
    return (z_stream){.zalloc = allocate,
                      .zfree = release,
                      .next_in = (Bytef *)input.data,
                      .avail_in = (uInt)input.length};
}

static enum sp_status fail_damaged(struct sp_error *err)
{
    return SP_FAIL(err, SP_INVALID, "", "Skompresowana treść (gzip) jest uszkodzona.",
                   "The compressed content (gzip) is damaged.");
}

static enum sp_status fail_size(struct sp_error *err, size_t max_bytes)
{
    return SP_FAIL(err, SP_LIMIT, "", "Treść po rozpakowaniu przekracza %zu bajtów.",
                   "The content is larger than %zu bytes when unpacked.", max_bytes);
}

static enum sp_status inflate_all(z_stream *stream, size_t max_bytes, struct sp_buffer *out,
                                  struct sp_error *err)
{
    size_t start = out->length;
    int result = Z_OK;
    while (result == Z_OK) {
        char *room = sp_buffer_reserve(out, PIECE_BYTES);
        if (room == NULL) {
            return out->status == SP_LIMIT ? fail_size(err, max_bytes) : SP_FAIL_NOMEM(err);
        }
        stream->next_out = (Bytef *)room;
        stream->avail_out = PIECE_BYTES;
        result = inflate(stream, Z_NO_FLUSH);
        out->length += PIECE_BYTES - stream->avail_out;
        if (out->length - start > max_bytes) {
            return fail_size(err, max_bytes);
        }
    }
    if (result == Z_MEM_ERROR) {
        return SP_FAIL_NOMEM(err);
    }
    return result == Z_STREAM_END && stream->avail_in == 0 ? SP_OK : fail_damaged(err);
}

enum sp_status sp_gzip_unpack(struct sp_view packed, size_t max_bytes, struct sp_buffer *out,
                              struct sp_error *err)
{
    z_stream stream = stream_over(packed);
    if (inflateInit2(&stream, GZIP_WINDOW_BITS) != Z_OK) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = inflate_all(&stream, max_bytes, out, err);
    (void)inflateEnd(&stream);
    return status;
}

enum sp_status sp_gzip_pack(struct sp_view plain, struct sp_buffer *out, struct sp_error *err)
{
    z_stream stream = stream_over(plain);
    if (deflateInit2(&stream, FAST_LEVEL, Z_DEFLATED, GZIP_WINDOW_BITS, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        return SP_FAIL_NOMEM(err);
    }
    uLong bound = deflateBound(&stream, (uLong)plain.length);
    char *room = bound <= UINT_MAX ? sp_buffer_reserve(out, bound) : NULL;
    enum sp_status status = SP_OK;
    if (room == NULL) {
        status = SP_FAIL(err, out->status == SP_NOMEM ? SP_NOMEM : SP_LIMIT, "",
                         "Odpowiedź jest za duża.", "The answer is too large.");
    } else {
        stream.next_out = (Bytef *)room;
        stream.avail_out = (uInt)bound;
        int result = deflate(&stream, Z_FINISH);
        SP_ASSERT(result == Z_STREAM_END); /* deflateBound() promises room for all */
        out->length += bound - stream.avail_out;
    }
    (void)deflateEnd(&stream);
    return status;
}
