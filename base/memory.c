/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static sp_memory_fault_fn *fault_hook;
static void *fault_context;

static bool fails_now(void)
{
    return fault_hook != NULL && fault_hook(fault_context);
}

void *sp_malloc(size_t size)
{
    return fails_now() ? NULL : malloc(size == 0 ? 1 : size);
}

void *sp_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : calloc(count == 0 ? 1 : count, size == 0 ? 1 : size);
}

void *sp_realloc(void *old, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    size_t bytes = count * size;
    return fails_now() ? NULL : realloc(old, bytes == 0 ? 1 : bytes);
}

void sp_free(void *pointer)
{
    free(pointer);
}

char *sp_strndup(const char *text, size_t length)
{
    char *copy = sp_malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

void sp_memory_set_fault(sp_memory_fault_fn *fault, void *context)
{
    fault_hook = fault;
    fault_context = context;
}
