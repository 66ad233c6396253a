/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * labelled SHARE LABELS NOTICES [0|1]: precision and recall of each kind of fact on sentences that
 * a person has labelled (labels.h); with a half named, its mistakes first.
 */
#include <stdio.h>
#include <stdlib.h>

#include "benchmarks/extraction/labels.h"
#include "benchmarks/extraction/opened.h"

static void print_ratio(unsigned part, unsigned whole)
{
    if (whole == 0) {
        printf("     -");
    } else {
        printf("  %4.2f", (double)part / whole);
    }
}

static void print_row(const char *name, const struct sp_label_tally *tally)
{
    if (tally->labelled + tally->found == 0) {
        return;
    }
    printf("%-24s %8u %6u %6u ", name, tally->labelled, tally->found, tally->right);
    print_ratio(tally->right, tally->found);
    print_ratio(tally->right, tally->labelled);
    printf("\n");
}

static void print_half(const struct sp_label_figures *figures, size_t half)
{
    struct sp_label_tally all = {0};
    printf("%s half: %u sentences\n%-24s labelled  found  right  prec. recall\n",
           half == 0 ? "Tuning" : "Held-out", figures->sentences[half], "kind");
    for (size_t kind = 0; sp_label_kind_name(kind) != NULL; kind++) {
        const struct sp_label_tally *tally = &figures->of[half][kind];
        print_row(sp_label_kind_name(kind), tally);
        if (kind < SP_FACT_KINDS) {
            all.labelled += tally->labelled;
            all.found += tally->found;
            all.right += tally->right;
        }
    }
    print_row("all", &all);
    printf("\n");
}

int main(int count, char **arguments)
{
    struct sp_error err = {.status = SP_OK};
    struct sp_extraction_opened opened = {.language = NULL};
    struct sp_label_figures figures;
    if (count != 4 && count != 5) {
        (void)fputs("Usage: labelled SHARE LABELS NOTICES [0|1]\n", stderr);
        return 2;
    }
    size_t half = count == 5 ? strtoul(arguments[4], NULL, 10) : SP_LABEL_HALVES;
    enum sp_status status = sp_extraction_open(arguments[1], &opened, &err);
    if (status == SP_OK) {
        struct sp_extraction_tools tools = sp_extraction_tools_of(&opened);
        status =
            sp_labels_measure(&tools, arguments[2], arguments[3], half, stdout, &figures, &err);
    }
    sp_extraction_close(&opened);
    if (status != SP_OK) {
        (void)fprintf(stderr, "%s: %s\n", err.place, err.english);
        return 1;
    }
    print_half(&figures, 0);
    print_half(&figures, 1);
    printf("Sentences not found in their documents: %u\n", figures.lost);
    return figures.lost == 0 ? 0 : 1;
}
