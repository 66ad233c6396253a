/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a call costs on the wire: requests a second and CPU a request of one unary call of spoinad,
 * beside nginx serving a static file of exactly the answer's bytes, in interleaved rounds of one
 * run.
 *
 *     wire --data DIR [--path /pkg.Service/Method] [--body JSON] [--seconds S] [--rounds N]
 *          [--connections N] [--workers N] [--spoinad PROGRAM] [--nginx PROGRAM]
 *
 * CPU is that of the server process alone (/proc/PID/stat), so that the client, which shares the
 * machine, does not count; rates do suffer from it. The median of the rounds is reported. Without
 * nginx the ratio is left out, and said to be.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "benchmarks/wire/load.h"
#include "benchmarks/wire/process.h"

enum { MAX_ROUNDS = 31, PATH_BYTES = 4096, SUBJECTS = 3, BODY_MAX_BYTES = 4 << 20 };

struct setting {
    const char *data;
    const char *path;
    const char *body;
    const char *spoinad;
    const char *nginx;
    double seconds;
    unsigned rounds;
    unsigned connections;
    unsigned workers;
};

/* What is measured: one request to one server. */
struct subject {
    const char *name;
    const struct child *server;
    struct sp_buffer request;
    double rate[MAX_ROUNDS];   /* requests a second */
    double cpu_us[MAX_ROUNDS]; /* of the server, a request */
    double p50_us[MAX_ROUNDS];
    double p99_us[MAX_ROUNDS];
};

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(const double *values, unsigned count)
{
    double sorted[MAX_ROUNDS];
    memcpy(sorted, values, count * sizeof *values);
    qsort(sorted, count, sizeof *sorted, by_value);
    return sorted[count / 2];
}

static bool read_arguments(int argc, char **argv, struct setting *setting)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *name = argv[i];
        const char *value = argv[i + 1];
        if (strcmp(name, "--data") == 0) {
            setting->data = value;
        } else if (strcmp(name, "--path") == 0) {
            setting->path = value;
        } else if (strcmp(name, "--body") == 0) {
            setting->body = value;
        } else if (strcmp(name, "--spoinad") == 0) {
            setting->spoinad = value;
        } else if (strcmp(name, "--nginx") == 0) {
            setting->nginx = value;
        } else if (strcmp(name, "--seconds") == 0) {
            setting->seconds = strtod(value, NULL);
        } else if (strcmp(name, "--rounds") == 0) {
            setting->rounds = (unsigned)strtoul(value, NULL, 10);
        } else if (strcmp(name, "--connections") == 0) {
            setting->connections = (unsigned)strtoul(value, NULL, 10);
        } else if (strcmp(name, "--workers") == 0) {
            setting->workers = (unsigned)strtoul(value, NULL, 10);
        } else {
            return false;
        }
    }
    return argc % 2 == 1 && setting->data != NULL && setting->rounds >= 1 &&
           setting->rounds <= MAX_ROUNDS && setting->connections >= 1 &&
           setting->connections <= 150 && setting->seconds > 0;
}

static void describe_machine(const struct setting *setting)
{
    struct utsname system;
    char line[256];
    FILE *in = fopen("/proc/cpuinfo", "r");
    const char *model = "?";
    while (in != NULL && fgets(line, sizeof line, in) != NULL) {
        if (strncmp(line, "model name", 10) == 0 && strchr(line, ':') != NULL) {
            line[strcspn(line, "\n")] = '\0';
            model = strchr(line, ':') + 2;
            break;
        }
    }
    (void)uname(&system);
    (void)printf("machine: %s, %ld processors, %s %s; compiler %s\n", model,
                 sysconf(_SC_NPROCESSORS_ONLN), system.sysname, system.release, __VERSION__);
    (void)printf("load: %u connections, %u rounds of %.1f s, %u workers\n", setting->connections,
                 setting->rounds, setting->seconds, setting->workers);
    if (in != NULL) {
        (void)fclose(in);
    }
}

/* Measure one round; false if any request failed: then there is no figure. */
static bool measure(struct subject *subject, const struct setting *setting, unsigned round)
{
    struct load_result result;
    double before = child_cpu_seconds(subject->server);
    if (load_run(subject->server->port, sp_buffer_view(&subject->request), setting->connections,
                 setting->seconds, &result) != SP_OK ||
        result.failures > 0 || result.requests == 0) {
        (void)fprintf(stderr, "%s: failed\n", subject->name);
        return false;
    }
    double used = child_cpu_seconds(subject->server) - before;
    subject->rate[round] = (double)result.requests / result.seconds;
    subject->cpu_us[round] = used * 1e6 / (double)result.requests;
    subject->p50_us[round] = result.p50_us;
    subject->p99_us[round] = result.p99_us;
    return true;
}

static void report(const struct subject *subjects, unsigned count, unsigned rounds, size_t size)
{
    (void)printf("answer: %zu bytes of body\n\n%-22s %12s %14s %8s %8s\n", size, "", "requests/s",
                 "CPU us/request", "p50 us", "p99 us");
    for (unsigned i = 0; i < count; i++) {
        (void)printf("%-22s %12.0f %14.2f %8.0f %8.0f\n", subjects[i].name,
                     median(subjects[i].rate, rounds), median(subjects[i].cpu_us, rounds),
                     median(subjects[i].p50_us, rounds), median(subjects[i].p99_us, rounds));
    }
    if (count < SUBJECTS) {
        (void)printf("\nnginx is not there: no ratio\n");
        return;
    }
    const struct subject *peer = &subjects[SUBJECTS - 1];
    (void)printf("\n");
    for (unsigned i = 0; i < SUBJECTS - 1; i++) {
        double rates[MAX_ROUNDS];
        double costs[MAX_ROUNDS];
        for (unsigned round = 0; round < rounds; round++) {
            rates[round] = subjects[i].rate[round] / peer->rate[round];
            costs[round] = subjects[i].cpu_us[round] / peer->cpu_us[round];
        }
        (void)printf("%s : nginx   requests/s %.2f   CPU/request %.2f\n", subjects[i].name,
                     median(rates, rounds), median(costs, rounds));
    }
}

/* The file that nginx serves: FOLDER/www/answer.json. */
static enum sp_status write_answer(const char *folder, struct sp_view body)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/www", folder);
    if (mkdir(path, 0755) != 0) {
        return SP_IO;
    }
    (void)snprintf(path, sizeof path, "%s/www/answer.json", folder);
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        return SP_IO;
    }
    bool written = fwrite(body.data, 1, body.length, out) == body.length;
    return fclose(out) == 0 && written ? SP_OK : SP_IO;
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {"www/answer.json",
                                        "www",
                                        "nginx.conf",
                                        "nginx.pid",
                                        "error.log",
                                        "t1",
                                        "t2",
                                        "t3",
                                        "t4",
                                        "t5",
                                        ""};
    for (size_t i = 0; i < SP_COUNT(names); i++) {
        char path[PATH_BYTES];
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)remove(path);
    }
}

static void fill_requests(const struct setting *setting, struct subject *subjects)
{
    for (unsigned i = 0; i < SUBJECTS; i++) {
        sp_buffer_init(&subjects[i].request, BODY_MAX_BYTES);
    }
    sp_buffer_printf(&subjects[0].request,
                     "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                     "Content-Length: %zu\r\n\r\n%s",
                     setting->path, strlen(setting->body), setting->body);
    sp_buffer_add_text(&subjects[1].request, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    sp_buffer_add_text(&subjects[2].request,
                       "GET /answer.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

static bool run(const struct setting *setting, struct subject *subjects, struct child *spoinad,
                struct child *nginx, const char *folder)
{
    struct sp_buffer body;
    sp_buffer_init(&body, BODY_MAX_BYTES);
    bool good =
        child_start_spoinad(setting->spoinad, setting->data, setting->workers, spoinad) == SP_OK;
    if (good && load_once(spoinad->port, sp_buffer_view(&subjects[0].request), &body) != SP_OK) {
        (void)fprintf(stderr, "%s: %s\n", setting->path,
                      body.length == 0 ? "no answer" : body.data);
        good = false;
    }
    good = good && write_answer(folder, sp_buffer_view(&body)) == SP_OK;
    enum sp_status peer = good ? child_start_nginx(setting->nginx, folder, nginx) : SP_IO;
    unsigned count = peer == SP_OK ? SUBJECTS : SUBJECTS - 1;
    good = good && (peer == SP_OK || peer == SP_NOT_FOUND);
    /* Round 0 also warms up; the median of several leaves it out. */
    for (unsigned round = 0; good && round < setting->rounds; round++) {
        for (unsigned i = 0; good && i < count; i++) {
            good = measure(&subjects[i], setting, round);
        }
    }
    if (good) {
        report(subjects, count, setting->rounds, body.length);
    }
    sp_buffer_release(&body);
    return good;
}

/* Our own folder's spoinad. */
static void beside_this_program(char *out, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", out, size - 16);
    out[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(out, '/');
    (void)strcpy(slash == NULL ? out : slash + 1, "spoinad");
}

int main(int argc, char **argv)
{
    char program[PATH_BYTES];
    char folder[] = "/tmp/spoina-wire-XXXXXX";
    struct setting setting = {.path = "/spoina.v1.CatalogueService/SearchCatalogue",
                              .body = "{\"query\":\"catering dla seniorów\",\"limit\":1}",
                              .spoinad = program,
                              .nginx = "/usr/sbin/nginx",
                              .seconds = 3,
                              .rounds = 5,
                              .connections = 32,
                              .workers = 2};
    struct child spoinad = {0};
    struct child nginx = {0};
    struct subject subjects[SUBJECTS] = {{.name = "spoinad, the call", .server = &spoinad},
                                         {.name = "spoinad, /healthz", .server = &spoinad},
                                         {.name = "nginx, static file", .server = &nginx}};
    beside_this_program(program, sizeof program);
    if (!read_arguments(argc, argv, &setting) || mkdtemp(folder) == NULL) {
        (void)fprintf(stderr, "usage: wire --data DIR [--path P] [--body JSON] [--seconds S] "
                              "[--rounds N] [--connections N] [--workers N] [--spoinad PROGRAM] "
                              "[--nginx PROGRAM]\n");
        return 2;
    }
    (void)printf("call: %s %s\n", setting.path, setting.body);
    describe_machine(&setting);
    (void)fflush(stdout);
    fill_requests(&setting, subjects);
    bool good = run(&setting, subjects, &spoinad, &nginx, folder);
    child_stop(&nginx);
    child_stop(&spoinad);
    for (unsigned i = 0; i < SUBJECTS; i++) {
        sp_buffer_release(&subjects[i].request);
    }
    remove_folder(folder);
    return good ? 0 : 1;
}
