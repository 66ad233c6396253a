/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/client.h"

#include <curl/curl.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "clients/cli/connect_error.h"
#include "proto/codec/message.h"

enum {
    CONNECT_TIMEOUT_MS = 5000,
    ENVELOPE_BYTES = 5, /* flags and a big-endian length before each message of a stream */
    END_OF_STREAM = 2,  /* flag */
};

/* A client believes its server: what bounds an answer is only that the machine must survive. */
static const size_t MAX_BODY_BYTES = (size_t)1 << 30;
static const struct sp_message_limits TRUSTING = {
    .elements = (size_t)1 << 24,
    .total_elements = (size_t)1 << 26,
};

struct sp_cli_client {
    CURL *curl;
    const char *server;
    struct curl_slist *unary;     /* headers of unary calls */
    struct curl_slist *streaming; /* headers of streaming calls */
    struct sp_buffer request;
    struct sp_buffer response; /* what is not taken yet */
    /* of the stream under way */
    const ProtobufCMessageDescriptor *type;
    sp_cli_piece_fn *piece;
    void *context;
    struct sp_error *err;
    enum sp_status status;
    bool ended;
};

static size_t collect(char *data, size_t size, size_t count, void *context)
{
    struct sp_cli_client *client = context;
    sp_buffer_add(&client->response, data, size * count);
    return client->response.status == SP_OK ? size * count : 0;
}

static struct curl_slist *headers(const char *content_type, enum sp_locale language)
{
    char line[64];
    (void)snprintf(line, sizeof line, "Content-Type: %s", content_type);
    struct curl_slist *list = curl_slist_append(NULL, line);
    const char *const more[] = {
        "Connect-Protocol-Version: 1",
        language == SP_EN ? "Accept-Language: en" : "Accept-Language: pl",
        "Expect:", /* no waiting for "100 Continue" before a large file */
    };
    for (size_t i = 0; i < SP_COUNT(more) && list != NULL; i++) {
        struct curl_slist *longer = curl_slist_append(list, more[i]);
        if (longer == NULL) {
            curl_slist_free_all(list);
        }
        list = longer;
    }
    return list;
}

enum sp_status sp_cli_client_new(const char *server, enum sp_locale language,
                                 struct sp_cli_client **out, struct sp_error *err)
{
    struct sp_cli_client *client = sp_calloc(1, sizeof *client);
    if (client == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    client->server = server;
    client->curl = curl_easy_init();
    client->unary = headers("application/proto", language);
    client->streaming = headers("application/connect+proto", language);
    sp_buffer_init(&client->request, MAX_BODY_BYTES);
    sp_buffer_init(&client->response, MAX_BODY_BYTES);
    if (client->curl == NULL || client->unary == NULL || client->streaming == NULL) {
        sp_cli_client_free(client);
        return SP_FAIL_NOMEM(err);
    }
    *out = client;
    return SP_OK;
}

void sp_cli_client_free(struct sp_cli_client *client)
{
    if (client == NULL) {
        return;
    }
    curl_easy_cleanup(client->curl);
    curl_slist_free_all(client->unary);
    curl_slist_free_all(client->streaming);
    sp_buffer_release(&client->request);
    sp_buffer_release(&client->response);
    sp_free(client);
}

static void prepare(struct sp_cli_client *client, const char *url, struct curl_slist *list)
{
    CURL *curl = client->curl;
    (void)curl_easy_setopt(curl, CURLOPT_URL, url);
    (void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl_easy_setopt(curl, CURLOPT_NOPROXY, "127.0.0.1,localhost,::1");
    (void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_TIMEOUT_MS);
    (void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
    (void)curl_easy_setopt(curl, CURLOPT_POST, 1L);
    (void)curl_easy_setopt(curl, CURLOPT_POSTFIELDS,
                           client->request.length == 0 ? "" : client->request.data);
    (void)curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)client->request.length);
    (void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, client);
}

static enum sp_status fail_connection(const struct sp_cli_client *client, CURLcode code,
                                      struct sp_error *err)
{
    if (code == CURLE_COULDNT_CONNECT) {
        return SP_FAIL(err, SP_IO, client->server,
                       "Serwer nie działa pod tym adresem. Uruchom go: script/demo albo spoinad "
                       "--data KATALOG; inny adres podaj przez --server.",
                       "No server runs at this address. Start it: script/demo or spoinad --data "
                       "DIRECTORY; give another address with --server.");
    }
    return SP_FAIL(err, SP_IO, client->server, "Połączenie z serwerem się nie udało: %s.",
                   "The connection to the server failed: %s.", curl_easy_strerror(code));
}

/* Send the request that is in the buffer. */
static enum sp_status perform(struct sp_cli_client *client, const char *path,
                              struct curl_slist *list, curl_write_callback write, long *http_status,
                              struct sp_error *err)
{
    char url[1024];
    int length = snprintf(url, sizeof url, "%s%s", client->server, path);
    if (length < 0 || (size_t)length >= sizeof url) {
        return SP_FAIL(err, SP_INVALID, "--server", "Adres jest za długi.",
                       "The address is too long.");
    }
    sp_buffer_clear(&client->response);
    prepare(client, url, list);
    (void)curl_easy_setopt(client->curl, CURLOPT_WRITEFUNCTION, write);
    CURLcode code = curl_easy_perform(client->curl);
    if (client->status != SP_OK) {
        return client->status; /* told already, by whoever ended the stream */
    }
    if (client->response.status != SP_OK) {
        return SP_FAIL(err, client->response.status, "", "Odpowiedź serwera jest za duża.",
                       "The server's answer is too large.");
    }
    if (code != CURLE_OK) {
        return fail_connection(client, code, err);
    }
    (void)curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, http_status);
    return SP_OK;
}

enum sp_status sp_cli_client_call(struct sp_cli_client *client, const char *path,
                                  const ProtobufCMessage *request,
                                  const ProtobufCMessageDescriptor *type, struct sp_arena *arena,
                                  ProtobufCMessage **response, struct sp_error *err)
{
    long http_status = 0;
    client->status = SP_OK;
    sp_buffer_clear(&client->request);
    enum sp_status status = sp_message_to_wire(request, &client->request, err);
    if (status == SP_OK) {
        status = perform(client, path, client->unary, collect, &http_status, err);
    }
    if (status != SP_OK) {
        return status;
    }
    struct sp_view body = sp_buffer_view(&client->response);
    return http_status == 200 ? sp_message_from_wire(type, body, &TRUSTING, arena, response, err)
                              : sp_cli_connect_error(body, http_status, err);
}

/* Hand one message over. */
static enum sp_status deliver(struct sp_cli_client *client, struct sp_view wire)
{
    ProtobufCMessage *message = NULL;
    struct sp_arena *arena = sp_arena_new(MAX_BODY_BYTES);
    if (arena == NULL) {
        return SP_FAIL_NOMEM(client->err);
    }
    enum sp_status status =
        sp_message_from_wire(client->type, wire, &TRUSTING, arena, &message, client->err);
    if (status == SP_OK) {
        status = client->piece(client->context, message, client->err);
    }
    sp_arena_free(arena);
    return status;
}

/* Take the whole envelopes off the front of what has arrived. */
static enum sp_status take_envelopes(struct sp_cli_client *client)
{
    struct sp_buffer *buffer = &client->response;
    size_t at = 0;
    enum sp_status status = SP_OK;
    while (status == SP_OK && !client->ended && buffer->length - at >= ENVELOPE_BYTES) {
        const unsigned char *head = (const unsigned char *)buffer->data + at;
        size_t length =
            (size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 | (size_t)head[4];
        if (buffer->length - at - ENVELOPE_BYTES < length) {
            break;
        }
        struct sp_view payload = sp_view_from(buffer->data + at + ENVELOPE_BYTES, length);
        client->ended = head[0] == END_OF_STREAM;
        status = client->ended ? sp_cli_connect_end(payload, client->err)
                 : head[0] == 0
                     ? deliver(client, payload)
                     : SP_FAIL(client->err, SP_UNSUPPORTED, "", "Nieznany rodzaj ramki (%d).",
                               "Unknown kind of envelope (%d).", head[0]);
        at += ENVELOPE_BYTES + length;
    }
    if (at > 0) {
        memmove(buffer->data, buffer->data + at, buffer->length - at);
        buffer->length -= at;
    }
    return status;
}

static size_t take_stream(char *data, size_t size, size_t count, void *context)
{
    struct sp_cli_client *client = context;
    long http_status = 0;
    sp_buffer_add(&client->response, data, size * count);
    (void)curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &http_status);
    if (client->response.status == SP_OK && http_status == 200) {
        client->status = take_envelopes(client);
    }
    return client->response.status == SP_OK && client->status == SP_OK ? size * count : 0;
}

/* Put the request into an envelope. */
static enum sp_status wrap_request(struct sp_cli_client *client, const ProtobufCMessage *request,
                                   struct sp_error *err)
{
    struct sp_buffer *buffer = &client->request;
    sp_buffer_clear(buffer);
    sp_buffer_add(buffer, "\0\0\0\0\0", ENVELOPE_BYTES);
    enum sp_status status = sp_message_to_wire(request, buffer, err);
    if (status == SP_OK) {
        size_t length = buffer->length - ENVELOPE_BYTES;
        for (int i = 0; i < 4; i++) {
            buffer->data[1 + i] = (char)(length >> (24 - 8 * i) & 0xFF);
        }
    }
    return status;
}

enum sp_status sp_cli_client_stream(struct sp_cli_client *client, const char *path,
                                    const ProtobufCMessage *request,
                                    const ProtobufCMessageDescriptor *type, sp_cli_piece_fn *piece,
                                    void *context, struct sp_error *err)
{
    long http_status = 0;
    client->type = type;
    client->piece = piece;
    client->context = context;
    client->err = err;
    client->status = SP_OK;
    client->ended = false;
    enum sp_status status = wrap_request(client, request, err);
    if (status == SP_OK) {
        status = perform(client, path, client->streaming, take_stream, &http_status, err);
    }
    if (status != SP_OK) {
        return status;
    }
    if (http_status != 200) {
        return sp_cli_connect_error(sp_buffer_view(&client->response), http_status, err);
    }
    return client->ended ? SP_OK
                         : SP_FAIL(err, SP_IO, client->server, "Odpowiedź urwała się w połowie.",
                                   "The answer broke off half-way.");
}

enum sp_cli_exit sp_cli_exit_of(enum sp_status status)
{
    switch (status) {
    case SP_OK:
        return SP_CLI_OK;
    case SP_INVALID:
    case SP_NOT_FOUND:
    case SP_EXISTS:
    case SP_LIMIT:
    case SP_PRECONDITION:
        return SP_CLI_INPUT;
    default:
        return SP_CLI_SERVER;
    }
}
