/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/proposal/replay_id.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "matcher/proposal/write_priv.h"

enum { DIGEST_BYTES = 32, SHORT_BYTES = 4, SHORT_DIGITS = 2 * SHORT_BYTES };

/** A digest under way. A failure of libcrypto (memory) sticks. */
struct digest {
    ProtobufCBuffer base; /* first: protobuf-c packs into it */
    EVP_MD_CTX *context;
    bool failed;
};

static void append(ProtobufCBuffer *buffer, size_t length, const uint8_t *data)
{
    struct digest *digest = (struct digest *)(void *)buffer;
    digest->failed =
        digest->failed || (length > 0 && EVP_DigestUpdate(digest->context, data, length) != 1);
}

static struct digest begin(void)
{
    struct digest digest = {.base = {.append = append}, .context = EVP_MD_CTX_new()};
    digest.failed =
        digest.context == NULL || EVP_DigestInit_ex(digest.context, EVP_sha256(), NULL) != 1;
    return digest;
}

/* Each piece with its length before it, so that no two lists of pieces give the same bytes. */
static void add_length(struct digest *digest, uint64_t length)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(length >> (56 - 8 * i));
    }
    append(&digest->base, sizeof bytes, bytes);
}

static void add_text(struct digest *digest, const char *text)
{
    add_length(digest, strlen(text));
    append(&digest->base, strlen(text), (const uint8_t *)text);
}

static void add_message(struct digest *digest, const ProtobufCMessage *message)
{
    add_length(digest, protobuf_c_message_get_packed_size(message));
    (void)protobuf_c_message_pack_to_buffer(message, &digest->base);
}

static bool end(struct digest *digest, uint8_t out[DIGEST_BYTES])
{
    bool done = !digest->failed && EVP_DigestFinal_ex(digest->context, out, NULL) == 1;
    EVP_MD_CTX_free(digest->context);
    return done;
}

/** The digests of the parts, in the order of the id. */
struct parts {
    uint8_t need[DIGEST_BYTES];
    uint8_t settings[DIGEST_BYTES];
    uint8_t members[SP_MAX_MEMBERS][DIGEST_BYTES];
    uint8_t whole[DIGEST_BYTES];
};

static bool digest_need(const struct sp_lot_matching *lot, struct parts *parts)
{
    /* The other lots do not touch this one. */
    Spoina__V1__Draft draft = *lot->settings->draft;
    draft.lots = &lot->settings->draft->lots[lot->index];
    draft.n_lots = 1;
    struct digest digest = begin();
    if (!digest.failed) {
        add_message(&digest, &draft.base);
    }
    return end(&digest, parts->need);
}

/* How many teams are looked for, and how long, does not shape any of them. */
static bool digest_settings(const struct sp_lot_matching *lot, struct parts *parts)
{
    const struct sp_match_settings *settings = lot->settings;
    struct sp_team_options shaping = settings->team;
    Spoina__V1__TeamOptions options;
    Spoina__V1__Weights weights;
    char day[11];
    struct digest digest = begin();
    shaping.teams = 0;
    shaping.search_limit_ms = 0;
    shaping.supersets_too = false;
    shaping.by_size = false;
    shaping.shared_members_max = -1;
    sp_team_options_write(&shaping, &options);
    sp_weights_write(&settings->weights, &weights);
    sp_day_format(settings->day, day);
    if (!digest.failed) {
        add_text(&digest, day);
        add_text(&digest, settings->businesses_too ? "businesses too" : "");
        add_message(&digest, &weights.base);
        add_message(&digest, &options.base);
    }
    return end(&digest, parts->settings);
}

static bool digest_member(const Spoina__V1__Entity *entity, uint8_t out[DIGEST_BYTES])
{
    struct digest digest = begin();
    if (!digest.failed) {
        add_message(&digest, &entity->base);
    }
    return end(&digest, out);
}

static bool digest_whole(size_t members, const struct sp_replay_versions *versions,
                         struct parts *parts)
{
    struct digest digest = begin();
    if (!digest.failed) {
        add_length(&digest, versions->catalogue);
        add_text(&digest, versions->rulebook);
        append(&digest.base, DIGEST_BYTES, parts->need);
        append(&digest.base, DIGEST_BYTES, parts->settings);
        append(&digest.base, members * DIGEST_BYTES, parts->members[0]);
    }
    return end(&digest, parts->whole);
}

/** Add @p count bytes as digits. */
static void put(struct sp_replay_id *id, const char *before, const uint8_t *bytes, size_t count)
{
    size_t length = strlen(id->text);
    length += (size_t)snprintf(id->text + length, sizeof id->text - length, "%s", before);
    for (size_t i = 0; i < count; i++) {
        length += (size_t)snprintf(id->text + length, sizeof id->text - length, "%02x", bytes[i]);
    }
}

enum sp_status sp_replay_id_make(const struct sp_lot_matching *lot, const uint32_t *entities,
                                 size_t count, const struct sp_replay_versions *versions,
                                 struct sp_replay_id *out, struct sp_error *err)
{
    struct parts parts;
    SP_ASSERT(count >= 1 && count <= SP_MAX_MEMBERS);
    bool done = digest_need(lot, &parts) && digest_settings(lot, &parts);
    for (size_t i = 0; done && i < count; i++) {
        done = digest_member(lot->pool.entities[entities[i]].entity, parts.members[i]);
    }
    if (!done || !digest_whole(count, versions, &parts)) {
        return SP_FAIL_NOMEM(err);
    }
    out->text[0] = '\0';
    put(out, "", parts.need, SHORT_BYTES);
    put(out, "-", parts.settings, SHORT_BYTES);
    for (size_t i = 0; i < count; i++) {
        put(out, i == 0 ? "-" : ".", parts.members[i], SHORT_BYTES);
    }
    put(out, "-", parts.whole, DIGEST_BYTES);
    return SP_OK;
}

/* Ids of as many members have the same length and their dashes at the same places. */
static bool has_form_of(const char *given, const char *now)
{
    if (strlen(given) != strlen(now)) {
        return false;
    }
    for (size_t i = 0; now[i] != '\0'; i++) {
        bool is_sign = now[i] == '-' || now[i] == '.';
        if (is_sign ? given[i] != now[i] : strchr("0123456789abcdef", given[i]) == NULL) {
            return false;
        }
    }
    return true;
}

enum sp_replay_part sp_replay_id_compare(const char *given, const struct sp_replay_id *now,
                                         size_t *member)
{
    enum { SETTINGS = SHORT_DIGITS + 1, MEMBERS = 2 * SETTINGS };
    if (!has_form_of(given, now->text)) {
        return SP_REPLAY_MALFORMED;
    }
    if (memcmp(given, now->text, SHORT_DIGITS) != 0) {
        return SP_REPLAY_NEED;
    }
    if (memcmp(given + SETTINGS, now->text + SETTINGS, SHORT_DIGITS) != 0) {
        return SP_REPLAY_SETTINGS;
    }
    size_t end = strlen(given) - 2 * (size_t)DIGEST_BYTES;
    for (size_t at = MEMBERS; at < end; at += SHORT_DIGITS + 1) {
        if (memcmp(given + at, now->text + at, SHORT_DIGITS) != 0) {
            *member = (at - MEMBERS) / (SHORT_DIGITS + 1);
            return SP_REPLAY_MEMBER;
        }
    }
    return strcmp(given, now->text) == 0 ? SP_REPLAY_SAME : SP_REPLAY_WHOLE;
}

enum sp_status sp_write_replay_id(const struct sp_writing *writing, struct sp_error *err)
{
    const struct sp_lot_matching *lot = writing->lot;
    struct sp_replay_versions versions = {lot->pool.catalogue_version,
                                          sp_rulebook_version(lot->matching->book)};
    struct sp_replay_id id;
    enum sp_status status =
        sp_replay_id_make(lot, writing->team->entities, writing->team->count, &versions, &id, err);
    writing->proposal->replay_id =
        status == SP_OK ? sp_arena_strdup(writing->speaker.arena, id.text) : NULL;
    return status == SP_OK && writing->proposal->replay_id == NULL ? SP_FAIL_NOMEM(err) : status;
}
