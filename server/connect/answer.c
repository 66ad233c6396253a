/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/connect/answer.h"

#include "proto/codec/base64.h"
#include "proto/codec/message.h"
#include "server/connect/code.h"
#include "server/connect/envelope.h"
#include "spoina/v1/error.pb-c.h"

enum { DETAIL_MAX_BYTES = 8 * 1024, ERROR_MAX_BYTES = 32 * 1024 };

static void add_json_string(struct sp_buffer *buffer, const char *text)
{
    sp_buffer_add_char(buffer, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            sp_buffer_add_char(buffer, '\\');
        }
        if ((unsigned char)*text < 0x20) {
            sp_buffer_printf(buffer, "\\u%04x", (unsigned)(unsigned char)*text);
        } else {
            sp_buffer_add_char(buffer, *text);
        }
    }
    sp_buffer_add_char(buffer, '"');
}

static void add_detail(const struct sp_error *error, struct sp_buffer *buffer)
{
    Spoina__V1__ErrorDetail detail = SPOINA__V1__ERROR_DETAIL__INIT;
    struct sp_buffer wire;
    detail.place = (char *)error->place;
    detail.polish = (char *)error->polish;
    detail.english = (char *)error->english;
    detail.status = (char *)sp_status_name(error->status);
    sp_buffer_init(&wire, DETAIL_MAX_BYTES);
    if (sp_message_to_wire(&detail.base, &wire, NULL) == SP_OK) {
        sp_buffer_add_text(buffer, ",\"details\":[{\"type\":");
        add_json_string(buffer, detail.base.descriptor->name);
        sp_buffer_add_text(buffer, ",\"value\":\"");
        sp_base64_encode(sp_buffer_view(&wire), 0, buffer);
        sp_buffer_add_text(buffer, "\",\"debug\":");
        sp_buffer_clear(&wire);
        if (sp_message_to_json(&detail.base, 0, &wire, NULL) != SP_OK) {
            sp_buffer_clear(&wire);
            sp_buffer_add_text(&wire, "{}"); /* a place that is not UTF-8, cut within a letter */
        }
        sp_buffer_add_view(buffer, sp_buffer_view(&wire));
        sp_buffer_add_text(buffer, "}]");
    }
    sp_buffer_release(&wire);
}

void sp_answer_error(const struct sp_error *error, enum sp_locale language,
                     struct sp_buffer *buffer)
{
    sp_buffer_add_text(buffer, "{\"code\":");
    add_json_string(buffer, sp_code_name(sp_code_of_status(error->status)));
    sp_buffer_add_text(buffer, ",\"message\":");
    add_json_string(buffer, sp_say(language, error->polish, error->english));
    add_detail(error, buffer);
    sp_buffer_add_char(buffer, '}');
}

void sp_answer_end_stream(const struct sp_error *error, enum sp_locale language,
                          struct sp_buffer *buffer)
{
    struct sp_buffer json;
    sp_buffer_init(&json, ERROR_MAX_BYTES);
    sp_buffer_add_char(&json, '{');
    if (error != NULL) {
        sp_buffer_add_text(&json, "\"error\":");
        sp_answer_error(error, language, &json);
    }
    sp_buffer_add_char(&json, '}');
    if (json.status == SP_OK) {
        sp_envelope_add(buffer, SP_ENVELOPE_END, sp_buffer_view(&json));
    } else {
        buffer->status = json.status;
    }
    sp_buffer_release(&json);
}
