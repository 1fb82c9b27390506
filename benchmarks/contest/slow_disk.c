/* Adds a wait to every call that makes a program wait for its disk, as cheap cloud storage does.
   Loaded into a server with LD_PRELOAD; SLOW_DISK_MICROSECONDS says how long. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void wait_for_disk(void)
{
    const char *microseconds = getenv("SLOW_DISK_MICROSECONDS");
    if (microseconds != NULL)
        usleep((useconds_t) atol(microseconds));
}

int fsync(int file)
{
    static int (*real)(int);
    if (real == NULL)
        real = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
    wait_for_disk();
    return real(file);
}

int fdatasync(int file)
{
    static int (*real)(int);
    if (real == NULL)
        real = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
    wait_for_disk();
    return real(file);
}

int msync(void *start, size_t length, int flags)
{
    static int (*real)(void *, size_t, int);
    if (real == NULL)
        real = (int (*)(void *, size_t, int)) dlsym(RTLD_NEXT, "msync");
    wait_for_disk();
    return real(start, length, flags);
}
