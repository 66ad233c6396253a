/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"

static enum sp_status fail_open(const char *path, int number, struct sp_error *err)
{
    return SP_FAIL(err, number == ENOENT ? SP_NOT_FOUND : SP_IO, path,
                   "Nie można otworzyć pliku %s: %s.", "Cannot open file %s: %s.", path,
                   strerror(number));
}

enum sp_status sp_file_map(const char *path, struct sp_view *out, struct sp_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return fail_open(path, errno, err);
    }
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        (void)close(fd);
        return SP_FAIL(err, SP_IO, path, "%s nie jest zwykłym plikiem.", "%s is not a plain file.",
                       path);
    }
    if (info.st_size == 0) {
        (void)close(fd);
        *out = (struct sp_view){NULL, 0};
        return SP_OK;
    }
    void *data = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_SHARED, fd, 0);
    int number = errno;
    (void)close(fd);
    if (data == MAP_FAILED) {
        return fail_open(path, number, err);
    }
    *out = sp_view_from(data, (size_t)info.st_size);
    return SP_OK;
}

void sp_file_unmap(struct sp_view mapped)
{
    if (mapped.data != NULL) {
        (void)munmap((void *)(size_t)mapped.data, mapped.length);
    }
}

static enum sp_status read_all(int fd, const char *path, struct sp_buffer *buffer,
                               struct sp_error *err)
{
    for (;;) {
        char chunk[65536];
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got == 0) {
            return SP_OK;
        }
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return SP_FAIL(err, SP_IO, path, "Nie można czytać pliku %s: %s.",
                           "Cannot read file %s: %s.", path, strerror(errno));
        }
        sp_buffer_add(buffer, chunk, (size_t)got);
        if (buffer->status == SP_LIMIT) {
            return SP_FAIL(err, SP_LIMIT, path, "Plik %s jest większy niż %zu bajtów.",
                           "File %s is larger than %zu bytes.", path, buffer->max_bytes);
        }
        if (buffer->status != SP_OK) {
            return SP_FAIL_NOMEM(err);
        }
    }
}

enum sp_status sp_file_read(const char *path, size_t max_bytes, char **out, size_t *length,
                            struct sp_error *err)
{
    int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return fail_open(path, errno, err);
    }
    struct sp_buffer buffer;
    sp_buffer_init(&buffer, max_bytes);
    enum sp_status status = read_all(fd, path, &buffer, err);
    if (fd != STDIN_FILENO) {
        (void)close(fd);
    }
    if (status == SP_OK && buffer.data == NULL) {
        sp_buffer_add_text(&buffer, "");
        status = buffer.status == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
    }
    if (status != SP_OK) {
        sp_buffer_release(&buffer);
        return status;
    }
    *out = buffer.data;
    *length = buffer.length;
    return SP_OK;
}

enum sp_status sp_file_join(const char *directory, const char *name, char *out, size_t size)
{
    int length = snprintf(out, size, "%s/%s", directory, name);
    return length < 0 || (size_t)length >= size ? SP_LIMIT : SP_OK;
}

enum sp_status sp_file_sync(const char *path, struct sp_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return fail_open(path, errno, err);
    }
    int code = fsync(fd);
    int number = errno;
    (void)close(fd);
    return code == 0 ? SP_OK
                     : SP_FAIL(err, SP_IO, path, "Nie można utrwalić %s: %s.",
                               "Cannot make %s durable: %s.", path, strerror(number));
}
