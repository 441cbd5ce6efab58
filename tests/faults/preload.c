/* Faults at system calls: loaded before the C library (LD_PRELOAD), armed from Python.
 *
 * Counts the calls that write, cut, name or sync files below one folder. The call with
 * the chosen number fails with an error, once or from then on; or the process dies
 * there by SIGKILL, before the call or in the middle of what it writes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { COUNT, FAIL_ONCE, FAIL_ON, KILL, TEAR_AND_KILL, TEAR_AND_FAIL };

static char folder[PATH_MAX];
static int armed, how, error;
static long calls, chosen;

void fault_arm(const char *below, int act, long at, int code)
{
    snprintf(folder, sizeof folder, "%s", below);
    calls = 0;
    chosen = at;
    how = act;
    error = code;
    armed = 1;
}

long fault_disarm(void)
{
    armed = 0;
    return calls;
}

static int below(int fd)
{
    char link[64], name[PATH_MAX];
    ssize_t length;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, name, sizeof name - 1);
    if (length < 0)
        return 0;
    name[length] = 0;
    return strncmp(name, folder, strlen(folder)) == 0;
}

/* Whether this call is to go wrong. Does not come back where it dies here. */
static int wrong(int ours)
{
    if (!armed || !ours)
        return 0;
    calls++;
    if (how == COUNT || calls < chosen || (calls > chosen && how != FAIL_ON))
        return 0;
    if (how == KILL)
        kill(getpid(), SIGKILL);
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t size)
{
    if (wrong(armed && below(fd))) {
        if (how == TEAR_AND_KILL || how == TEAR_AND_FAIL)
            REAL(write)(fd, data, size / 2);
        if (how == TEAR_AND_KILL)
            kill(getpid(), SIGKILL);
        errno = error;
        return -1;
    }
    return REAL(write)(fd, data, size);
}

#define PWRITE(name, offset_type)                                               \
    ssize_t name(int fd, const void *data, size_t size, offset_type offset)     \
    {                                                                           \
        if (wrong(armed && below(fd))) {                                        \
            if (how == TEAR_AND_KILL || how == TEAR_AND_FAIL)                   \
                REAL(name)(fd, data, size / 2, offset);                         \
            if (how == TEAR_AND_KILL)                                           \
                kill(getpid(), SIGKILL);                                        \
            errno = error;                                                      \
            return -1;                                                          \
        }                                                                       \
        return REAL(name)(fd, data, size, offset);                              \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define ON_FD(name, parameters, ...)                                            \
    int name parameters                                                         \
    {                                                                           \
        if (wrong(armed && below(fd))) {                                        \
            if (how == TEAR_AND_KILL)                                           \
                kill(getpid(), SIGKILL);                                        \
            errno = error;                                                      \
            return -1;                                                          \
        }                                                                       \
        return REAL(name)(__VA_ARGS__);                                         \
    }
ON_FD(fsync, (int fd), fd)
ON_FD(fdatasync, (int fd), fd)
ON_FD(ftruncate, (int fd, off_t size), fd, size)
ON_FD(ftruncate64, (int fd, off64_t size), fd, size)

#define ON_NAME(name, parameters, path, ...)                                    \
    int name parameters                                                         \
    {                                                                           \
        if (wrong(armed && strncmp(path, folder, strlen(folder)) == 0)) {       \
            if (how == TEAR_AND_KILL)                                           \
                kill(getpid(), SIGKILL);                                        \
            errno = error;                                                      \
            return -1;                                                          \
        }                                                                       \
        return REAL(name)(__VA_ARGS__);                                         \
    }
ON_NAME(rename, (const char *from, const char *to), from, from, to)
ON_NAME(unlink, (const char *path), path, path)
