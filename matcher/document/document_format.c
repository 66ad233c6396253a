/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The kind of a file by its content; see sp_document_recognise().
 */
#include <string.h>

#include "base/text_decode.h"
#include "matcher/document/document_read.h"
#include "matcher/document/package.h"

enum {
    HEAD_BYTES = 4096,         /* looked at for marks of HTML, XML and JSON */
    PDF_MARK_WITHIN = 1024,    /* readers accept that much before "%PDF-" */
    CONTROLS_PERMILLE_MAX = 50 /* of a text's first bytes; a binary file has several times that */
};

/** What begins a file that is none of ours, and how it is called. */
struct signature {
    const char *bytes;
    size_t length;
    const char *polish;
    const char *english;
};

#define SIGNATURE(bytes, polish, english)                                                          \
    {                                                                                              \
        bytes, sizeof(bytes) - 1, polish, english                                                  \
    }

static const struct signature FOREIGN[] = {
    SIGNATURE("\x89PNG", "obraz PNG", "a PNG picture"),
    SIGNATURE("\xFF\xD8\xFF", "obraz JPEG", "a JPEG picture"),
    SIGNATURE("GIF8", "obraz GIF", "a GIF picture"),
    SIGNATURE("II*\0", "obraz TIFF", "a TIFF picture"),
    SIGNATURE("MM\0*", "obraz TIFF", "a TIFF picture"),
    SIGNATURE("BM", "obraz BMP", "a BMP picture"),
    SIGNATURE("RIFF", "obraz lub dźwięk", "a picture or sound"),
    SIGNATURE("\xD0\xCF\x11\xE0", "plik starego formatu Office (.doc, .xls) lub zaszyfrowany",
              "a file of the old Office format (.doc, .xls) or an encrypted one"),
    SIGNATURE("{\\rtf", "plik RTF", "an RTF file"),
    SIGNATURE("7z\xBC\xAF", "archiwum 7z", "a 7z archive"),
    SIGNATURE("Rar!", "archiwum RAR", "a RAR archive"),
    SIGNATURE("\x1F\x8B", "archiwum gzip", "a gzip archive"),
};

const char *sp_document_format_name(enum sp_document_format format)
{
    static const char *const NAMES[] = {"TXT", "HTML", "DOCX", "ODT", "PDF", "XML", "JSON"};
    return NAMES[format];
}

static enum sp_status fail_foreign(const char *polish, const char *english, struct sp_error *err)
{
    return SP_FAIL(
        err, SP_UNSUPPORTED, "", "To jest %s%.0s. Czytamy tekst, HTML, DOCX, ODT, PDF, XML i JSON.",
        "This is %.0s%s. Text, HTML, DOCX, ODT, PDF, XML and JSON are read.", polish, english);
}

static bool begins(struct sp_view content, const char *bytes, size_t length)
{
    return content.length >= length && memcmp(content.data, bytes, length) == 0;
}

static bool find(struct sp_view where, const char *what, size_t within)
{
    size_t length = strlen(what);
    for (size_t at = 0; at + length <= where.length && at < within; at++) {
        if (memcmp(where.data + at, what, length) == 0) {
            return true;
        }
    }
    return false;
}

/** Kind of a packed file, by the part that no other kind has. */
static enum sp_status recognise_package(struct sp_view content, enum sp_document_format *out,
                                        struct sp_error *err)
{
    struct sp_package *package = NULL;
    enum sp_status status = sp_package_open(content, &package, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_buffer type;
    sp_buffer_init(&type, HEAD_BYTES);
    if (sp_package_has_below(package, "word/")) {
        *out = SP_DOCUMENT_DOCX;
    } else if (sp_package_has_below(package, "xl/")) {
        status = fail_foreign("arkusz XLSX", "an XLSX spreadsheet", err);
    } else if (sp_package_has_below(package, "ppt/")) {
        status = fail_foreign("prezentacja PPTX", "a PPTX presentation", err);
    } else if (!sp_package_has(package, "content.xml")) {
        status = fail_foreign("archiwum ZIP", "a ZIP archive", err);
    } else if (sp_package_has(package, "mimetype") &&
               sp_package_read(package, "mimetype", &type, NULL) == SP_OK &&
               !find(sp_buffer_view(&type), "opendocument.text", HEAD_BYTES)) {
        status = fail_foreign("arkusz, rysunek lub prezentacja OpenDocument",
                              "an OpenDocument spreadsheet, drawing or presentation", err);
    } else {
        *out = SP_DOCUMENT_ODT;
    }
    sp_buffer_release(&type);
    sp_package_close(package);
    return status;
}

/** The first characters in small letters of ASCII, without spaces in front. */
static struct sp_view lower_head(struct sp_view text, char head[HEAD_BYTES])
{
    text = sp_view_trim(text);
    size_t length = text.length < HEAD_BYTES ? text.length : HEAD_BYTES;
    for (size_t i = 0; i < length; i++) {
        char c = text.data[i];
        head[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return sp_view_from(head, length);
}

static struct sp_view skip(struct sp_view text, size_t bytes)
{
    return sp_view_trim(sp_view_from(text.data + bytes, text.length - bytes));
}

/** Step over what may stand before the first element: declaration, comments, DOCTYPE. */
static struct sp_view at_first_element(struct sp_view head)
{
    while (head.length > 2 && (head.data[1] == '?' || head.data[1] == '!')) {
        bool comment = begins(head, "<!--", 4);
        const char *ending = comment ? "-->" : ">";
        size_t at = 2;
        while (at < head.length &&
               !begins(sp_view_from(head.data + at, head.length - at), ending, strlen(ending))) {
            at++;
        }
        size_t end = at + strlen(ending);
        head = end >= head.length ? sp_view_of(NULL) : skip(head, end);
    }
    return head;
}

/** Tell HTML, whole or a piece, by its first element. */
static bool is_html(struct sp_view head)
{
    static const char *const NAMES[] = {"html",  "head",    "body",   "main", "div", "section",
                                        "table", "article", "header", "h1",   "h2",  "h3",
                                        "p",     "span",    "style",  "meta"};
    if (find(head, "<!doctype html", head.length)) {
        return true;
    }
    head = at_first_element(head);
    for (size_t i = 0; head.length > 0 && i < SP_COUNT(NAMES); i++) {
        size_t length = strlen(NAMES[i]);
        if (head.length > length + 1 && memcmp(head.data + 1, NAMES[i], length) == 0 &&
            strchr("> \t\r\n/", head.data[length + 1]) != NULL) {
            return true;
        }
    }
    return false;
}

static bool is_json(struct sp_view head)
{
    struct sp_view rest = sp_view_trim(sp_view_from(head.data + 1, head.length - 1));
    char next = rest.length > 0 ? rest.data[0] : '\0';
    return head.data[0] == '{' ? next == '"' || next == '}' : next == '{' || next == ']';
}

static bool is_binary(struct sp_view text)
{
    size_t controls = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        controls += c == 0x7F || (c < 0x20 && memchr("\t\n\r\f\v", c, 5) == NULL) ? 1 : 0;
    }
    return controls * 1000 > text.length * CONTROLS_PERMILLE_MAX;
}

static enum sp_status recognise_text(struct sp_view content, enum sp_document_format *out,
                                     struct sp_error *err)
{
    struct sp_buffer decoded;
    struct sp_view text = {0};
    enum sp_encoding encoding = SP_ENCODING_UTF_8;
    sp_buffer_init(&decoded, 4 * HEAD_BYTES);
    struct sp_view front = sp_view_from(
        content.data, content.length < HEAD_BYTES ? content.length : (size_t)HEAD_BYTES);
    enum sp_status status = sp_text_decode(front, &decoded, &text, &encoding, err);
    char lowered[HEAD_BYTES];
    struct sp_view head = lower_head(text, lowered);
    if (status != SP_OK) {
        sp_buffer_release(&decoded);
        return status;
    }
    if (is_binary(text)) {
        status =
            fail_foreign("plik binarny nieznanego rodzaju", "a binary file of unknown kind", err);
    } else if (head.length == 0) {
        *out = SP_DOCUMENT_PLAIN; /* nothing but spaces so far */
    } else if (head.data[0] == '<') {
        *out = is_html(head) ? SP_DOCUMENT_HTML : SP_DOCUMENT_XML;
    } else if (strchr("{[", head.data[0]) != NULL && is_json(head)) {
        *out = SP_DOCUMENT_JSON;
    } else {
        *out = SP_DOCUMENT_PLAIN;
    }
    sp_buffer_release(&decoded);
    return status;
}

static enum sp_status recognise(struct sp_view content, enum sp_document_format *out,
                                struct sp_error *err)
{
    if (content.length == 0) {
        return SP_FAIL(err, SP_INVALID, "", "Plik jest pusty.", "The file is empty.");
    }
    if (find(content, "%PDF-", PDF_MARK_WITHIN)) {
        *out = SP_DOCUMENT_PDF;
        return SP_OK;
    }
    if (begins(content, "PK\3\4", 4) || begins(content, "PK\5\6", 4)) {
        return recognise_package(content, out, err);
    }
    for (size_t i = 0; i < SP_COUNT(FOREIGN); i++) {
        const struct signature *signature = &FOREIGN[i];
        /* Two letters begin many a text; a file of that kind also has zero bytes. */
        bool sure = signature->length > 2 ||
                    memchr(content.data, '\0', content.length < 64 ? content.length : 64) != NULL;
        if (sure && begins(content, signature->bytes, signature->length)) {
            return fail_foreign(signature->polish, signature->english, err);
        }
    }
    return recognise_text(content, out, err);
}

enum sp_status sp_document_recognise(struct sp_view content, const char *file_name,
                                     enum sp_document_format *out, struct sp_error *err)
{
    enum sp_status status = recognise(content, out, err);
    if (status != SP_OK && file_name != NULL && *file_name != '\0') {
        sp_error_prefix(err, file_name);
    }
    return status;
}
