/* SPDX-License-Identifier: EUPL-1.2 */
#include "benchmarks/wire/process.h"

#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, WAIT_STEPS = 100, WAIT_STEP_MS = 50 };

enum sp_status child_start_spoinad(const char *program, const char *data, unsigned workers,
                                   struct child *out)
{
    int ends[2];
    char count[16];
    char line[256];
    (void)snprintf(count, sizeof count, "%u", workers);
    if (pipe(ends) != 0) {
        return SP_IO;
    }
    out->pid = fork();
    if (out->pid == 0) {
        (void)dup2(ends[1], STDOUT_FILENO);
        (void)close(ends[0]);
        (void)close(ends[1]);
        (void)execl(program, program, "--data", data, "--listen", "127.0.0.1:0", "--workers", count,
                    (char *)NULL);
        _exit(127);
    }
    (void)close(ends[1]);
    FILE *said = fdopen(ends[0], "r");
    const char *colon = NULL;
    if (said != NULL && fgets(line, sizeof line, said) != NULL) {
        colon = strrchr(line, ':');
    }
    if (said != NULL) {
        (void)fclose(said);
    }
    out->port = colon == NULL ? 0 : (uint16_t)strtoul(colon + 1, NULL, 10);
    return out->port != 0 ? SP_OK : SP_IO;
}

/* A port that nobody listens on now. */
static uint16_t free_port(void)
{
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof any;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool bound = fd >= 0 && bind(fd, (struct sockaddr *)&any, sizeof any) == 0 &&
                 getsockname(fd, (struct sockaddr *)&any, &length) == 0;
    if (fd >= 0) {
        (void)close(fd);
    }
    return bound ? ntohs(any.sin_port) : 0;
}

static bool listens(uint16_t port)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool answers = fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
    if (fd >= 0) {
        (void)close(fd);
    }
    return answers;
}

static enum sp_status write_configuration(const char *folder, const char *path, uint16_t port)
{
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        return SP_IO;
    }
    (void)fprintf(out,
                  "daemon off; master_process off; worker_processes 1; error_log %s/error.log;\n"
                  "pid %s/nginx.pid; events { worker_connections 1024; }\n"
                  "http { access_log off; sendfile on; keepalive_requests 1000000000;\n"
                  "  default_type application/json;\n"
                  "  client_body_temp_path %s/t1; proxy_temp_path %s/t2; fastcgi_temp_path %s/t3;\n"
                  "  uwsgi_temp_path %s/t4; scgi_temp_path %s/t5;\n"
                  "  server { listen 127.0.0.1:%u; root %s/www; } }\n",
                  folder, folder, folder, folder, folder, folder, folder, (unsigned)port, folder);
    return fclose(out) == 0 ? SP_OK : SP_IO;
}

enum sp_status child_start_nginx(const char *program, const char *folder, struct child *out)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/nginx.conf", folder);
    out->port = free_port();
    if (access(program, X_OK) != 0) {
        return SP_NOT_FOUND;
    }
    if (out->port == 0 || write_configuration(folder, path, out->port) != SP_OK) {
        return SP_IO;
    }
    out->pid = fork();
    if (out->pid == 0) {
        (void)execl(program, program, "-p", folder, "-c", path, "-e", "error.log", (char *)NULL);
        _exit(127);
    }
    struct timespec step = {.tv_nsec = WAIT_STEP_MS * 1000000L};
    for (int i = 0; i < WAIT_STEPS && !listens(out->port); i++) {
        if (waitpid(out->pid, NULL, WNOHANG) == out->pid) {
            out->pid = 0;
            return SP_IO;
        }
        (void)nanosleep(&step, NULL);
    }
    return listens(out->port) ? SP_OK : SP_IO;
}

void child_stop(struct child *child)
{
    if (child->pid > 0) {
        (void)kill(child->pid, SIGTERM);
        (void)waitpid(child->pid, NULL, 0);
        child->pid = 0;
    }
}

double child_cpu_seconds(const struct child *child)
{
    char path[64];
    char line[1024] = "";
    unsigned long user = 0;
    unsigned long system = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/stat", (int)child->pid);
    FILE *in = fopen(path, "r");
    if (in != NULL) {
        if (fgets(line, sizeof line, in) == NULL) {
            line[0] = '\0';
        }
        (void)fclose(in);
    }
    /* The name, in parentheses, may hold blanks: fields are counted from behind it. */
    const char *after = strrchr(line, ')');
    if (after != NULL) {
        (void)sscanf(after + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
                     &system);
    }
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}
