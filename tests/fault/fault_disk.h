/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A disk that fails on command: an SQLite VFS over the real one.
 *
 * What is written goes to the real file at once (the page cache, which a killed process does not
 * lose) and is also kept apart until the file is synced. A power cut puts every file back to what
 * was synced, and of what was not it keeps what chance decides: each sector of each write is kept,
 * lost or torn by itself, sizes and names of files too, in any order. From the cut on all calls
 * fail.
 *
 * What is real: files, locks, shared memory. What is not: fsync, which is only counted, so that
 * thousands of cuts take minutes.
 *
 * Not thread-safe. One disk a process, since SQLite knows a VFS by its name.
 */
#ifndef SP_TESTS_FAULT_DISK_H
#define SP_TESTS_FAULT_DISK_H

#include <stdbool.h>
#include <stdint.h>

enum fault_kind {
    FAULT_NONE,
    FAULT_POWER,      /* everything fails from the call on */
    FAULT_IO_ONCE,    /* the one call fails */
    FAULT_IO,         /* this call and all that change a file after it */
    FAULT_FULL,       /* as FAULT_IO, as if the disk were full; syncs and deletions work */
    FAULT_SHORT_WRITE /* as FAULT_FULL, but the first write gets half of its bytes in */
};

struct fault_disk_counts {
    long writes;
    long syncs;
    long calls; /* that change a file: write, truncate, sync, delete, and opening a new one */
    long reads;
};

/** Make the disk the default VFS of SQLite. @return false if SQLite refuses */
bool fault_disk_install(void);

/** Let the calls that change a file count down: the @p after-th from now (0: the next) fails.
 *  FAULT_NONE takes the fault away. @param reads  let calls that read fail instead */
void fault_disk_plan(enum fault_kind kind, long after, bool reads);

/** Has the fault of the plan been met? */
bool fault_disk_fired(void);

/** Syncs say that they worked, and keep nothing: the control, which must lose data. */
void fault_disk_lie(bool lying);

/** Finish a power cut once all connections are closed: leave on the real disk what outlived it.
 *  @param seed  chooses which unsynced sectors do */
void fault_disk_after_cut(uint64_t seed);

/** Forget all files; call it when they are removed. */
void fault_disk_clear(void);

struct fault_disk_counts fault_disk_counts(void);

#endif
