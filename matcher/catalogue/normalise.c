/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One form for every text of an entity. The walk is led by the descriptors, so that a field added
 * to the contract is not forgotten.
 */
#include <string.h>

#include "matcher/catalogue/check_parts.h"
#include "matcher/catalogue/entity_id.h"
#include "matcher/language/compose.h"
#include "matcher/vocabulary/cpv.h"

/** A control character other than tab and line ends, or '\0'. It would reach people's terminals. */
static char control_character(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c < ' ' && strchr("\t\r\n", c) == NULL) || c == 0x7f) {
            return *text;
        }
    }
    return '\0';
}

static enum sp_status clean_text(char **text, struct sp_arena *arena, struct sp_error *err)
{
    struct sp_view before = sp_view_of(*text);
    struct sp_view composed = {0};
    char control = control_character(*text);
    if (control != '\0') {
        return SP_FAIL(err, SP_INVALID, "", "Tekst zawiera znak sterujący U+%04X.",
                       "The text has the control character U+%04X.", (unsigned char)control);
    }
    enum sp_status status = sp_compose(sp_view_trim(before), arena, &composed, err);
    if (status == SP_OK && (composed.data != before.data || composed.length != before.length)) {
        *text = sp_arena_copy(arena, composed);
        status = *text == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    return status;
}

static enum sp_status clean_message(ProtobufCMessage *message, struct sp_arena *arena,
                                    struct sp_error *err);

/** Clean one value of @p field at @p member. */
static enum sp_status clean_value(const ProtobufCFieldDescriptor *field, void *member,
                                  struct sp_arena *arena, struct sp_error *err)
{
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        return clean_text(member, arena, err);
    }
    ProtobufCMessage *inner = *(ProtobufCMessage **)member;
    return inner == NULL ? SP_OK : clean_message(inner, arena, err);
}

static enum sp_status clean_field(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                                  struct sp_arena *arena, struct sp_error *err)
{
    char *member = (char *)message + field->offset;
    enum sp_status status = SP_OK;
    if (field->label != PROTOBUF_C_LABEL_REPEATED) {
        status = clean_value(field, member, arena, err);
        if (status != SP_OK) {
            sp_error_prefix(err, field->name);
        }
        return status;
    }
    size_t count = *(const size_t *)(const void *)((char *)message + field->quantifier_offset);
    void **items = *(void ***)(void *)member;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        status = sp_check_at(err, field->name, i, clean_value(field, &items[i], arena, err));
    }
    return status;
}

static enum sp_status clean_message(ProtobufCMessage *message, struct sp_arena *arena,
                                    struct sp_error *err)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    enum sp_status status = SP_OK;
    for (unsigned i = 0; status == SP_OK && i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE) {
            status = clean_field(message, field, arena, err);
        }
    }
    return status;
}

/** Drop @p prefix, dashes and spaces of a number; anything else stays for the check to refuse. */
static enum sp_status bare_number(char **number, const char *prefix, struct sp_arena *arena,
                                  struct sp_error *err)
{
    const char *from = *number;
    if (strpbrk(from, "- ") == NULL && strncmp(from, prefix, strlen(prefix)) != 0) {
        return SP_OK;
    }
    char *bare = sp_arena_strdup(arena, from);
    if (bare == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (strncmp(from, prefix, strlen(prefix)) == 0) {
        from += strlen(prefix);
    }
    size_t length = 0;
    for (; *from != '\0'; from++) {
        if (*from != '-' && *from != ' ') {
            bare[length++] = *from;
        }
    }
    bare[length] = '\0';
    *number = bare;
    return SP_OK;
}

/** "85311100-3" to "85311100"; a code of another shape stays for the check to refuse. */
static enum sp_status bare_cpv(char **code, struct sp_arena *arena, struct sp_error *err)
{
    const char *text = *code;
    if (strlen(text) != SP_CPV_DIGITS + 2 || text[SP_CPV_DIGITS] != '-' ||
        strspn(text, "0123456789") != SP_CPV_DIGITS) {
        return SP_OK;
    }
    int digit = sp_cpv_check_digit(text);
    if (text[SP_CPV_DIGITS + 1] != '0' + digit) {
        return SP_FAIL(err, SP_INVALID, "", "Kod CPV %s ma złą cyfrę kontrolną (powinna być %d).",
                       "CPV code %s has a wrong check digit (it should be %d).", text, digit);
    }
    *code = sp_arena_copy(arena, sp_view_from(text, SP_CPV_DIGITS));
    return *code == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

static enum sp_status bare_codes_of_offer(Spoina__V1__Offer *offer, struct sp_arena *arena,
                                          struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < offer->n_cpv; i++) {
        status = sp_check_at(err, "cpv", i, bare_cpv(&offer->cpv[i], arena, err));
    }
    return status;
}

static enum sp_status bare_codes(Spoina__V1__Entity *entity, struct sp_arena *arena,
                                 struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < entity->n_offers; i++) {
        status = sp_check_at(err, "offers", i, bare_codes_of_offer(entity->offers[i], arena, err));
    }
    for (size_t i = 0; status == SP_OK && i < entity->n_references; i++) {
        status = bare_cpv(&entity->references[i]->cpv, arena, err);
        if (status != SP_OK) {
            sp_error_prefix(err, "cpv");
            (void)sp_check_at(err, "references", i, status);
        }
    }
    return status;
}

static enum sp_status give_id(char **id, char letter, const char *title, struct sp_arena *arena,
                              struct sp_error *err)
{
    char made[SP_ENTITY_ID_MAX_BYTES + 1];
    if ((*id)[0] != '\0' || title[0] == '\0') {
        return SP_OK;
    }
    sp_part_make_id(letter, title, made);
    *id = sp_arena_strdup(arena, made);
    return *id == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

static enum sp_status give_ids(Spoina__V1__Entity *entity, struct sp_arena *arena,
                               struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < entity->n_offers; i++) {
        status = give_id(&entity->offers[i]->id, 'o', entity->offers[i]->title, arena, err);
    }
    for (size_t i = 0; status == SP_OK && i < entity->n_units; i++) {
        status = give_id(&entity->units[i]->id, 'u', entity->units[i]->name, arena, err);
    }
    return status;
}

enum sp_status sp_entity_normalise(Spoina__V1__Entity *entity, struct sp_arena *arena,
                                   struct sp_error *err)
{
    enum sp_status status = clean_message(&entity->base, arena, err);
    if (status == SP_OK) {
        status = bare_number(&entity->nip, "PL", arena, err);
    }
    if (status == SP_OK) {
        status = bare_number(&entity->regon, "REGON", arena, err);
    }
    if (status == SP_OK) {
        status = bare_number(&entity->krs, "KRS", arena, err);
    }
    if (status == SP_OK) {
        status = bare_codes(entity, arena, err);
    }
    if (status == SP_OK) {
        status = give_ids(entity, arena, err);
    }
    return status;
}
