/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/operations/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* The one process-wide setting: threads that log share nothing else. Relaxed is enough, since no
 * other data hangs on it. */
static atomic_int log_level = SP_LOG_INFO;

void sp_log_set_level(enum sp_log_level level)
{
    atomic_store_explicit(&log_level, (int)level, memory_order_relaxed);
}

bool sp_log_is_on(enum sp_log_level level)
{
    return (int)level <= atomic_load_explicit(&log_level, memory_order_relaxed);
}

size_t sp_log_escape(const char *text, char *out, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    size_t length = 0;
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        bool plain = c >= 0x20 && c != 0x7f && c != '\\';
        if (length + (plain ? 1 : 4) >= size) {
            break;
        }
        if (plain) {
            out[length++] = (char)c;
        } else {
            out[length++] = '\\';
            out[length++] = 'x';
            out[length++] = digits[c >> 4];
            out[length++] = digits[c & 15];
        }
    }
    out[length] = '\0';
    return length;
}

static size_t write_prefix(enum sp_log_level level, const char *component, char *out, size_t size)
{
    static const char *const names[] = {"error", "warn", "info", "debug"};
    struct timespec now;
    struct tm utc;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    (void)gmtime_r(&now.tv_sec, &utc);
    size_t length = strftime(out, size, "%Y-%m-%dT%H:%M:%S", &utc);
    int more = snprintf(out + length, size - length, ".%03ldZ %s %s ", now.tv_nsec / 1000000,
                        names[level], component);
    return length + (size_t)more;
}

void sp_log_write(enum sp_log_level level, const char *component, const char *format, ...)
{
    char message[SP_LOG_LINE_MAX_BYTES];
    char line[SP_LOG_LINE_MAX_BYTES];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    size_t length = write_prefix(level, component, line, sizeof line / 2);
    length += sp_log_escape(message, line + length, sizeof line - length - 1);
    line[length++] = '\n';
    /* A log that cannot be written has nobody to tell. */
    ssize_t written = write(STDERR_FILENO, line, length);
    (void)written;
}
