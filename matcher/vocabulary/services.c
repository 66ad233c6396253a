/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Reading data/services.tsv: one fact a line, "id TAB field TAB value".
 */
#include "matcher/vocabulary/services.h"

#include <string.h>

#include "base/memory.h"
#include "matcher/vocabulary/data_table.h"
#include "matcher/vocabulary/services_priv.h"

enum { ARENA_MAX_BYTES = 32 << 20, SCRATCH_MAX_BYTES = 1 << 20, LIST_MAX = 32 };

struct loader {
    struct sp_services *services;
    const struct sp_cpv_tree *cpv;
    struct sp_analyser *analyser;
    struct sp_arena *scratch; /* reset after each phrase */
    struct sp_data_table table;
    struct sp_error *err;
};

static enum sp_status read_form_words(struct loader *loader, const char *directory)
{
    struct sp_services *services = loader->services;
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "form_words.tsv", 1, 1, services->arena, &table, loader->err);
    for (size_t i = 0; status == SP_OK && i < table.row_count; i++) {
        sp_keys_add(&services->form_words, sp_view_of(table.rows[i].fields[0]), 0);
    }
    if (status == SP_OK && sp_keys_seal(&services->form_words) != SP_OK) {
        status = SP_FAIL_NOMEM(loader->err);
    }
    return status;
}

bool sp_services_is_form_word(const struct sp_services *services, struct sp_view lemma)
{
    size_t count;
    return sp_keys_find(&services->form_words, lemma, &count) != NULL;
}

/* A "name" line opens a service; the number of services is counted before. */
static enum sp_status add_services(struct loader *loader)
{
    struct sp_services *services = loader->services;
    size_t most = 0;
    for (size_t i = 0; i < loader->table.row_count; i++) {
        most += strcmp(loader->table.rows[i].fields[1], "name") == 0;
    }
    if (most > SP_SERVICES_MAX) {
        return SP_FAIL(loader->err, SP_CORRUPT, "services.tsv", "services.tsv: ponad %d usług.",
                       "services.tsv: more than %d services.", SP_SERVICES_MAX);
    }
    services->items = sp_arena_calloc(services->arena, most, sizeof *services->items);
    if (services->items == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    for (size_t i = 0; i < loader->table.row_count; i++) {
        const struct sp_data_row *row = &loader->table.rows[i];
        if (strcmp(row->fields[1], "name") == 0) {
            services->items[services->count] = (struct sp_service){.id = row->fields[0],
                                                                   .polish = row->fields[2],
                                                                   .english = row->fields[3],
                                                                   .units = "",
                                                                   .licences = ""};
            sp_keys_add(&services->ids, sp_view_of(row->fields[0]), (uint32_t)services->count);
            services->count++;
        }
    }
    if (sp_keys_seal(&services->ids) != SP_OK) {
        return SP_FAIL_NOMEM(loader->err);
    }
    for (size_t i = 1; i < services->ids.count; i++) {
        if (sp_view_equal(services->ids.items[i - 1].text, services->ids.items[i].text)) {
            return SP_FAIL(
                loader->err, SP_CORRUPT, "services.tsv", "services.tsv: usługa %s jest dwa razy.",
                "services.tsv: service %s is there twice.", services->ids.items[i].text.data);
        }
    }
    return SP_OK;
}

static struct sp_service *find_service(const struct sp_services *services, struct sp_view id)
{
    size_t count;
    const struct sp_key *key = sp_keys_find(&services->ids, id, &count);
    return key == NULL ? NULL : &services->items[key->value];
}

static enum sp_status add_codes(struct loader *loader, const struct sp_data_row *row,
                                struct sp_service *service)
{
    const struct sp_cpv **codes = sp_arena_calloc(loader->services->arena, LIST_MAX, sizeof *codes);
    if (codes == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    struct sp_view rest = sp_view_of(row->fields[2]);
    struct sp_view digits;
    size_t count = 0;
    while (sp_list_next(&rest, ' ', &digits)) {
        const struct sp_cpv *code = sp_cpv_find(loader->cpv, digits);
        if (code == NULL || count == LIST_MAX) {
            return sp_data_table_bad(&loader->table, row, row->fields[2], "nie ma kodu CPV",
                                     "no such CPV code", loader->err);
        }
        codes[count++] = code;
    }
    service->cpv = codes;
    service->cpv_count = count;
    return SP_OK;
}

static enum sp_status add_parts(struct loader *loader, const struct sp_data_row *row,
                                struct sp_service *service)
{
    const struct sp_service **parts =
        sp_arena_calloc(loader->services->arena, LIST_MAX, sizeof *parts);
    if (parts == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    struct sp_view rest = sp_view_of(row->fields[2]);
    struct sp_view id;
    size_t count = 0;
    while (sp_list_next(&rest, ' ', &id)) {
        const struct sp_service *part = find_service(loader->services, id);
        if (part == NULL || part == service || count == LIST_MAX) {
            return sp_data_table_bad(&loader->table, row, row->fields[2], "nie ma takiej usługi",
                                     "no such service", loader->err);
        }
        parts[count++] = part;
    }
    service->parts = parts;
    service->part_count = count;
    return SP_OK;
}

static enum sp_status copy_word(struct sp_arena *arena, const struct sp_token *token,
                                struct phrase_word *word)
{
    struct sp_view *lemmas = sp_arena_calloc(arena, token->lemma_count, sizeof *lemmas);
    if (lemmas == NULL) {
        return SP_NOMEM;
    }
    for (size_t i = 0; i < token->lemma_count; i++) {
        char *copy = sp_arena_copy(arena, token->lemmas[i]);
        if (copy == NULL) {
            return SP_NOMEM;
        }
        lemmas[i] = sp_view_from(copy, token->lemmas[i].length);
    }
    *word = (struct phrase_word){lemmas, token->lemma_count};
    return SP_OK;
}

bool sp_services_is_content(const struct sp_services *services, const struct sp_token_list *tokens,
                            size_t at)
{
    const struct sp_token *token = &tokens->tokens[at];
    bool split = (token->flags & SP_TOKEN_COMPOUND) && at + 1 < tokens->count &&
                 (tokens->tokens[at + 1].flags & SP_TOKEN_PART);
    return !split && !(token->flags & SP_TOKEN_STOP) && token->form.length > 1 &&
           !sp_services_is_form_word(services, token->lemmas[0]);
}

/* Turn the text of a phrase into content words. */
static enum sp_status cut_phrase(struct loader *loader, const struct sp_data_row *row,
                                 struct phrase_entry *entry)
{
    struct sp_services *services = loader->services;
    struct sp_token_list tokens;
    sp_arena_reset(loader->scratch);
    enum sp_status status = sp_analyse(loader->analyser, sp_view_of(row->fields[2]), 0,
                                       loader->scratch, &tokens, loader->err);
    size_t count = 0;
    for (size_t i = 0; status == SP_OK && i < tokens.count; i++) {
        if (!sp_services_is_content(services, &tokens, i)) {
            continue;
        }
        if (count == SP_PHRASE_WORDS_MAX) {
            return sp_data_table_bad(&loader->table, row, row->fields[2], "za długa fraza",
                                     "phrase too long", loader->err);
        }
        status = copy_word(services->arena, &tokens.tokens[i], &entry->words[count++]);
    }
    if (status != SP_OK) {
        return status == SP_NOMEM ? SP_FAIL_NOMEM(loader->err) : status;
    }
    if (count == 0) {
        return sp_data_table_bad(&loader->table, row, row->fields[2], "fraza nic nie znaczy",
                                 "phrase of form words only", loader->err);
    }
    struct sp_view *lemmas = sp_arena_calloc(services->arena, count, sizeof *lemmas);
    if (lemmas == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    for (size_t i = 0; i < count; i++) {
        lemmas[i] = entry->words[i].lemmas[0];
    }
    entry->phrase.text = row->fields[2];
    entry->phrase.lemmas = lemmas;
    entry->phrase.lemma_count = count;
    return SP_OK;
}

/* Which side a field names; 0 when the field holds no phrase. */
static unsigned sides_of(const char *field)
{
    static const struct {
        const char *field;
        unsigned sides;
    } known[] = {
        {"tender", SP_PHRASE_TENDER},
        {"entity", SP_PHRASE_ENTITY},
        {"both", SP_PHRASE_TENDER | SP_PHRASE_ENTITY},
        {"programme", SP_PHRASE_TENDER | SP_PHRASE_PROGRAMME},
    };
    for (size_t i = 0; i < SP_COUNT(known); i++) {
        if (strcmp(field, known[i].field) == 0) {
            return known[i].sides;
        }
    }
    return 0;
}

static enum sp_status take_row(struct loader *loader, const struct sp_data_row *row)
{
    const char *field = row->fields[1];
    struct sp_services *services = loader->services;
    struct sp_service *service = find_service(services, sp_view_of(row->fields[0]));
    unsigned sides = sides_of(field);
    if (service == NULL) {
        return sp_data_table_bad(&loader->table, row, row->fields[0], "usługa bez nazwy",
                                 "service without a name", loader->err);
    }
    if (sides != 0) {
        struct phrase_entry *entry = &services->entries[services->entry_count++];
        entry->service = (uint32_t)(service - services->items);
        entry->phrase.sides = sides;
        entry->phrase.shared = 1;
        return cut_phrase(loader, row, entry);
    }
    if (strcmp(field, "cpv") == 0) {
        return add_codes(loader, row, service);
    }
    if (strcmp(field, "parts") == 0) {
        return add_parts(loader, row, service);
    }
    if (strcmp(field, "unit") == 0) {
        service->units = row->fields[2];
    } else if (strcmp(field, "licence") == 0) {
        service->licences = row->fields[2];
    } else if (strcmp(field, "name") != 0) {
        return sp_data_table_bad(&loader->table, row, field, "nieznane pole", "unknown field",
                                 loader->err);
    }
    return SP_OK;
}

static bool same_phrase(const struct sp_phrase *a, const struct sp_phrase *b)
{
    if (a->lemma_count != b->lemma_count) {
        return false;
    }
    for (size_t i = 0; i < a->lemma_count; i++) {
        if (!sp_view_equal(a->lemmas[i], b->lemmas[i])) {
            return false;
        }
    }
    return true;
}

/* Give each phrase its rarest word as anchor, and count the services that share a phrase. */
static enum sp_status index_phrases(struct loader *loader)
{
    struct sp_services *services = loader->services;
    struct sp_keys all = {0}; /* lemma -> entry */
    for (size_t i = 0; i < services->entry_count; i++) {
        const struct phrase_entry *entry = &services->entries[i];
        for (size_t w = 0; w < entry->phrase.lemma_count; w++) {
            for (size_t k = 0; k < entry->words[w].lemma_count; k++) {
                sp_keys_add(&all, entry->words[w].lemmas[k], (uint32_t)i);
            }
        }
    }
    enum sp_status status = sp_keys_seal(&all);
    for (size_t i = 0; i < services->entry_count && status == SP_OK; i++) {
        struct phrase_entry *entry = &services->entries[i];
        size_t fewest = SIZE_MAX;
        for (size_t w = 0; w < entry->phrase.lemma_count; w++) {
            size_t total = 0;
            for (size_t k = 0; k < entry->words[w].lemma_count; k++) {
                size_t count = 0;
                (void)sp_keys_find(&all, entry->words[w].lemmas[k], &count);
                total += count;
            }
            if (total < fewest) {
                fewest = total;
                entry->anchor = w;
            }
        }
        size_t count = 0;
        const struct sp_key *key = sp_keys_find(&all, entry->phrase.lemmas[0], &count);
        for (size_t k = 0; k < count; k++) {
            const struct phrase_entry *other = &services->entries[key[k].value];
            entry->phrase.shared +=
                other->service != entry->service && same_phrase(&other->phrase, &entry->phrase);
        }
        const struct phrase_word *anchor = &entry->words[entry->anchor];
        for (size_t k = 0; k < anchor->lemma_count; k++) {
            sp_keys_add(&services->anchors, anchor->lemmas[k], (uint32_t)i);
        }
    }
    sp_keys_release(&all);
    if (status == SP_OK) {
        status = sp_keys_seal(&services->anchors);
    }
    return status == SP_OK ? SP_OK : SP_FAIL_NOMEM(loader->err);
}

/* Public phrases of a service lie side by side, so the table must keep a service together. */
static enum sp_status publish_phrases(struct loader *loader)
{
    struct sp_services *services = loader->services;
    struct sp_phrase *phrases =
        sp_arena_calloc(services->arena, services->entry_count, sizeof *phrases);
    if (phrases == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    for (size_t i = 0; i < services->entry_count; i++) {
        struct sp_service *service = &services->items[services->entries[i].service];
        phrases[i] = services->entries[i].phrase;
        if (service->phrases == NULL) {
            service->phrases = &phrases[i];
        }
        if (service->phrases + service->phrase_count != &phrases[i]) {
            return SP_FAIL(loader->err, SP_CORRUPT, "services.tsv",
                           "services.tsv: wiersze usługi %s nie leżą razem.",
                           "services.tsv: the lines of service %s are not together.", service->id);
        }
        service->phrase_count++;
    }
    return SP_OK;
}

static enum sp_status load(struct loader *loader, const char *directory)
{
    struct sp_services *services = loader->services;
    enum sp_status status = read_form_words(loader, directory);
    if (status == SP_OK) {
        status = sp_data_table_read(directory, "services.tsv", 3, 4, services->arena,
                                    &loader->table, loader->err);
    }
    if (status == SP_OK) {
        status = add_services(loader);
    }
    if (status != SP_OK) {
        return status;
    }
    services->entries =
        sp_arena_calloc(services->arena, loader->table.row_count, sizeof *services->entries);
    if (services->entries == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    for (size_t i = 0; i < loader->table.row_count && status == SP_OK; i++) {
        status = take_row(loader, &loader->table.rows[i]);
    }
    if (status == SP_OK) {
        status = index_phrases(loader);
    }
    return status == SP_OK ? publish_phrases(loader) : status;
}

enum sp_status sp_services_open(const char *directory, const struct sp_cpv_tree *cpv,
                                struct sp_analyser *analyser, struct sp_services **out,
                                struct sp_error *err)
{
    struct sp_services *services = sp_calloc(1, sizeof *services);
    if (services == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    struct loader loader = {.services = services, .cpv = cpv, .analyser = analyser, .err = err};
    services->arena = sp_arena_new(ARENA_MAX_BYTES);
    loader.scratch = sp_arena_new(SCRATCH_MAX_BYTES);
    enum sp_status status = services->arena == NULL || loader.scratch == NULL
                                ? SP_FAIL_NOMEM(err)
                                : load(&loader, directory);
    sp_arena_free(loader.scratch);
    if (status != SP_OK) {
        sp_services_free(services);
        return status;
    }
    *out = services;
    return SP_OK;
}

void sp_services_free(struct sp_services *services)
{
    if (services != NULL) {
        sp_keys_release(&services->ids);
        sp_keys_release(&services->form_words);
        sp_keys_release(&services->anchors);
        sp_arena_free(services->arena);
        sp_free(services);
    }
}

const struct sp_service *sp_services_all(const struct sp_services *services, size_t *count)
{
    *count = services->count;
    return services->items;
}

const struct sp_service *sp_service_find(const struct sp_services *services, struct sp_view id)
{
    return find_service(services, id);
}
