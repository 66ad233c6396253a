/* SPDX-License-Identifier: EUPL-1.2 */
#define _DEFAULT_SOURCE /* flock: unlike fcntl's locks it also holds within one process */
#include "matcher/catalogue/lock_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { LOCK_FILE_MODE = 0600 };

enum sp_status sp_lock_take(const char *path, int *descriptor, struct sp_error *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, LOCK_FILE_MODE);
    if (fd < 0) {
        return SP_FAIL(err, SP_IO, path, "Nie można otworzyć pliku blokady: %s.",
                       "Cannot open the lock file: %s.", strerror(errno));
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        *descriptor = fd;
        return SP_OK;
    }
    int failure = errno;
    (void)close(fd);
    if (failure == EWOULDBLOCK) {
        return SP_FAIL(err, SP_BUSY, path,
                       "Katalog jest już otwarty do zapisu (plik %s jest zablokowany).",
                       "The catalogue is already open for writing (file %s is locked).", path);
    }
    return SP_FAIL(err, SP_IO, path, "Nie można zablokować pliku: %s.", "Cannot lock the file: %s.",
                   strerror(failure));
}

void sp_lock_release(int descriptor)
{
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
}
