/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/connect/profile.h"

#include "server/connect/query.h"

enum { MAX_TIMEOUT_DIGITS = 10 };

const struct sp_method *sp_method_find(const struct sp_method *methods, size_t method_count,
                                       struct sp_view path)
{
    for (size_t i = 0; i < method_count; i++) {
        if (sp_view_is(path, methods[i].path)) {
            return &methods[i];
        }
    }
    return NULL;
}

const char *sp_profile_allow(const struct sp_method *method)
{
    return (method->flags & SP_METHOD_GET) != 0 ? "GET, POST, OPTIONS" : "POST, OPTIONS";
}

const char *sp_profile_accept_post(const struct sp_method *method)
{
    return (method->flags & SP_METHOD_STREAM) != 0
               ? "application/connect+json, application/connect+proto"
               : "application/json, application/proto";
}

const char *sp_profile_content_type(const struct sp_profile *profile)
{
    if (profile->is_stream) {
        return profile->codec == SP_CODEC_JSON ? "application/connect+json"
                                               : "application/connect+proto";
    }
    return profile->codec == SP_CODEC_JSON ? "application/json" : "application/proto";
}

/* Thousandths of "q=0.8"; 1000 without, -1 if malformed (RFC 9110, 12.4.2). */
static int quality_of(struct sp_view parameter)
{
    if (parameter.length < 3 || (parameter.data[0] != 'q' && parameter.data[0] != 'Q') ||
        parameter.data[1] != '=' || parameter.data[2] < '0' || parameter.data[2] > '1') {
        return -1;
    }
    int quality = (parameter.data[2] - '0') * 1000;
    int unit = 100;
    for (size_t i = 4; i < parameter.length && parameter.data[3] == '.'; i++, unit /= 10) {
        if (parameter.data[i] < '0' || parameter.data[i] > '9') {
            return -1;
        }
        quality += (parameter.data[i] - '0') * unit;
    }
    return quality;
}

/* Split "gzip;q=0" into the name and its quality. */
static int split_quality(struct sp_view *element)
{
    const char *mark = memchr(element->data, ';', element->length);
    if (mark == NULL) {
        return 1000;
    }
    struct sp_view rest =
        sp_view_from(mark + 1, element->length - (size_t)(mark - element->data) - 1);
    *element = sp_view_trim(sp_view_from(element->data, (size_t)(mark - element->data)));
    return quality_of(sp_view_trim(rest));
}

enum sp_locale sp_profile_language(const struct sp_http_request *request)
{
    struct sp_view list = {NULL, 0};
    struct sp_view element;
    int best = 0;
    enum sp_locale language = SP_PL;
    (void)sp_http_find(request, "accept-language", &list);
    while (sp_http_next_element(&list, &element)) {
        int quality = split_quality(&element);
        bool is_short = element.length == 2 || (element.length > 2 && element.data[2] == '-');
        struct sp_view primary = sp_view_from(element.data, is_short ? 2 : 0);
        bool polish = sp_http_same(primary, "pl");
        if ((polish || sp_http_same(primary, "en")) && quality > best) {
            best = quality;
            language = polish ? SP_PL : SP_EN;
        }
    }
    return language;
}

/* The media type without parameters. */
static struct sp_view media_type(const struct sp_http_request *request)
{
    struct sp_view value = {NULL, 0};
    (void)sp_http_find(request, "content-type", &value);
    const char *mark = value.length == 0 ? NULL : memchr(value.data, ';', value.length);
    if (mark != NULL) {
        value.length = (size_t)(mark - value.data);
    }
    return sp_view_trim(value);
}

static bool read_codec(const struct sp_http_request *request, struct sp_profile *profile)
{
    static const char *const types[2][2] = {
        {"application/proto", "application/json"},
        {"application/connect+proto", "application/connect+json"}};
    struct sp_view type = media_type(request);
    const char *const *row = types[profile->is_stream];
    if (profile->is_get) {
        struct sp_view encoding = {NULL, 0};
        (void)sp_query_find(request->query, "encoding", &encoding);
        profile->codec = sp_view_is(encoding, "json") ? SP_CODEC_JSON : SP_CODEC_PROTO;
        return sp_view_is(encoding, "json") || sp_view_is(encoding, "proto");
    }
    profile->codec = sp_http_same(type, row[1]) ? SP_CODEC_JSON : SP_CODEC_PROTO;
    return sp_http_same(type, row[0]) || sp_http_same(type, row[1]);
}

static enum sp_status read_version(const struct sp_http_request *request,
                                   const struct sp_profile *profile, struct sp_error *err)
{
    struct sp_view version = {NULL, 0};
    size_t count = 0;
    if (profile->is_get) {
        count = sp_query_find(request->query, "connect", &version) ? 1 : 0;
    } else {
        count = sp_http_find(request, "connect-protocol-version", &version);
    }
    bool demanded = (profile->method->flags & SP_METHOD_WRITE) != 0;
    if (count == 0 && !demanded) {
        return SP_OK;
    }
    if (count != 1 || !sp_view_is(version, profile->is_get ? "v1" : "1")) {
        /* Demanded where something changes: a form of another site cannot send this field. */
        return SP_FAIL(err, SP_INVALID, "Connect-Protocol-Version",
                       "Wymagany jest nagłówek Connect-Protocol-Version: 1.",
                       "The field Connect-Protocol-Version: 1 is required.");
    }
    return SP_OK;
}

static enum sp_status read_timeout(const struct sp_http_request *request,
                                   struct sp_profile *profile, struct sp_error *err)
{
    struct sp_view text = {NULL, 0};
    size_t count = sp_http_find(request, "connect-timeout-ms", &text);
    profile->timeout_ms = -1;
    if (count == 0) {
        return SP_OK;
    }
    bool good = count == 1 && text.length > 0 && text.length <= MAX_TIMEOUT_DIGITS;
    int64_t value = 0;
    for (size_t i = 0; i < text.length && good; i++) {
        good = text.data[i] >= '0' && text.data[i] <= '9';
        value = value * 10 + (text.data[i] - '0');
    }
    if (!good) {
        return SP_FAIL(err, SP_INVALID, "Connect-Timeout-Ms",
                       "Connect-Timeout-Ms musi być liczbą o najwyżej %d cyfrach.",
                       "Connect-Timeout-Ms must be a number of at most %d digits.",
                       MAX_TIMEOUT_DIGITS);
    }
    profile->timeout_ms = value;
    return SP_OK;
}

/* Which coding the request has, and whether the answer may be packed. */
static enum sp_status read_codings(const struct sp_http_request *request,
                                   struct sp_profile *profile, struct sp_error *err)
{
    struct sp_view coding = {NULL, 0};
    struct sp_view list = {NULL, 0};
    struct sp_view element;
    size_t count = 0;
    if (profile->is_get) {
        count = sp_query_find(request->query, "compression", &coding) ? 1 : 0;
    } else {
        count = sp_http_find(
            request, profile->is_stream ? "connect-content-encoding" : "content-encoding", &coding);
    }
    bool none = count == 0 || coding.length == 0 || sp_http_same(coding, "identity");
    profile->is_packed = count == 1 && sp_http_same(coding, "gzip");
    if (count > 1 || (!none && !profile->is_packed)) {
        return SP_FAIL(err, SP_UNSUPPORTED, "Content-Encoding",
                       "Nieobsługiwana kompresja; obsługiwane: gzip, identity.",
                       "Unsupported compression; supported: gzip, identity.");
    }
    if (sp_http_find(request, profile->is_stream ? "connect-accept-encoding" : "accept-encoding",
                     &list) == 0) {
        profile->packs = profile->is_packed;
        return SP_OK;
    }
    while (!profile->packs && sp_http_next_element(&list, &element)) {
        int quality = split_quality(&element);
        profile->packs = sp_http_same(element, "gzip") && quality > 0;
    }
    return SP_OK;
}

static enum sp_status read_message(const struct sp_http_request *request,
                                   struct sp_profile *profile, struct sp_error *err)
{
    struct sp_view base64 = {NULL, 0};
    if (!profile->is_get) {
        return SP_OK;
    }
    if (!sp_query_find(request->query, "message", &profile->message)) {
        return SP_FAIL(err, SP_INVALID, "message", "Brakuje parametru message.",
                       "The parameter message is missing.");
    }
    (void)sp_query_find(request->query, "base64", &base64);
    profile->is_base64 = sp_view_is(base64, "1");
    return SP_OK;
}

enum sp_profile_verdict sp_profile_read(const struct sp_http_request *request,
                                        const struct sp_method *methods, size_t method_count,
                                        struct sp_profile *profile, struct sp_error *err)
{
    *profile = (struct sp_profile){.method = sp_method_find(methods, method_count, request->path),
                                   .language = sp_profile_language(request)};
    if (profile->method == NULL) {
        return SP_PROFILE_NOT_FOUND;
    }
    if (request->verb == SP_HTTP_OPTIONS) {
        return SP_PROFILE_OPTIONS;
    }
    profile->is_stream = (profile->method->flags & SP_METHOD_STREAM) != 0;
    profile->is_get = request->verb == SP_HTTP_GET;
    if (profile->is_get ? (profile->method->flags & SP_METHOD_GET) == 0
                        : request->verb != SP_HTTP_POST) {
        return SP_PROFILE_WRONG_VERB;
    }
    if (!read_codec(request, profile)) {
        return SP_PROFILE_WRONG_TYPE;
    }
    if (read_version(request, profile, err) != SP_OK ||
        read_timeout(request, profile, err) != SP_OK ||
        read_codings(request, profile, err) != SP_OK ||
        read_message(request, profile, err) != SP_OK) {
        return SP_PROFILE_ERROR;
    }
    return SP_PROFILE_CALL;
}
