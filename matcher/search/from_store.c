/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Feeds a builder from the store: a fresh index takes its words from the FTS5 index, an update
 * analyses the few new documents by the same rule (matcher/catalogue/index_terms.h).
 *
 * A word of the title counts TITLE_WEIGHT times: in tf and in the length.
 *
 * Both ways analyse title and description once more, as scoring reads them, for the services that
 * they name, and to know where the description ends among the words of the body.
 */
#include "matcher/search/from_store.h"

#include "base/memory.h"
#include "matcher/catalogue/index_terms.h"
#include "matcher/search/array_priv.h"

enum {
    TITLE_WEIGHT = 2,
    BODY_WEIGHT = 1,
    TITLE_COLUMN = 0,
    BODY_COLUMN = 1,
    SCRATCH_ARENA_BYTES = 64 << 20, /* the analysed texts of one document of 1 MB */
    UPDATE_DOCUMENTS_MAX = 20000,   /* to analyse more takes longer than to read the FTS5 index */
    UPDATE_REMOVED_MAX = 200000     /* so that the list of what came and went has an end */
};

/** Attributes of one document, with room for its lists. */
struct attributes {
    struct sp_index_document document;
    SP_ARRAY(uint32_t) cpv;
    SP_ARRAY(struct sp_index_area) areas;
    SP_ARRAY(struct sp_index_status) statuses;
    SP_ARRAY(struct sp_index_service) services;
};

struct feed {
    struct sp_index_builder *builder;
    struct sp_analyser *analyser;
    const struct sp_services *services;
    struct sp_arena *scratch; /* emptied at each document */
    bool takes_postings;      /* words come from the FTS5 index, not from the texts */
    struct attributes attributes;
    SP_ARRAY(uint64_t) ids;       /* of the documents added, rising; handle = place */
    SP_ARRAY(uint32_t) described; /* positions of the description in the body, by handle */
    SP_ARRAY(uint64_t) removed;
    size_t most_documents;
    uint32_t handle; /* of the document being analysed */
    uint32_t column; /* of the text being analysed */
    struct sp_error *err;
};

static uint32_t cpv_number(const char *digits)
{
    uint32_t number = 0;
    for (int i = 0; i < 8 && digits[i] >= '0' && digits[i] <= '9'; i++) {
        number = number * 10 + (uint32_t)(digits[i] - '0');
    }
    return number;
}

static void copy_teryt(const char *from, char out[8])
{
    size_t length = strlen(from);
    memset(out, 0, 8);
    memcpy(out, from, length < 7 ? length : 7);
}

static bool copy_offer(const Spoina__V1__Offer *offer, struct attributes *to)
{
    to->cpv.count = 0;
    to->areas.count = 0;
    to->document.served_kilometres = SP_KILOMETRES_NONE;
    if (offer == NULL) {
        return true;
    }
    const Spoina__V1__ServedArea *area = offer->area;
    if (!SP_ARRAY_RESERVE(&to->cpv, offer->n_cpv) ||
        !SP_ARRAY_RESERVE(&to->areas, area == NULL ? 0 : area->n_teryt)) {
        return false;
    }
    for (size_t i = 0; i < offer->n_cpv; i++) {
        to->cpv.items[to->cpv.count++] = cpv_number(offer->cpv[i]);
    }
    for (size_t i = 0; area != NULL && i < area->n_teryt; i++) {
        copy_teryt(area->teryt[i], to->areas.items[to->areas.count++].teryt);
    }
    if (area != NULL && area->_kilometres_case == SPOINA__V1__SERVED_AREA___KILOMETRES_KILOMETRES) {
        uint32_t most = SP_KILOMETRES_NONE - 1;
        to->document.served_kilometres =
            (uint16_t)(area->kilometres < most ? area->kilometres : most);
    }
    return true;
}

static bool copy_statuses(const Spoina__V1__Entity *entity, struct attributes *to)
{
    to->statuses.count = 0;
    if (!SP_ARRAY_RESERVE(&to->statuses, entity->n_statuses)) {
        return false;
    }
    for (size_t i = 0; i < entity->n_statuses; i++) {
        const Spoina__V1__Status *from = entity->statuses[i];
        struct sp_index_status status = {(uint32_t)from->kind, SP_DAY_UNKNOWN, SP_DAY_UNKNOWN};
        sp_day_parse(sp_view_of(from->valid_from), &status.from);
        sp_day_parse(sp_view_of(from->valid_to), &status.to);
        to->statuses.items[to->statuses.count++] = status;
    }
    return true;
}

static bool copy_attributes(const struct sp_document *from, struct attributes *to)
{
    to->document = (struct sp_index_document){
        .id = from->id,
        .key = sp_index_key(sp_view_of(from->entity->id),
                            sp_view_of(from->offer == NULL ? "" : from->offer->id)),
        .entity_number = from->entity_number,
        .offer_index = from->offer_index,
        .powiat = sp_document_powiat(from->id),
        .unit_kinds = from->unit_kinds,
        .legal_form = (uint32_t)from->entity->legal_form,
        .has_point = from->has_point,
        .latitude_e5 = from->latitude_microdegrees / 10,
        .longitude_e5 = from->longitude_microdegrees / 10,
    };
    copy_teryt(from->place == NULL ? "" : from->place->teryt, to->document.place_teryt);
    if (!copy_offer(from->offer, to) || !copy_statuses(from->entity, to)) {
        return false;
    }
    to->document.cpv = to->cpv.items;
    to->document.served = to->areas.items;
    to->document.statuses = to->statuses.items;
    to->document.cpv_count = (uint32_t)to->cpv.count;
    to->document.served_count = (uint32_t)to->areas.count;
    to->document.status_count = (uint32_t)to->statuses.count;
    return true;
}

static bool add_service(const struct feed *feed, struct attributes *to,
                        const struct sp_service *service, unsigned field)
{
    size_t count = 0;
    uint16_t number = (uint16_t)(service - sp_services_all(feed->services, &count));
    for (size_t i = 0; i < to->services.count; i++) {
        if (to->services.items[i].service == number) {
            to->services.items[i].fields |= (uint16_t)field;
            return true;
        }
    }
    if (!SP_ARRAY_RESERVE(&to->services, 1)) {
        return false;
    }
    to->services.items[to->services.count++] = (struct sp_index_service){number, (uint16_t)field};
    return true;
}

/** Add the services that a text names. @param positions  may be NULL; those that its words take */
static enum sp_status read_services(const struct feed *feed, struct sp_view text, unsigned field,
                                    struct attributes *to, uint32_t *positions)
{
    struct sp_token_list tokens;
    struct sp_service_hit_list hits = {0};
    enum sp_status status = sp_analyse(feed->analyser, text, 0, feed->scratch, &tokens, feed->err);
    if (status == SP_OK) {
        status = sp_services_scan(feed->services, &tokens, 0, feed->scratch, &hits, feed->err);
    }
    if (status == SP_OK && positions != NULL) {
        *positions = sp_index_positions(&tokens);
    }
    for (size_t i = 0; status == SP_OK && i < hits.count; i++) {
        if (sp_hit_is_sound(text, &hits.items[i]) &&
            !add_service(feed, to, hits.items[i].service, field)) {
            status = SP_FAIL_NOMEM(feed->err);
        }
    }
    return status;
}

/** Read what scoring wants to know of the texts; a name is no text about services. */
static enum sp_status copy_services(const struct feed *feed, const struct sp_document *from,
                                    struct attributes *to, uint32_t *described)
{
    const Spoina__V1__Offer *offer = from->offer;
    struct sp_view description =
        sp_view_of(offer == NULL ? from->entity->description : offer->description);
    to->services.count = 0;
    sp_arena_reset(feed->scratch);
    enum sp_status status =
        offer == NULL ? SP_OK
                      : read_services(feed, sp_view_of(offer->title), SP_INDEX_TITLE, to, NULL);
    if (status == SP_OK) {
        status = read_services(feed, description, SP_INDEX_DESCRIPTION, to, described);
    }
    for (size_t i = 0; status == SP_OK && offer != NULL && i < offer->n_service; i++) {
        const struct sp_service *service =
            sp_service_find(feed->services, sp_view_of(offer->service[i]));
        if (service != NULL && !add_service(feed, to, service, SP_INDEX_DECLARED)) {
            status = SP_FAIL_NOMEM(feed->err);
        }
    }
    to->document.services = to->services.items;
    to->document.service_count = (uint32_t)to->services.count;
    return status;
}

/** Add one occurrence of a term. */
static enum sp_status add_occurrence(struct feed *feed, uint32_t handle, struct sp_view term,
                                     uint32_t column, uint32_t position)
{
    unsigned field = column == TITLE_COLUMN                     ? SP_INDEX_TITLE
                     : position < feed->described.items[handle] ? SP_INDEX_DESCRIPTION
                                                                : 0;
    return sp_index_builder_add_occurrence(feed->builder, handle, term,
                                           column == TITLE_COLUMN ? TITLE_WEIGHT : BODY_WEIGHT,
                                           field, feed->err);
}

static enum sp_status take_term(void *context, const struct sp_index_term *term)
{
    struct feed *feed = context;
    return add_occurrence(feed, feed->handle, term->term, feed->column, term->position);
}

static enum sp_status analyse_document(struct feed *feed, const struct sp_document *document)
{
    feed->column = TITLE_COLUMN;
    enum sp_status status =
        sp_index_terms(feed->analyser, document->title, take_term, feed, feed->err);
    if (status == SP_OK) {
        feed->column = BODY_COLUMN;
        status = sp_index_terms(feed->analyser, document->body, take_term, feed, feed->err);
    }
    return status;
}

static enum sp_status take_document(void *context, const struct sp_document *document)
{
    struct feed *feed = context;
    if (feed->ids.count >= feed->most_documents) {
        return SP_PRECONDITION;
    }
    uint32_t described = 0;
    if (!copy_attributes(document, &feed->attributes) || !SP_ARRAY_RESERVE(&feed->ids, 1) ||
        !SP_ARRAY_RESERVE(&feed->described, 1)) {
        return SP_FAIL_NOMEM(feed->err);
    }
    enum sp_status status = copy_services(feed, document, &feed->attributes, &described);
    if (status == SP_OK) {
        status = sp_index_builder_add_document(feed->builder, &feed->attributes.document,
                                               &feed->handle, feed->err);
    }
    if (status != SP_OK) {
        return status;
    }
    feed->ids.items[feed->ids.count++] = document->id;
    feed->described.items[feed->described.count++] = described;
    return feed->takes_postings ? SP_OK : analyse_document(feed, document);
}

/** Handle of a document, by binary search. */
static bool find_handle(const struct feed *feed, uint64_t id, uint32_t *handle)
{
    size_t low = 0;
    size_t high = feed->ids.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (feed->ids.items[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *handle = (uint32_t)low;
    return low < feed->ids.count && feed->ids.items[low] == id;
}

static enum sp_status take_posting(void *context, const struct sp_posting *posting)
{
    struct feed *feed = context;
    uint32_t handle = 0;
    if (!find_handle(feed, posting->document, &handle)) {
        return SP_FAIL(feed->err, SP_CORRUPT, "document_text",
                       "Indeks FTS5 zna dokument, którego nie ma w katalogu (%llu).",
                       "The FTS5 index knows a document that the catalogue does not (%llu).",
                       (unsigned long long)posting->document);
    }
    return add_occurrence(feed, handle, posting->term, posting->column, posting->offset);
}

static enum sp_status take_removed(void *context, uint64_t document)
{
    struct feed *feed = context;
    if (feed->removed.count >= UPDATE_REMOVED_MAX) {
        return SP_PRECONDITION;
    }
    if (!SP_ARRAY_RESERVE(&feed->removed, 1)) {
        return SP_FAIL_NOMEM(feed->err);
    }
    feed->removed.items[feed->removed.count++] = document;
    return SP_OK;
}

/** Read what changed since the large segment of @p old. SP_PRECONDITION: build anew. */
static enum sp_status update(struct feed *feed, struct sp_reader *reader, struct sp_index *old,
                             uint64_t version, struct sp_index **out)
{
    feed->takes_postings = false;
    feed->most_documents = UPDATE_DOCUMENTS_MAX;
    uint64_t since = sp_index_base_version(old);
    enum sp_status status = sp_reader_each_removed(reader, since, take_removed, feed, feed->err);
    if (status == SP_OK) {
        status = sp_reader_each_document(reader, since, take_document, feed, feed->err);
    }
    if (status == SP_OK) {
        status = sp_index_builder_update(feed->builder, old, feed->removed.items,
                                         feed->removed.count, version, out, feed->err);
    }
    return status;
}

static enum sp_status build(struct feed *feed, struct sp_reader *reader, uint64_t version,
                            struct sp_index **out)
{
    feed->takes_postings = true;
    feed->most_documents = SIZE_MAX;
    enum sp_status status = sp_reader_each_document(reader, 0, take_document, feed, feed->err);
    if (status == SP_OK) {
        status = sp_reader_each_posting(reader, take_posting, feed, feed->err);
    }
    if (status == SP_OK) {
        status = sp_index_builder_finish(feed->builder, version, out, feed->err);
    }
    return status;
}

/** Begin with empty lists. */
static enum sp_status begin(struct feed *feed)
{
    feed->scratch = sp_arena_new(SCRATCH_ARENA_BYTES);
    return feed->scratch == NULL ? SP_FAIL_NOMEM(feed->err)
                                 : sp_index_builder_new(&feed->builder, feed->err);
}

static void release(struct feed *feed)
{
    sp_index_builder_free(feed->builder);
    sp_arena_free(feed->scratch);
    sp_free(feed->attributes.cpv.items);
    sp_free(feed->attributes.areas.items);
    sp_free(feed->attributes.statuses.items);
    sp_free(feed->attributes.services.items);
    sp_free(feed->ids.items);
    sp_free(feed->described.items);
    sp_free(feed->removed.items);
}

static enum sp_status read_version(const struct sp_index_source *source, struct sp_index *old,
                                   uint64_t version, struct sp_index **out, struct sp_error *err)
{
    if (old != NULL && sp_index_version(old) == version) {
        *out = sp_index_ref(old);
        return SP_OK;
    }
    enum sp_status status = SP_PRECONDITION;
    if (old != NULL) {
        struct feed feed = {.analyser = source->analyser, .services = source->services, .err = err};
        status = begin(&feed);
        status = status == SP_OK ? update(&feed, source->reader, old, version, out) : status;
        release(&feed);
    }
    if (status == SP_PRECONDITION) {
        struct feed feed = {.analyser = source->analyser, .services = source->services, .err = err};
        status = begin(&feed);
        status = status == SP_OK ? build(&feed, source->reader, version, out) : status;
        release(&feed);
    }
    return status;
}

enum sp_status sp_index_from_store(const struct sp_index_source *source, struct sp_index *old,
                                   struct sp_index **out, struct sp_error *err)
{
    uint64_t version = 0;
    enum sp_status status = sp_reader_begin(source->reader, &version, err);
    if (status != SP_OK) {
        return status;
    }
    status = read_version(source, old, version, out, err);
    sp_reader_end(source->reader);
    return status;
}
