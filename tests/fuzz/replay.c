/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Runs a fuzz target over a corpus folder in plain CTest, each file whole and cut at a few places,
 * so that a target cannot rot between fuzzing sessions.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_CASE_BYTES = 4 * 1024 * 1024 };

static void run_exact(const char *data, size_t size)
{
    /* A copy of the exact size, so that ASan sees a read past the end. */
    uint8_t *copy = malloc(size == 0 ? 1 : size);
    if (copy == NULL) {
        exit(1);
    }
    memcpy(copy, data, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

int main(int argc, char **argv)
{
    DIR *folder = argc > 1 ? opendir(argv[1]) : NULL;
    if (folder == NULL) {
        (void)fprintf(stderr, "usage: %s CORPUS-FOLDER\n", argv[0]);
        return 1;
    }
    int count = 0;
    run_exact("", 0);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char path[4096];
        char *data = NULL;
        size_t size = 0;
        if (entry->d_name[0] == '.' ||
            sp_file_join(argv[1], entry->d_name, path, sizeof path) != SP_OK ||
            sp_file_read(path, MAX_CASE_BYTES, &data, &size, NULL) != SP_OK) {
            continue;
        }
        for (size_t cut = 1; cut <= 8; cut++) {
            run_exact(data, size * cut / 8);
        }
        sp_free(data);
        count++;
    }
    (void)closedir(folder);
    (void)printf("%d corpus files\n", count);
    return count > 0 ? 0 : 1;
}
