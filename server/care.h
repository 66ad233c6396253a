/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the operator does with a data directory from the command line: spoinad backup, restore,
 * check.
 *
 * Exit codes: 0 done and sound; 1 not done (no room, no such file, a server runs, ...); 2 wrong
 * arguments; 3 the data are damaged.
 */
#ifndef SP_SERVER_CARE_H
#define SP_SERVER_CARE_H

#include <stdbool.h>

/** Is @p command one of ours? */
bool sp_care_knows(const char *command);

/** Run `spoinad COMMAND ...`; argv[1] is the command. @return the exit code */
int sp_care_main(int argc, char **argv);

#endif
