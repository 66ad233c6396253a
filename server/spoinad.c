/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * spoinad, the server process: options, parts in order, the loop, and an orderly end.
 *
 * Exit codes: 0 ended by a signal, 1 could not start, 2 wrong options. SIGTERM or SIGINT: no more
 * connections, calls at hand are finished (at most --drain-seconds); a second one: at once.
 */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "server/care.h"
#include "server/connect/service.h"
#include "server/handlers/app.h"
#include "server/handlers/methods.h"
#include "server/operations/log.h"
#include "server/operations/options.h"

enum {
    PATH_BYTES = 4096,
    PAGE_BYTES = 4096,
    SPARE_FILES = 128 /* descriptors of SQLite, tables, the log; generously */
};

struct process {
    struct sp_options options;
    struct sp_loop *loop;
    struct sp_app *app;
    struct sp_service *service;
    struct sp_page pages[2];
    char start_page[PAGE_BYTES];
    bool stopping;
};

static const char START_PAGE[] =
    "<!doctype html>\n<html lang=\"pl\">\n<meta charset=\"utf-8\">\n<title>spoina</title>\n"
    "<h1>spoina</h1>\n"
    "<p>Serwer działa. Łączy ogłoszenia samorządów z ofertą podmiotów ekonomii społecznej.</p>\n"
    "<p>Zapytaj z terminala:</p>\n"
    "<pre>curl -H 'Content-Type: application/json' \\\n"
    "  -d '{\"query\": \"catering dla seniorów\", \"place\": \"Legnica\"}' \\\n"
    "  http://%s/spoina.v1.CatalogueService/SearchCatalogue</pre>\n"
    "<p>Dane oznaczone jako fikcyjne (<code>fictional</code>) są zmyślone na potrzeby pokazu.</p>\n"
    "<div lang=\"en\">\n"
    "<p>The server is running. It matches notices of local governments with what social economy\n"
    "entities offer. The command above asks it from a terminal. Records marked\n"
    "<code>fictional</code> are made up for the demo.</p>\n</div>\n</html>\n";

static void stop_loop(void *context)
{
    struct process *process = context;
    sp_loop_stop(process->loop);
}

static void on_signal(void *context)
{
    struct process *process = context;
    if (process->stopping) {
        SP_LOG(SP_LOG_WARN, "main", "event=stopping_at_once");
        sp_loop_stop(process->loop);
        return;
    }
    process->stopping = true;
    SP_LOG(SP_LOG_INFO, "main", "event=stopping");
    if (sp_loop_after(process->loop, process->options.drain_s * 1000, stop_loop, process, NULL) !=
        SP_OK) {
        sp_loop_stop(process->loop);
        return;
    }
    sp_service_stop(process->service, stop_loop, process);
}

/* Room for all connections that the options allow; fewer connections if there is none. */
static void fit_file_limit(struct sp_options *options)
{
    struct rlimit limit;
    rlim_t need = (rlim_t)(options->connections + SPARE_FILES);
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= need) {
        return;
    }
    limit.rlim_cur = need < limit.rlim_max ? need : limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < need) {
        int64_t most = (int64_t)limit.rlim_cur - SPARE_FILES;
        options->connections = most > 1 ? most : 1;
        SP_LOG(SP_LOG_WARN, "main", "event=few_files max_connections=%lld",
               (long long)options->connections);
    }
}

static enum sp_status set_log_level(const char *name, struct sp_error *err)
{
    static const char *const names[] = {"error", "warn", "info", "debug"};
    for (size_t i = 0; i < SP_COUNT(names); i++) {
        if (strcmp(name, names[i]) == 0) {
            sp_log_set_level((enum sp_log_level)i);
            return SP_OK;
        }
    }
    return SP_FAIL(err, SP_INVALID, "log", "Nieznany poziom dziennika „%s”.",
                   "Unknown log level \"%s\".", name);
}

static struct sp_service_options service_options(struct process *process)
{
    const struct sp_options *options = &process->options;
    struct sp_service_options service = {
        .listen = options->listen,
        .limits = {.connections = (unsigned)options->connections,
                   .connections_per_address = (unsigned)options->connections_per_address,
                   .idle_ms = (unsigned)options->idle_s * 1000,
                   .head_ms = (unsigned)options->head_s * 1000,
                   .body_ms = (unsigned)options->body_s * 1000,
                   .write_ms = (unsigned)options->write_s * 1000},
        .pages = process->pages,
        .page_count = SP_COUNT(process->pages),
        .call_max_ms = (unsigned)options->call_s * 1000,
        .work = {.workers = (unsigned)options->workers,
                 .queue_max = (unsigned)options->queue,
                 .batch_max = (unsigned)options->batch,
                 .hooks = sp_app_hooks(process->app)}};
    service.methods = sp_methods(&service.method_count);
    return service;
}

static enum sp_status start(struct process *process, struct sp_error *err)
{
    char share[PATH_BYTES];
    fit_file_limit(&process->options);
    enum sp_status status = sp_options_share(&process->options, share, sizeof share, err);
    if (status == SP_OK) {
        status = sp_app_open(share, process->options.data, &process->app, err);
    }
    if (status == SP_OK) {
        status = sp_loop_new(&process->loop, err);
    }
    if (status == SP_OK) {
        process->pages[0] = (struct sp_page){"/", "text/html; charset=utf-8", ""};
        process->pages[1] = (struct sp_page){"/healthz", "text/plain; charset=utf-8", "ok\n"};
        struct sp_service_options options = service_options(process);
        status = sp_service_new(process->loop, &options, &process->service, err);
    }
    if (status == SP_OK) {
        (void)snprintf(process->start_page, sizeof process->start_page, START_PAGE,
                       sp_service_address(process->service));
        process->pages[0].body = process->start_page;
        status = sp_loop_watch_signal(process->loop, SIGTERM, on_signal, process, err);
    }
    if (status == SP_OK) {
        status = sp_loop_watch_signal(process->loop, SIGINT, on_signal, process, err);
    }
    return status;
}

static int run(struct process *process)
{
    struct sp_error error = {.status = SP_OK};
    (void)signal(SIGPIPE, SIG_IGN); /* a closed socket is an error of its write */
    (void)signal(SIGXFSZ, SIG_IGN); /* and a file grown to its limit too */
    enum sp_status status = set_log_level(process->options.log, &error);
    if (status == SP_OK) {
        status = start(process, &error);
    }
    if (status == SP_OK) {
        (void)printf("spoinad: listening on http://%s\n", sp_service_address(process->service));
        (void)fflush(stdout);
        sp_loop_run(process->loop);
    } else {
        (void)fprintf(stderr, "spoinad: %s%s%s\n", error.place, error.place[0] == '\0' ? "" : ": ",
                      sp_say(sp_options_locale(), error.polish, error.english));
    }
    sp_service_free(process->service);
    sp_loop_free(process->loop);
    sp_app_close(process->app);
    if (status == SP_OK) {
        SP_LOG(SP_LOG_INFO, "main", "event=stopped");
    }
    return status == SP_OK ? 0 : 1;
}

int main(int argc, char **argv)
{
    static struct process process;
    struct sp_error error;
    if (argc > 1 && sp_care_knows(argv[1])) {
        return sp_care_main(argc, argv);
    }
    if (sp_options_parse(argc, argv, &process.options, &error) != SP_OK) {
        (void)fprintf(stderr, "spoinad: %s\n",
                      sp_say(sp_options_locale(), error.polish, error.english));
        return 2;
    }
    switch (process.options.action) {
    case SP_OPTIONS_HELP:
        sp_options_help(stdout, sp_options_locale());
        return 0;
    case SP_OPTIONS_VERSION:
        (void)puts("spoinad " SP_VERSION);
        return 0;
    case SP_OPTIONS_RUN:
        break;
    }
    return run(&process);
}
