/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Names of fields in proto3 JSON: lead_time_days is leadTimeDays. */
#ifndef SP_PROTO_CODEC_JSON_NAME_H
#define SP_PROTO_CODEC_JSON_NAME_H

#include <protobuf-c/protobuf-c.h>

#include "base/view.h"

enum { SP_JSON_NAME_BYTES = 64 };

/** Write the lowerCamelCase form of @p field_name with a NUL; returns its length. Names that do not
 *  fit are cut. */
size_t sp_json_name(const char *field_name, char out[SP_JSON_NAME_BYTES]);

/** Find the field that @p name means, in its JSON or its original form; NULL if there is none. */
const ProtobufCFieldDescriptor *sp_json_find_field(const ProtobufCMessageDescriptor *type,
                                                   struct sp_view name);

#endif
