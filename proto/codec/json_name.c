/* SPDX-License-Identifier: EUPL-1.2 */
#include "proto/codec/json_name.h"

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

size_t sp_json_name(const char *field_name, char out[SP_JSON_NAME_BYTES])
{
    size_t length = 0;
    bool capital = false;
    for (const char *c = field_name; *c != '\0' && length + 1 < SP_JSON_NAME_BYTES; c++) {
        if (*c == '_') {
            capital = true;
            continue;
        }
        out[length++] = capital ? upper(*c) : *c;
        capital = false;
    }
    out[length] = '\0';
    return length;
}

const ProtobufCFieldDescriptor *sp_json_find_field(const ProtobufCMessageDescriptor *type,
                                                   struct sp_view name)
{
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        char json[SP_JSON_NAME_BYTES];
        struct sp_view camel = {json, sp_json_name(field->name, json)};
        if (sp_view_equal(name, camel) || sp_view_is(name, field->name)) {
            return field;
        }
    }
    return NULL;
}
