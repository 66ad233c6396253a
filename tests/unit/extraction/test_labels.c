/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Real sentences with the facts that a person found in them, where the notices are at hand
 * (SPOINA_SHARED): what was once right stays right. The figures are in docs/reading.md.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <unistd.h>

#include "base/file.h"
#include "benchmarks/extraction/labels.h"
#include "benchmarks/extraction/opened.h"

enum { HELD_PRECISION = 85, HELD_RECALL = 85 }; /* after mending on it too, see docs/reading.md */

static const char *labels_path;

/** Facts right of those found and of those labelled, in percent, over all kinds of one half. */
static void expect(const struct sp_label_figures *figures, size_t half, unsigned precision,
                   unsigned recall)
{
    struct sp_label_tally all = {0};
    for (size_t kind = 0; kind < SP_FACT_KINDS; kind++) {
        all.labelled += figures->of[half][kind].labelled;
        all.found += figures->of[half][kind].found;
        all.right += figures->of[half][kind].right;
    }
    print_message("half %zu: %u labelled, %u found, %u right\n", half, all.labelled, all.found,
                  all.right);
    assert_true(100 * all.right >= precision * all.found);
    assert_true(100 * all.right >= recall * all.labelled);
}

static void labelled_facts_are_found(void **state)
{
    char notices[1024];
    const char *shared = getenv("SPOINA_SHARED");
    struct sp_extraction_opened opened;
    struct sp_label_figures figures;
    struct sp_error err = {0};
    (void)state;
    (void)snprintf(notices, sizeof notices, "%s/data/notices", shared == NULL ? "" : shared);
    if (shared == NULL || access(notices, R_OK) != 0) {
        print_message("SPOINA_SHARED has no data/notices: labelled sentences not checked\n");
        skip();
    }
    assert_int_equal(sp_extraction_open(getenv("SPOINA_SHARE"), &opened, &err), SP_OK);
    struct sp_extraction_tools tools = sp_extraction_tools_of(&opened);
    if (sp_labels_measure(&tools, labels_path, notices, SP_LABEL_HALVES, NULL, &figures, &err) !=
        SP_OK) {
        fail_msg("%s: %s", err.place, err.english);
    }
    sp_extraction_close(&opened);
    assert_int_equal(figures.lost, 0);
    assert_true(figures.sentences[0] + figures.sentences[1] >= 200);
    expect(&figures, 0, 90, 85);
    expect(&figures, 1, HELD_PRECISION, HELD_RECALL);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(labelled_facts_are_found)};
    labels_path = count > 1 ? arguments[1] : "labels.tsv";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
