/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * spoina-region: the fictional region as JSON lines, one spoina.v1.Entity a line, on standard
 * output.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "proto/codec/message.h"
#include "tools/region/region.h"

enum {
    LINE_MAX_BYTES =
        1024 * 1024, /* an entity has at most SP_REGION_ARENA_BYTES, escapes included */
    PATH_MAX_BYTES = 4096,
    EXIT_USAGE = 2
};

static const char HELP[] =
    "spoina-region - zmyślony region: jeden podmiot (spoina.v1.Entity, proto3 JSON) w wierszu\n"
    "               an invented region: one entity a line\n"
    "\n"
    "  --entities N   ile podmiotów / how many entities (600)\n"
    "  --offers N     ile ofert razem / how many offers in all (2000)\n"
    "  --seed S       ziarno losowania / seed (2026)\n"
    "  --today DATE   dzień, wokół którego leżą daty, RRRR-MM-DD (dziś) / day of reference "
    "(today)\n"
    "  --share DIR    tablice / tables ($SPOINA_SHARE, ../share/spoina)\n"
    "  --help\n";

struct arguments {
    struct sp_region_options options;
    const char *share;
    bool help;
};

static enum sp_status read_number(const char *option, const char *text, uint64_t most,
                                  uint64_t *out, struct sp_error *err)
{
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || value > most) {
        return SP_FAIL(err, SP_INVALID, option, "%s: zła liczba „%s”.", "%s: bad number \"%s\".",
                       option, text);
    }
    *out = value;
    return SP_OK;
}

static enum sp_status read_option(int option, const char *text, struct arguments *out,
                                  struct sp_error *err)
{
    uint64_t value = 0;
    enum sp_status status = SP_OK;
    switch (option) {
    case 'e':
        status = read_number("--entities", text, UINT32_MAX, &value, err);
        out->options.entities = (uint32_t)value;
        return status;
    case 'o':
        status = read_number("--offers", text, UINT32_MAX, &value, err);
        out->options.offers = (uint32_t)value;
        return status;
    case 's':
        return read_number("--seed", text, UINT64_MAX, &out->options.seed, err);
    case 't':
        if (!sp_day_parse(sp_view_of(text), &out->options.today)) {
            return SP_FAIL(err, SP_INVALID, "--today", "--today: zła data „%s” (RRRR-MM-DD).",
                           "--today: bad date \"%s\" (YYYY-MM-DD).", text);
        }
        return SP_OK;
    case 'S':
        out->share = text;
        return SP_OK;
    case 'h':
        out->help = true;
        return SP_OK;
    default:
        return SP_FAIL(err, SP_INVALID, "", "Nieznana opcja; --help pokaże znane.",
                       "Unknown option; --help shows the known ones.");
    }
}

static enum sp_status read_arguments(int argc, char **argv, struct arguments *out,
                                     struct sp_error *err)
{
    static const struct option options[] = {{"entities", required_argument, NULL, 'e'},
                                            {"offers", required_argument, NULL, 'o'},
                                            {"seed", required_argument, NULL, 's'},
                                            {"today", required_argument, NULL, 't'},
                                            {"share", required_argument, NULL, 'S'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    enum sp_status status = SP_OK;
    *out = (struct arguments){.options = {.seed = SP_REGION_SEED,
                                          .entities = SP_REGION_ENTITIES,
                                          .offers = SP_REGION_OFFERS,
                                          .today = sp_day_from_unix((int64_t)time(NULL))},
                              .share = getenv("SPOINA_SHARE")};
    opterr = 0;
    for (int option = getopt_long(argc, argv, "", options, NULL); option != -1 && status == SP_OK;
         option = getopt_long(argc, argv, "", options, NULL)) {
        status = read_option(option, optarg, out, err);
    }
    if (status == SP_OK && optind < argc) {
        return SP_FAIL(err, SP_INVALID, argv[optind], "Nieoczekiwany argument „%s”.",
                       "Unexpected argument \"%s\".", argv[optind]);
    }
    return status;
}

/* "<directory of the program>/../share/spoina" */
static const char *default_share(const char *program, char *out, size_t size)
{
    const char *slash = strrchr(program, '/');
    int length = slash == NULL ? 1 : (int)(slash - program);
    int written =
        snprintf(out, size, "%.*s/../share/spoina", length, slash == NULL ? "." : program);
    return written > 0 && (size_t)written < size ? out : "";
}

static enum sp_status write_line(void *context, const Spoina__V1__Entity *entity,
                                 struct sp_error *err)
{
    struct sp_buffer *line = context;
    sp_buffer_clear(line);
    enum sp_status status = sp_message_to_json(&entity->base, 0, line, err);
    if (status != SP_OK) {
        return status;
    }
    sp_buffer_add_char(line, '\n');
    if (line->status != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    if (fwrite(line->data, 1, line->length, stdout) != line->length) {
        return SP_FAIL(err, SP_IO, "stdout", "Nie udało się pisać: %s.", "Cannot write: %s.",
                       strerror(errno));
    }
    return SP_OK;
}

static enum sp_status run(const struct arguments *arguments, struct sp_error *err)
{
    struct sp_region *region = NULL;
    struct sp_buffer line;
    enum sp_status status = sp_region_open(arguments->share, &region, err);
    sp_buffer_init(&line, LINE_MAX_BYTES);
    if (status == SP_OK) {
        status = sp_region_generate(region, &arguments->options, write_line, &line, err);
    }
    if (status == SP_OK && fflush(stdout) != 0) {
        status = SP_FAIL(err, SP_IO, "stdout", "Nie udało się pisać: %s.", "Cannot write: %s.",
                         strerror(errno));
    }
    sp_buffer_release(&line);
    sp_region_close(region);
    return status;
}

int main(int argc, char **argv)
{
    char share[PATH_MAX_BYTES];
    struct arguments arguments;
    struct sp_error err = {.status = SP_OK};
    enum sp_status status = read_arguments(argc, argv, &arguments, &err);
    if (status == SP_OK && arguments.help) {
        (void)fputs(HELP, stdout);
        return EXIT_SUCCESS;
    }
    if (status == SP_OK) {
        if (arguments.share == NULL) {
            arguments.share = default_share(argv[0], share, sizeof share);
        }
        status = run(&arguments, &err);
    }
    if (status == SP_OK) {
        return EXIT_SUCCESS;
    }
    (void)fprintf(stderr, "spoina-region: %s\n               %s\n", err.polish, err.english);
    return status == SP_INVALID ? EXIT_USAGE : EXIT_FAILURE;
}
