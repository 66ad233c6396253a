/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/language/word_cache.h"

#include <stdalign.h>

#include "base/memory.h"

enum { SLOT_MASK = SP_CACHE_SLOTS - 1, COUNT_MAX = SP_CACHE_SLOTS / 2 };

enum sp_status sp_word_cache_init(struct sp_word_cache *out)
{
    *out =
        (struct sp_word_cache){.slots = sp_calloc(SP_CACHE_SLOTS, sizeof(struct sp_word_entry *)),
                               .storage = sp_malloc(SP_CACHE_BYTES)};
    return out->slots != NULL && out->storage != NULL ? SP_OK : SP_NOMEM;
}

void sp_word_cache_release(struct sp_word_cache *cache)
{
    sp_free(cache->slots);
    sp_free(cache->storage);
    *cache = (struct sp_word_cache){.slots = NULL};
}

/* The slot of the word, or the free one where it belongs. */
static size_t find_slot(const struct sp_word_cache *cache, struct sp_view form, uint32_t hash,
                        unsigned key_flags)
{
    size_t at = hash & SLOT_MASK;
    for (;;) {
        const struct sp_word_entry *entry = cache->slots[at];
        if (entry == NULL ||
            (entry->hash == hash && entry->form_bytes == form.length &&
             entry->key_flags == key_flags && memcmp(entry->form, form.data, form.length) == 0)) {
            return at;
        }
        at = (at + 1) & SLOT_MASK;
    }
}

const struct sp_word_entry *sp_word_cache_find(const struct sp_word_cache *cache,
                                               struct sp_view form, unsigned key_flags)
{
    return cache->slots[find_slot(cache, form, sp_hash(form), key_flags)];
}

static struct sp_view copy(char **to, struct sp_view text)
{
    char *start = *to;
    if (text.length > 0) {
        memcpy(start, text.data, text.length);
    }
    *to += text.length;
    return sp_view_from(start, text.length);
}

static size_t entry_bytes(struct sp_view form, const struct sp_word *word)
{
    size_t bytes = sizeof(struct sp_word_entry) + word->lemma_count * sizeof(struct sp_view) +
                   form.length + word->folded.length;
    for (size_t i = 0; i < word->lemma_count; i++) {
        bytes += word->lemmas[i].length;
    }
    const size_t align = alignof(struct sp_word_entry);
    return (bytes + align - 1) / align * align;
}

const struct sp_word_entry *sp_word_cache_add(struct sp_word_cache *cache, struct sp_view form,
                                              unsigned key_flags, const struct sp_word *word)
{
    size_t bytes = entry_bytes(form, word);
    if (cache->count == COUNT_MAX || bytes > SP_CACHE_BYTES - cache->used_bytes) {
        memset(cache->slots, 0, SP_CACHE_SLOTS * sizeof *cache->slots);
        cache->used_bytes = 0;
        cache->count = 0;
    }
    struct sp_word_entry *entry = (void *)(cache->storage + cache->used_bytes);
    char *text = (char *)&entry->lemmas[word->lemma_count];
    *entry = (struct sp_word_entry){.hash = sp_hash(form),
                                    .form_bytes = (uint16_t)form.length,
                                    .key_flags = (uint16_t)key_flags,
                                    .flags = word->flags,
                                    .lemma_count = (uint32_t)word->lemma_count};
    entry->form = copy(&text, form).data;
    entry->folded = copy(&text, word->folded);
    for (size_t i = 0; i < word->lemma_count; i++) {
        entry->lemmas[i] = copy(&text, word->lemmas[i]);
    }
    cache->slots[find_slot(cache, form, entry->hash, key_flags)] = entry;
    cache->used_bytes += bytes;
    cache->count++;
    return entry;
}
