/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Power cuts under write load: fault_power_cuts [--cuts N] [--seed S] [--lying-disk]
 *
 * Each round opens the store, writes groups of changes, loses power at a random call that changes a
 * file (also while opening, checkpointing and closing), opens again and checks: every acknowledged
 * change is there, the group at hand is there whole or not at all, sp_store_verify() finds nothing.
 * With --lying-disk syncs keep nothing: then losses must be found, else this program is blind.
 *
 * Exit code: 0 as it should be, 1 not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "matcher/language/language.h"
#include "tests/fault/fault_disk.h"
#include "tests/fault/workload.h"

enum {
    CALLS_MAX = 400,   /* until the cut: opening takes about 20, a group 10 to 60 */
    ROUNDS_A_LIFE = 50 /* then the store begins anew */
};

struct tally {
    long cuts;
    long lost;
    long corrupt;
    long in_opening;
    long groups;
    long records;
};

struct run {
    struct sp_store_options options;
    struct workload load;
    struct tally tally;
    uint64_t seed;
    bool expects_loss;
};

static const char *const FILES[] = {"catalogue.sqlite", "catalogue.sqlite-wal",
                                    "catalogue.sqlite-shm", "catalogue.sqlite-journal",
                                    "catalogue.lock"};

static void remove_files(const char *directory)
{
    for (size_t i = 0; i < SP_COUNT(FILES); i++) {
        char path[512];
        (void)snprintf(path, sizeof path, "%s/%s", directory, FILES[i]);
        (void)unlink(path);
    }
    fault_disk_clear();
}

/** Write until the lights go out, or for so many groups. */
static void write_until_cut(struct run *run, long after)
{
    struct sp_store *store = NULL;
    fault_disk_plan(FAULT_POWER, after, false);
    enum sp_status status = sp_store_open(&run->options, &store, NULL);
    if (status != SP_OK) {
        run->tally.in_opening++;
        return;
    }
    while (status == SP_OK && !fault_disk_fired()) {
        status = workload_step(&run->load, store, NULL);
    }
    sp_store_close(store);
}

/** Open after the cut and look. @return false: the store must begin anew */
static bool look(struct run *run)
{
    struct sp_store *store = NULL;
    struct sp_error err = {0};
    enum sp_status status = sp_store_open(&run->options, &store, &err);
    enum sp_status compared = status == SP_OK ? workload_compare(&run->load, store, &err) : status;
    enum sp_status verified = status == SP_OK ? sp_store_verify(store, &err) : status;
    sp_store_close(store);
    run->tally.lost += compared == SP_NOT_FOUND;
    run->tally.corrupt += verified != SP_OK || (compared != SP_OK && compared != SP_NOT_FOUND);
    bool good = compared == SP_OK && verified == SP_OK;
    if (!good && !run->expects_loss) {
        (void)fprintf(stderr, "cut %ld: %s: %s\n", run->tally.cuts, err.place, err.english);
    }
    return good;
}

static void begin_life(struct run *run)
{
    run->tally.groups += run->load.groups;
    run->tally.records += run->load.records;
    workload_init(&run->load, run->seed + (uint64_t)run->tally.cuts);
    remove_files(run->options.directory);
}

static void cut_all(struct run *run, long cuts)
{
    begin_life(run);
    for (; run->tally.cuts < cuts; run->tally.cuts++) {
        if (run->tally.cuts % ROUNDS_A_LIFE == ROUNDS_A_LIFE - 1) {
            begin_life(run);
        }
        write_until_cut(run, (long)workload_draw(&run->load, CALLS_MAX));
        fault_disk_after_cut(run->seed + (uint64_t)run->tally.cuts);
        if (!look(run)) {
            begin_life(run);
        }
    }
    begin_life(run);
}

static bool parse(int argc, char **argv, long *cuts, struct run *run)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--lying-disk") == 0) {
            run->expects_loss = true;
        } else if (strcmp(argv[i], "--cuts") == 0 && i + 1 < argc) {
            *cuts = strtol(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc) {
            run->seed = strtoull(argv[++i], NULL, 10);
        } else {
            (void)fprintf(stderr, "fault_power_cuts [--cuts N] [--seed S] [--lying-disk]\n");
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    char directory[] = "/tmp/spoina-power-XXXXXX";
    struct run run = {.seed = 1};
    struct sp_language *language = NULL;
    struct sp_error err = {0};
    const char *share = getenv("SPOINA_SHARE");
    long cuts = 1000;
    if (!parse(argc, argv, &cuts, &run)) {
        return 2;
    }
    if (share == NULL || sp_language_open(share, &language, &err) != SP_OK ||
        mkdtemp(directory) == NULL || !fault_disk_install()) {
        (void)fprintf(stderr, "SPOINA_SHARE: %s\n", err.english);
        return 1;
    }
    run.options = (struct sp_store_options){.directory = directory, .language = language};
    fault_disk_lie(run.expects_loss);
    cut_all(&run, cuts);
    fault_disk_lie(false);
    remove_files(directory);
    (void)rmdir(directory);
    sp_language_free(language);
    struct tally *tally = &run.tally;
    (void)printf("seed %llu: %ld cuts (%ld while opening), %ld groups with %ld changes "
                 "acknowledged: %ld cuts lost acknowledged changes, %ld left a fault\n",
                 (unsigned long long)run.seed, tally->cuts, tally->in_opening, tally->groups,
                 tally->records, tally->lost, tally->corrupt);
    bool loss = tally->lost + tally->corrupt > 0;
    return loss == run.expects_loss ? 0 : 1;
}
