/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Fuzzes the reader of notices.
 *
 * Property: any bytes are read or refused with an error in both languages, within a bounded arena;
 * every text of an accepted draft is well-formed UTF-8 within its limit, every date is a date,
 * every code has eight digits.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/utf8.h"
#include "matcher/tender/notice.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { ARENA_BYTES = 16 << 20 };

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_text(const char *text)
{
    struct sp_view view = sp_view_of(text);
    require(text != NULL && view.length <= SP_NOTICE_TEXT_MAX_BYTES);
    require(sp_utf8_check(view) == view.length);
}

static void check_texts(char **items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        require(*items[i] != '\0');
        check_text(items[i]);
    }
}

static void check_codes(char **items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        require(strlen(items[i]) == 8 && strspn(items[i], "0123456789") == 8);
    }
}

static void check_date(const char *date)
{
    sp_day day = 0;
    require(*date == '\0' || sp_day_parse(sp_view_of(date), &day));
}

static void check_lot(const Spoina__V1__Lot *lot)
{
    check_text(lot->id);
    check_text(lot->title);
    check_text(lot->description);
    check_codes(lot->cpv, lot->n_cpv);
    check_texts(lot->places, lot->n_places);
    check_date(lot->from);
    check_date(lot->to);
    require(lot->value_grosz >= 0);
}

static void check_draft(const Spoina__V1__Draft *draft)
{
    check_text(draft->title);
    check_text(draft->description);
    check_text(draft->reference);
    check_text(draft->currency);
    check_codes(draft->cpv, draft->n_cpv);
    check_texts(draft->places, draft->n_places);
    check_date(draft->published_on);
    check_date(draft->deadline);
    if (draft->buyer != NULL) {
        check_text(draft->buyer->name);
        check_text(draft->buyer->town);
        check_text(draft->buyer->nuts);
        check_text(draft->buyer->national_id);
    }
    require(*draft->title != '\0' || draft->n_cpv > 0 || draft->n_lots > 0);
    for (size_t i = 0; i < draft->n_lots; i++) {
        check_lot(draft->lots[i]);
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    sp_notice_setup();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    struct sp_draft_warnings warnings = {.arena = arena};
    Spoina__V1__Draft *draft = NULL;
    struct sp_error error = {0};
    struct sp_view content = sp_view_from((const char *)data, size);
    enum sp_status status = sp_notice_read(content, arena, &warnings, &draft, &error);
    if (status == SP_OK) {
        check_draft(draft);
        for (size_t i = 0; i < warnings.count; i++) {
            check_text(warnings.items[i]->place);
            check_text(warnings.items[i]->text);
        }
    } else {
        require(error.status == status && error.polish[0] != '\0' && error.english[0] != '\0');
        check_text(error.polish);
        check_text(error.english);
    }
    sp_arena_free(arena);
    return 0;
}
