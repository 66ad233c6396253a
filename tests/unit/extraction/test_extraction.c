/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Sentences of cases.txt and the facts that are in them: "> sentence", then one fact a line. All
 * facts must be found, and no other.
 */
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/extraction/complete.h"
#include "matcher/extraction/cues.h"
#include "tests/lib/fault.h"
#include "tests/unit/vocabulary/opened.h"

static struct {
    struct opened all;
    struct sp_rulebook *rulebook;
    struct sp_cue_table *cues;
    const char *cases; /* path */
} fixture;

static int open_once(void **state)
{
    struct sp_error err = {0};
    (void)state;
    open_all(&fixture.all);
    const char *share = getenv("SPOINA_SHARE");
    assert_ok(sp_rulebook_open(share, &fixture.rulebook, &err), err);
    assert_ok(sp_cue_table_open(share, fixture.all.analyser, &fixture.cues, &err), err);
    return 0;
}

static int close_once(void **state)
{
    (void)state;
    sp_cue_table_free(fixture.cues);
    sp_rulebook_free(fixture.rulebook);
    close_all(&fixture.all);
    return 0;
}

static struct sp_extraction_tools tools(void)
{
    return (struct sp_extraction_tools){fixture.all.analyser, fixture.all.vocabulary, fixture.cues,
                                        fixture.rulebook, sp_view_of("02")};
}

static struct sp_fact_list extract(struct sp_view text)
{
    struct sp_extraction_tools with = tools();
    struct sp_fact_list facts = {NULL, 0};
    struct sp_error err = {0};
    sp_arena_reset(fixture.all.arena);
    assert_ok(sp_extract(&with, text, fixture.all.arena, &facts, &err), err);
    return facts;
}

/** Cut one line off @p rest. */
static struct sp_view next_line(struct sp_view *rest)
{
    const char *end = memchr(rest->data, '\n', rest->length);
    size_t length = end == NULL ? rest->length : (size_t)(end - rest->data);
    struct sp_view line = sp_view_from(rest->data, length);
    size_t skip = end == NULL ? length : length + 1;
    *rest = sp_view_from(rest->data + skip, rest->length - skip);
    return line;
}

static void every_case_gives_its_facts(void **state)
{
    char *file = NULL;
    size_t length = 0;
    struct sp_error err = {0};
    size_t cases = 0;
    size_t wrong = 0;
    (void)state;
    assert_ok(sp_file_read(fixture.cases, 1 << 20, &file, &length, &err), err);
    struct sp_view rest = sp_view_from(file, length);
    while (rest.length > 0) {
        struct sp_view line = next_line(&rest);
        if (line.length < 2 || line.data[0] != '>') {
            assert_true(line.length == 0 || line.data[0] == '#');
            continue;
        }
        struct sp_view text = sp_view_from(line.data + 2, line.length - 2);
        struct sp_fact_list facts = extract(text);
        struct sp_buffer found;
        struct sp_view wanted = sp_view_from(rest.data, 0);
        sp_buffer_init(&found, 1 << 14);
        for (size_t i = 0; i < facts.count; i++) {
            sp_fact_write(text, &facts.items[i], &found);
            sp_buffer_add_char(&found, '\n');
        }
        while (rest.length > 0 && rest.data[0] != '\n' && rest.data[0] != '>') {
            (void)next_line(&rest);
        }
        wanted.length = (size_t)(rest.data - wanted.data);
        cases++;
        if (!sp_view_equal(sp_buffer_view(&found), wanted)) {
            wrong++;
            print_message("> %.*s\nwanted:\n%.*sfound:\n%.*s\n", SP_VIEW_ARGS(text),
                          SP_VIEW_ARGS(wanted), SP_VIEW_ARGS(sp_buffer_view(&found)));
        }
        sp_buffer_release(&found);
    }
    sp_free(file);
    assert_true(cases >= 30);
    assert_int_equal(wrong, 0);
}

static void spans_are_the_words_of_the_text(void **state)
{
    (void)state;
    struct sp_view text = sp_view_of("Dostawa 45 obiadów dziennie w Legnicy.");
    struct sp_fact_list facts = extract(text);
    assert_true(facts.count >= 2);
    for (size_t i = 0; i < facts.count; i++) {
        assert_true(facts.items[i].start < facts.items[i].end);
        assert_true(facts.items[i].end <= text.length);
    }
}

static void what_is_not_utf8_is_refused(void **state)
{
    struct sp_extraction_tools with = tools();
    struct sp_fact_list facts;
    struct sp_error err = {0};
    (void)state;
    assert_int_equal(sp_extract(&with, sp_view_of("\xff\xfe"), fixture.all.arena, &facts, &err),
                     SP_INVALID);
}

static void an_empty_text_has_no_facts(void **state)
{
    (void)state;
    assert_int_equal(extract(sp_view_from("", 0)).count, 0);
    assert_int_equal(extract(sp_view_of("\n\n  \n")).count, 0);
}

/** Complete a draft with nothing but a title from @p text. */
static Spoina__V1__Draft *complete(const char *title, const char *text)
{
    struct sp_extraction_tools with = tools();
    struct sp_error err = {0};
    sp_arena_reset(fixture.all.arena);
    Spoina__V1__Draft *draft = sp_arena_alloc(fixture.all.arena, sizeof *draft);
    assert_non_null(draft);
    spoina__v1__draft__init(draft);
    draft->title = (char *)title;
    assert_ok(sp_draft_complete(&with, sp_view_of(text), draft, fixture.all.arena, &err), err);
    return draft;
}

static void a_service_with_an_amount_becomes_a_requirement(void **state)
{
    (void)state;
    Spoina__V1__Draft *draft =
        complete("Usługi opiekuńcze", "Usługi opiekuńcze w miejscu zamieszkania, 110 godzin "
                                      "miesięcznie, na terenie gminy Polkowice.\n"
                                      "Termin składania ofert: 2026-12-16.\n");
    assert_int_equal(draft->n_lots, 1);
    assert_int_equal(draft->lots[0]->n_requirements, 1);
    assert_non_null(draft->lots[0]->requirements[0]->demand);
    assert_true(draft->lots[0]->requirements[0]->demand->amount == 110);
    assert_string_equal(draft->lots[0]->requirements[0]->demand->period, "month");
    assert_int_equal(draft->lots[0]->n_places, 1);
    assert_string_equal(draft->deadline, "2026-12-16");
}

static void headings_become_lots_with_their_own_services(void **state)
{
    (void)state;
    Spoina__V1__Draft *draft = complete(
        "Utrzymanie czystości i zieleni",
        "Część 1: sprzątanie pomieszczeń biurowych, 2 800 m2\n"
        "Część 2: koszenie trawników, 6 500 m2\n"
        "Wykonawca wykaże, że jest ubezpieczony od odpowiedzialności cywilnej na kwotę co najmniej "
        "100 000 zł.\n");
    assert_int_equal(draft->n_lots, 2);
    assert_int_equal(draft->lots[0]->n_requirements, 1);
    assert_int_equal(draft->lots[1]->n_requirements, 1);
    assert_true(draft->lots[0]->requirements[0]->demand->amount == 2800);
    assert_true(draft->lots[1]->requirements[0]->demand->amount == 6500);
    assert_int_equal(draft->n_conditions, 1);
    assert_int_equal(draft->conditions[0]->grosz, 10000000);
    assert_string_equal(draft->conditions[0]->sources[0]->field, "text");
}

/** Complete a draft in an arena of its own. */
static enum sp_status complete_once(void *context)
{
    const struct sp_view *text = context;
    struct sp_extraction_tools with = tools();
    struct sp_arena *arena = sp_arena_new(16 << 20);
    Spoina__V1__Draft draft = SPOINA__V1__DRAFT__INIT;
    if (arena == NULL) {
        return SP_NOMEM;
    }
    draft.title = (char *)"Sprzątanie i koszenie";
    enum sp_status status = sp_draft_complete(&with, *text, &draft, arena, NULL);
    sp_arena_free(arena);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct sp_buffer text;
    enum sp_status seen = SP_NOMEM;
    sp_buffer_init(&text, 1 << 20);
    for (int i = 1; i <= 200; i++) { /* long enough for the arena to grow on the way */
        sp_buffer_printf(&text,
                         "Część %d: sprzątanie biur w Legnicy, %d00 m2, polisa OC na kwotę 100 000 "
                         "zł, od 1.01.2027 do 31.12.2027.\n",
                         i, i);
    }
    struct sp_view view = sp_buffer_view(&text);
    int rounds = sp_fault_sweep(complete_once, &view, 5000, &seen);
    assert_true(rounds >= 3);
    assert_int_equal(seen, SP_OK);
    sp_buffer_release(&text);
}

/** Seconds of processor time that finding takes in @p piece repeated to @p bytes. */
static double seconds_of(const char *piece, size_t bytes)
{
    struct sp_extraction_tools with = tools();
    struct sp_arena *arena = sp_arena_new((size_t)2 << 30);
    struct sp_fact_list facts;
    struct sp_error err = {0};
    struct sp_buffer text;
    assert_non_null(arena);
    sp_buffer_init(&text, 2 * bytes);
    while (text.length < bytes) {
        sp_buffer_add_text(&text, piece);
    }
    clock_t start = clock();
    assert_ok(sp_extract(&with, sp_buffer_view(&text), arena, &facts, &err), err);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    sp_buffer_release(&text);
    sp_arena_free(arena);
    return seconds;
}

static void the_time_grows_with_the_text_not_faster(void **state)
{
    /* Each would be quadratic for a finder that looks back over its sentence. */
    static const char *const PIECES[] = {"wykonał co najmniej 2 usługi ",
                                         "art. 94 ustawy ",
                                         "cena 5 % ",
                                         "polisa ",
                                         "od 1.01.2027 do ",
                                         "część 1 ",
                                         "12 miesięcy od ",
                                         "przewóz osób "};
    (void)state;
    for (size_t i = 0; i < SP_COUNT(PIECES); i++) {
        double small = seconds_of(PIECES[i], 1 << 14);
        double large = seconds_of(PIECES[i], 1 << 17);
        if (large > 30 * small + 0.2) { /* eight times the text; quadratic would be 64 */
            fail_msg("‘%s’: %.3f s, then %.3f s", PIECES[i], small, large);
        }
    }
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_gives_its_facts),
        cmocka_unit_test(spans_are_the_words_of_the_text),
        cmocka_unit_test(what_is_not_utf8_is_refused),
        cmocka_unit_test(an_empty_text_has_no_facts),
        cmocka_unit_test(a_service_with_an_amount_becomes_a_requirement),
        cmocka_unit_test(headings_become_lots_with_their_own_services),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(the_time_grows_with_the_text_not_faster),
    };
    fixture.cases = count > 1 ? arguments[1] : "cases.txt";
    return cmocka_run_group_tests(tests, open_once, close_once);
}
