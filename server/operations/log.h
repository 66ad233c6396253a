/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Lines for the operator on standard error:
 *
 *     2026-11-22T16:40:55.123Z info http event=listening address=127.0.0.1:8080
 *
 * One write a line, so that lines of several threads never mix. Control characters are escaped, so
 * that nothing from outside can forge a line. Never log what a request or a record holds: ids and
 * counts only. Any thread.
 */
#ifndef SP_OPERATIONS_LOG_H
#define SP_OPERATIONS_LOG_H

#include <stdbool.h>
#include <stddef.h>

enum sp_log_level { SP_LOG_ERROR, SP_LOG_WARN, SP_LOG_INFO, SP_LOG_DEBUG };

enum { SP_LOG_LINE_MAX_BYTES = 1024 };

/** Lines above @p level are dropped; SP_LOG_INFO at first. */
void sp_log_set_level(enum sp_log_level level);

/** True if lines of @p level are written: asked by SP_LOG before its arguments are evaluated. */
bool sp_log_is_on(enum sp_log_level level);

/** Write one line; cut at SP_LOG_LINE_MAX_BYTES. Use it through SP_LOG. */
void sp_log_write(enum sp_log_level level, const char *component, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Put @p text into @p out (NUL-terminated, cut at @p size): bytes below 0x20, 0x7f and the
 *  backslash become \xNN. Returns the length. */
size_t sp_log_escape(const char *text, char *out, size_t size);

/** SP_LOG(SP_LOG_WARN, "http", "event=refused status=%u", status) */
#define SP_LOG(level, component, ...)                                                              \
    do {                                                                                           \
        if (sp_log_is_on(level)) {                                                                 \
            sp_log_write((level), (component), __VA_ARGS__);                                       \
        }                                                                                          \
    } while (0)

#endif
