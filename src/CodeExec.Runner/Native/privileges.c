/* What a process gives up before users' code comes near: powers over its jail, and its limits. */
#define _GNU_SOURCE
#include "privileges.h"
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A template keeps what it can do, and nothing that it forks can come to more: the kernel hands these settings down. */
int cell_give_up_gaining(void)
{
    for (int capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++) {
    }
    return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0 ? -1 : prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* What a template may do to its jail, nobody else may. */
int cell_give_up(const void *instructions, int count)
{
    struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct none[2] = { { 0 } };
    struct sock_fprog program = { count, (struct sock_filter *)instructions };
    return syscall(SYS_capset, &header, none) < 0 ? -1 : prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

/* Of the calling process, with no way back; what is lower already stays. 0, or -1 with errno. */
int cell_limit(unsigned long long cpu_seconds, unsigned long long file_bytes, unsigned long long open_files, unsigned long long stack_bytes, unsigned long long most_stack_bytes)
{
    const struct { int kind; unsigned long long value; } hard[] = {
        { RLIMIT_CPU, cpu_seconds }, { RLIMIT_FSIZE, file_bytes }, { RLIMIT_NOFILE, open_files }, { RLIMIT_CORE, 0 },
    };
    struct rlimit limit;
    for (unsigned i = 0; i < sizeof hard / sizeof *hard; i++) {
        if (getrlimit(hard[i].kind, &limit) < 0)
            return -1;
        limit.rlim_cur = limit.rlim_max = hard[i].value < limit.rlim_max ? hard[i].value : limit.rlim_max;
        if (setrlimit(hard[i].kind, &limit) < 0)
            return -1;
    }
    if (getrlimit(RLIMIT_STACK, &limit) < 0)
        return -1;
    limit.rlim_max = most_stack_bytes < limit.rlim_max ? most_stack_bytes : limit.rlim_max;
    limit.rlim_cur = stack_bytes < limit.rlim_max ? stack_bytes : limit.rlim_max;
    return setrlimit(RLIMIT_STACK, &limit);
}
