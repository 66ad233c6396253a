/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/http/message.h"

#include "base/status.h"

#define REFUSE(code, text)                                                                         \
    (struct sp_http_refusal)                                                                       \
    {                                                                                              \
        .status = (code), .reason = (text)                                                         \
    }

static const struct sp_http_refusal ACCEPTED = {.status = 0, .reason = ""};

enum { MAX_LENGTH_DIGITS = 15 }; /* far above any body limit, far below overflow of 64 bits */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 9110, 5.6.2: tchar. */
static bool is_token_char(char c)
{
    return is_alnum(c) || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool is_token(struct sp_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!is_token_char(text.data[i])) {
            return false;
        }
    }
    return text.length > 0;
}

/* Visible ASCII without '#': a fragment never travels. */
static bool is_target(struct sp_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] <= 0x20 || text.data[i] >= 0x7f || text.data[i] == '#') {
            return false;
        }
    }
    return text.length > 0;
}

/* Letters of a host name, an address in brackets, and a port. */
static bool is_host(struct sp_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!is_alnum(text.data[i]) &&
            (text.data[i] == '\0' || strchr("-._~:[]%", text.data[i]) == NULL)) {
            return false;
        }
    }
    return text.length > 0;
}

static struct sp_view trim_blanks(struct sp_view text)
{
    while (text.length > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text.data++;
        text.length--;
    }
    while (text.length > 0 &&
           (text.data[text.length - 1] == ' ' || text.data[text.length - 1] == '\t')) {
        text.length--;
    }
    return text;
}

/* Take the bytes up to @p stop out of @p rest; false if it does not occur. */
static bool take_until(struct sp_view *rest, char stop, struct sp_view *taken)
{
    const char *found = rest->length == 0 ? NULL : memchr(rest->data, stop, rest->length);
    if (found == NULL) {
        return false;
    }
    *taken = sp_view_from(rest->data, (size_t)(found - rest->data));
    rest->length -= taken->length + 1;
    rest->data = found + 1;
    return true;
}

/* Take a line without its CRLF; the framing guarantees that every LF has a CR before it. */
static bool take_line(struct sp_view *rest, struct sp_view *line)
{
    if (!take_until(rest, '\n', line) || line->length == 0) {
        return false;
    }
    line->length--;
    return true;
}

static enum sp_http_verb verb_of(struct sp_view method)
{
    static const struct {
        const char *name;
        enum sp_http_verb verb;
    } verbs[] = {{"GET", SP_HTTP_GET},
                 {"HEAD", SP_HTTP_HEAD},
                 {"POST", SP_HTTP_POST},
                 {"OPTIONS", SP_HTTP_OPTIONS}};
    for (size_t i = 0; i < SP_COUNT(verbs); i++) {
        if (sp_view_is(method, verbs[i].name)) {
            return verbs[i].verb;
        }
    }
    return SP_HTTP_OTHER;
}

/* RFC 9112, 3.2: origin form, absolute form (which a server must accept), "*" for OPTIONS only. */
static struct sp_http_refusal read_target(struct sp_view target, struct sp_http_request *request)
{
    static const char *const schemes[] = {"http://", "https://"};
    if (!is_target(target)) {
        return REFUSE(400, "bad request target");
    }
    if (sp_view_is(target, "*")) {
        request->path = target;
        return request->verb == SP_HTTP_OPTIONS ? ACCEPTED : REFUSE(400, "bad request target");
    }
    for (size_t i = 0; i < SP_COUNT(schemes); i++) {
        struct sp_view scheme = sp_view_of(schemes[i]);
        if (sp_view_starts_with(target, scheme)) {
            target = sp_view_from(target.data + scheme.length, target.length - scheme.length);
            const char *slash = target.length == 0 ? NULL : memchr(target.data, '/', target.length);
            if (slash == NULL || slash == target.data) {
                return REFUSE(400, "bad request target");
            }
            target = sp_view_from(slash, target.length - (size_t)(slash - target.data));
            break;
        }
    }
    if (target.data[0] != '/') {
        return REFUSE(400, "bad request target");
    }
    struct sp_view path;
    request->path = target;
    if (take_until(&target, '?', &path)) {
        request->path = path;
        request->query = target;
    }
    return ACCEPTED;
}

static struct sp_http_refusal read_request_line(struct sp_view line,
                                                struct sp_http_request *request)
{
    struct sp_view target;
    if (!take_until(&line, ' ', &request->method) || !take_until(&line, ' ', &target) ||
        !is_token(request->method)) {
        return REFUSE(400, "bad request line");
    }
    if (!sp_view_is(line, "HTTP/1.1")) {
        bool other = line.length == 8 && memcmp(line.data, "HTTP/", 5) == 0 &&
                     is_digit(line.data[5]) && line.data[6] == '.' && is_digit(line.data[7]);
        return other ? REFUSE(505, "only HTTP/1.1 is spoken here")
                     : REFUSE(400, "bad request line");
    }
    request->verb = verb_of(request->method);
    return read_target(target, request);
}

/* Also refuses folded lines (the name would begin with a blank) and a blank before the colon. */
static struct sp_http_refusal read_field(struct sp_view line, struct sp_http_field *field)
{
    if (!take_until(&line, ':', &field->name) || !is_token(field->name)) {
        return REFUSE(400, "bad field line");
    }
    char *name = (char *)field->name.data; /* within the caller's writable head */
    for (size_t i = 0; i < field->name.length; i++) {
        if (name[i] >= 'A' && name[i] <= 'Z') {
            name[i] = (char)(name[i] - 'A' + 'a');
        }
    }
    field->value = trim_blanks(line);
    return ACCEPTED;
}

static struct sp_http_refusal read_length(struct sp_view text, uint64_t *length_bytes)
{
    if (text.length == 0 || text.length > MAX_LENGTH_DIGITS) {
        return REFUSE(400, "bad Content-Length");
    }
    uint64_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!is_digit(text.data[i])) {
            return REFUSE(400, "bad Content-Length");
        }
        length = length * 10 + (uint64_t)(text.data[i] - '0');
    }
    *length_bytes = length;
    return ACCEPTED;
}

/* RFC 9112, 6: one Content-Length of digits, or one "chunked", never both. */
static struct sp_http_refusal read_framing(struct sp_http_request *request)
{
    struct sp_view value;
    size_t codings = sp_http_find(request, "transfer-encoding", &value);
    if (codings > 0) {
        if (sp_http_find(request, "content-length", &value) > 0) {
            return REFUSE(400, "both Content-Length and Transfer-Encoding");
        }
        (void)sp_http_find(request, "transfer-encoding", &value);
        if (codings > 1 || !sp_http_same(value, "chunked")) {
            return REFUSE(501, "the only transfer coding is one \"chunked\"");
        }
        request->framing = SP_HTTP_CHUNKED;
        return ACCEPTED;
    }
    size_t lengths = sp_http_find(request, "content-length", &value);
    if (lengths == 0) {
        return ACCEPTED;
    }
    if (lengths > 1) {
        return REFUSE(400, "more than one Content-Length");
    }
    request->framing = SP_HTTP_LENGTH;
    return read_length(value, &request->length_bytes);
}

static struct sp_http_refusal read_meaning(struct sp_http_request *request)
{
    struct sp_view value;
    if (sp_http_find(request, "host", &value) != 1 || !is_host(value)) {
        return REFUSE(400, "there must be exactly one valid Host");
    }
    if (sp_http_find(request, "content-type", &value) > 1) {
        return REFUSE(400, "more than one Content-Type");
    }
    if (sp_http_find(request, "expect", &value) > 0) {
        if (!sp_http_same(value, "100-continue")) {
            return REFUSE(417, "unknown expectation");
        }
        request->expects_continue = true;
    }
    request->keep_alive = true;
    for (size_t i = 0; i < request->field_count; i++) {
        struct sp_view list = request->fields[i].value;
        struct sp_view element;
        while (sp_view_is(request->fields[i].name, "connection") &&
               sp_http_next_element(&list, &element)) {
            request->keep_alive = request->keep_alive && !sp_http_same(element, "close");
        }
    }
    return read_framing(request);
}

struct sp_http_refusal sp_http_read_head(char *head, size_t length, struct sp_http_request *request)
{
    struct sp_view rest = sp_view_from(head, length);
    struct sp_view line;
    *request = (struct sp_http_request){.framing = SP_HTTP_NO_BODY};
    if (!take_line(&rest, &line)) {
        return REFUSE(400, "bad request line");
    }
    struct sp_http_refusal refusal = read_request_line(line, request);
    while (refusal.status == 0 && take_line(&rest, &line) && line.length > 0) {
        if (request->field_count == SP_HTTP_MAX_FIELDS) {
            return REFUSE(431, "too many fields");
        }
        refusal = read_field(line, &request->fields[request->field_count++]);
    }
    return refusal.status == 0 ? read_meaning(request) : refusal;
}

struct sp_http_refusal sp_http_check_trailers(char *section, size_t length)
{
    struct sp_view rest = sp_view_from(section, length);
    struct sp_view line;
    struct sp_http_field field;
    struct sp_http_refusal refusal = ACCEPTED;
    size_t count = 0;
    while (refusal.status == 0 && take_line(&rest, &line) && line.length > 0) {
        refusal = ++count > SP_HTTP_MAX_FIELDS ? REFUSE(431, "too many trailer fields")
                                               : read_field(line, &field);
    }
    return refusal;
}

size_t sp_http_find(const struct sp_http_request *request, const char *name, struct sp_view *value)
{
    size_t count = 0;
    for (size_t i = 0; i < request->field_count; i++) {
        if (sp_view_is(request->fields[i].name, name)) {
            if (count++ == 0) {
                *value = request->fields[i].value;
            }
        }
    }
    return count;
}

bool sp_http_same(struct sp_view text, const char *lower)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if (lower[i] == '\0' || c != lower[i]) {
            return false;
        }
    }
    return lower[text.length] == '\0';
}

bool sp_http_next_element(struct sp_view *list, struct sp_view *element)
{
    while (list->length > 0) {
        if (!take_until(list, ',', element)) {
            *element = *list;
            *list = sp_view_from(NULL, 0);
        }
        *element = trim_blanks(*element);
        if (element->length > 0) {
            return true;
        }
    }
    return false;
}

const char *sp_http_phrase(unsigned status)
{
    static const struct {
        unsigned status;
        const char *phrase;
    } phrases[] = {{200, "OK"},
                   {204, "No Content"},
                   {400, "Bad Request"},
                   {401, "Unauthorized"},
                   {403, "Forbidden"},
                   {404, "Not Found"},
                   {405, "Method Not Allowed"},
                   {408, "Request Timeout"},
                   {409, "Conflict"},
                   {413, "Content Too Large"},
                   {415, "Unsupported Media Type"},
                   {417, "Expectation Failed"},
                   {429, "Too Many Requests"},
                   {431, "Request Header Fields Too Large"},
                   {499, "Client Closed Request"},
                   {500, "Internal Server Error"},
                   {501, "Not Implemented"},
                   {503, "Service Unavailable"},
                   {504, "Gateway Timeout"},
                   {505, "HTTP Version Not Supported"}};
    for (size_t i = 0; i < SP_COUNT(phrases); i++) {
        if (phrases[i].status == status) {
            return phrases[i].phrase;
        }
    }
    return "Unknown";
}
