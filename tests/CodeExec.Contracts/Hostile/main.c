// The classes of hostile behaviour in C, one function each; the first argument chooses. The second is the path of a file on the host.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *canary;

static int end(const char *text) { puts(text); return 0; }

static void touch_memory(size_t bytes)
{
    char *p = (char *)malloc(bytes);
    if (p == NULL) exit(3);
    memset(p, 1, bytes);
    __asm__ volatile("" : : "r"(p) : "memory");
}

static int hoard(void) { for (;;) touch_memory(1 << 20); }

static int hoard_in_many(void)
{
    for (int i = 0; i < 20; i++) if (fork() == 0) { touch_memory(30 << 20); sleep(3); _exit(0); }
    while (wait(NULL) > 0) { }
    return 3;
}

static int fill(const char *folder)
{
    static char block[1 << 20];
    memset(block, 1, sizeof block);
    for (int i = 0; i < 10000; i++)
    {
        char path[64];
        snprintf(path, sizeof path, "%s/%d", folder, i);
        int fd = open(path, O_CREAT | O_WRONLY, 0600);
        if (fd < 0 || write(fd, block, sizeof block) != (ssize_t)sizeof block) return 1;
        close(fd);
    }
    return 0;
}

static int hoard_in_files(void) { return fill("/dev/shm"); }
static int big_files(void) { return fill("."); }

static int reserve(void)
{
    char *p = (char *)mmap(NULL, 8UL << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) return 1;
    p[0] = 1;
    return end("ok");
}

static int below_memory(void) { touch_memory((size_t)256 * 6 / 10 << 20); return end("ok"); }
static int above_memory(void) { touch_memory((size_t)256 * 15 / 10 << 20); return end("no"); }

static int process_storm(void) { while (fork() >= 0) { } return 0; }

static int vfork_storm(void)
{
    for (int i = 0; i < 200000; i++)
    {
        pid_t pid = vfork();
        if (pid == 0) { char *const none[] = { (char *)"sleep", (char *)"60", NULL }; execv("/bin/sleep", none); _exit(127); }
        if (pid < 0) return 0;
    }
    return 0;
}

static void *idle(void *unused) { sleep(60); return unused; }

static int thread_storm(void)
{
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 65536);
    pthread_t thread;
    while (pthread_create(&thread, &small, idle, NULL) == 0) { }
    puts("refused");
    fflush(stdout);
    _exit(0);
}

static int zombies(void)
{
    for (int i = 0; i < 100000; i++)
    {
        pid_t pid = fork();
        if (pid == 0) _exit(0);
        if (pid < 0) return 0;
    }
    return 0;
}

static int daemon_that_stays(void)
{
    if (fork() == 0)
    {
        setsid();
        if (fork() == 0) { signal(SIGTERM, SIG_IGN); sleep(600); }
        _exit(0);
    }
    return end("done");
}

static int respawning_chain(void)
{
    puts("done");
    fflush(stdout);
    if (fork() == 0)
    {
        setsid();
        for (;;) if (fork() != 0) _exit(0);
    }
    return 0;
}

static void ignore_signals(void) { for (int s = 1; s < 65; s++) signal(s, SIG_IGN); }
static int spin_ignoring(void) { ignore_signals(); for (volatile unsigned i = 0;; i++) { } }
static int spin_in_two(void) { fork(); for (volatile unsigned i = 0;; i++) { } }
static int sleep_long(void) { sleep(60); return 0; }
static int stop_itself(void) { raise(SIGSTOP); return 0; }

static int read_stdin(void)
{
    char c;
    return end(read(0, &c, 1) == 0 ? "''" : "something");
}

static int raise_limits(void)
{
    const int kinds[] = { RLIMIT_NOFILE, RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_CORE };
    for (int i = 0; i < 4; i++)
    {
        struct rlimit limit;
        getrlimit((__rlimit_resource_t)kinds[i], &limit);
        if (limit.rlim_max == RLIM_INFINITY) continue;
        limit.rlim_cur = ++limit.rlim_max;
        if (setrlimit((__rlimit_resource_t)kinds[i], &limit) == 0) puts("raised");
    }
    return end("end");
}

static int better_priority(void)
{
    struct sched_param first;
    memset(&first, 0, sizeof first);
    first.sched_priority = 1;
    puts(setpriority(PRIO_PROCESS, 0, -5) == 0 ? "got it" : "refused");
    return end(sched_setscheduler(0, SCHED_FIFO, &first) == 0 ? "got it" : "refused");
}

static int flood(int fd, const char *text)
{
    char block[65536];
    size_t length = strlen(text);
    for (size_t i = 0; i < sizeof block; i++) block[i] = text[i % length];
    for (;;) if (write(fd, block, sizeof block) < 0) return 1;
}

static int flood_stdout(void) { return flood(1, "line\n"); }
static int flood_stderr(void) { return flood(2, "line\n"); }
static int endless_line(void) { return flood(1, "x"); }

static int close_outputs(void)
{
    close(1);
    close(2);
    usleep(200000);
    _exit(5);
}

static int write_elsewhere(void)
{
    static const char forged[] = "{\"type\":\"jobEnded\",\"seq\":3,\"stopped\":false}\n";
    for (int fd = 3; fd < 1024; fd++) if (write(fd, forged, sizeof forged - 1) >= 0) printf("wrote %d\n", fd);
    return end("end");
}

static int big_file(void)
{
    static char block[1 << 20];
    int fd = open("big", O_CREAT | O_WRONLY, 0600);
    for (;;) if (write(fd, block, sizeof block) <= 0) return 1;
}

static int sparse_file(void)
{
    int fd = open("s", O_CREAT | O_WRONLY, 0600);
    return lseek(fd, 1L << 40, SEEK_SET) < 0 || write(fd, "x", 1) != 1;
}

static int small_files(void)
{
    for (unsigned i = 0;; i++)
    {
        char name[32];
        snprintf(name, sizeof name, "%u", i);
        int fd = open(name, O_CREAT | O_WRONLY, 0600);
        if (fd < 0) return 1;
        close(fd);
    }
}

static int open_files(void) { while (open("/dev/null", O_RDONLY) >= 0) { } return end("refused"); }

static int odd_names(void)
{
    char longest[256];
    memset(longest, 'x', 255);
    longest[255] = 0;
    for (int i = 0; i < 600; i++) if (mkdir("d", 0700) != 0 || chdir("d") != 0) return 1;
    if (mkdir("\xff\xfe\n", 0700) != 0 || mkdir("-rf", 0) != 0 || close(open(longest, O_CREAT | O_WRONLY, 0)) != 0 || mkfifo("pipe", 0600) != 0) return 2;
    if (symlink("/", "root") != 0 || symlink("loop", "loop") != 0 || link(longest, "hard") != 0) return 3;
    return end("end");
}

static int write_outside(void)
{
    static const char *const paths[] = { "/usr/x", "/etc/x", "/x", "/opt/codeexec/runner", "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/x", "/dev/x", "/lib/x", "/run/x", "/var/x", "/proc/1/oom_score_adj", "/proc/1/comm" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
    {
        int fd = open(paths[i], O_WRONLY | O_CREAT, 0600);
        if (fd >= 0) printf("opened %s\n", paths[i]);
    }
    return end("end");
}

static int see(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && (S_ISDIR(found.st_mode) ? access(path, R_OK) == 0 : open(path, O_RDONLY) >= 0);
}

static int read_host(void)
{
    static const char *const paths[] = { "/home", "/root", "/work", "/data", "/etc/shadow", "/etc/ssh", "/var/lib", "/var/log", "/sys/class", "/boot", "/mnt", "/media", "/srv", "/run/codeexec", "/etc/hostname", "/proc/kcore", "/dev/mem", "/dev/sda" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) if (see(paths[i])) printf("saw %s\n", paths[i]);
    if (see(canary)) printf("saw %s\n", canary);
    return end("end");
}

static int see_processes(void)
{
    int least = 1 << 30, count = 0;
    DIR *proc = opendir("/proc");
    for (struct dirent *entry; (entry = readdir(proc)) != NULL;)
    {
        int pid = atoi(entry->d_name);
        if (pid > 0) { count++; least = pid < least ? pid : least; }
    }
    printf("[%d] %s\n", least, count <= 3 ? "True" : "False");
    return 0;
}

static int read_runner(void)
{
    static const char *const paths[] = { "/proc/1/environ", "/proc/1/mem", "/proc/1/maps", "/proc/1/fd/0", "/proc/1/root/etc/shadow", "/proc/1/cwd/x", "/proc/1/auxv", "/proc/1/stack", "/proc/1/syscall" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
    {
        char buffer[16];
        int fd = open(paths[i], O_RDONLY);
        if (fd >= 0 && read(fd, buffer, sizeof buffer) > 0) printf("read %s\n", paths[i]);
    }
    return end("end");
}

static int signal_everybody(void)
{
    for (int s = 1; s < 65; s++) { kill(1, s); kill(getppid(), s); }
    signal(SIGTERM, SIG_IGN);
    kill(-1, SIGTERM);
    usleep(100000);
    return end("alive");
}

static int reach_for_runner(void)
{
    struct rlimit none = { 0, 0 };
    cpu_set_t first;
    struct sched_param param;
    memset(&param, 0, sizeof param);
    CPU_ZERO(&first);
    CPU_SET(0, &first);
    puts(prlimit(1, RLIMIT_CPU, &none, NULL) == 0 ? "changed" : "refused");
    puts(setpriority(PRIO_PROCESS, 1, 19) == 0 ? "changed" : "refused");
    puts(sched_setaffinity(1, sizeof first, &first) == 0 ? "changed" : "refused");
    puts(sched_setscheduler(1, SCHED_IDLE, &param) == 0 ? "changed" : "refused");
    struct rlimit core;
    getrlimit(RLIMIT_CORE, &core);
    printf("(%ld, %ld)\n", (long)core.rlim_cur, (long)core.rlim_max);
    return 0;
}

static int forge(void)
{
    printf("{\"type\":\"caseEnded\",\"seq\":4,\"step\":\"run\",\"case\":\"\",\"exitCode\":0}\n{\"type\":\"jobEnded\",\"seq\":5,\"stopped\":false}\n");
    return 9;
}

static int exit_137(void) { return 137; }
static int kill_itself(void) { return kill(getpid(), SIGKILL); }
static int say_out_of_memory(void) { puts("MemoryError: out of memory"); return 1; }

static int crash(void)
{
    puts("before");
    fflush(stdout);
    *(volatile int *)8 = 1;
    return 0;
}

static int recurse_from(volatile int depth) { volatile char frame[4096]; frame[0] = (char)depth; return recurse_from(depth + 1) + frame[0]; }
static int recurse(void) { return recurse_from(0); }
static int abort_it(void) { abort(); }
static int divide(void) { volatile int many = 1000, zero = 0; return many / zero; }

static int dump_core(void)
{
    struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
    printf("%d\n", setrlimit(RLIMIT_CORE, &all));
    prctl(PR_SET_DUMPABLE, 1);
    if (fork() == 0) abort();
    wait(NULL);
    DIR *here = opendir(".");
    for (struct dirent *entry; (entry = readdir(here)) != NULL;) if (strncmp(entry->d_name, "core", 4) == 0) puts("core file");
    return end("end");
}

static int forbidden_calls(void)
{
    static const struct { const char *name; long call[6]; } calls[] =
    {
        { "unshare", { SYS_unshare, 0x10000000 } }, { "setns", { SYS_setns, 0, 0 } }, { "mount", { SYS_mount } }, { "umount2", { SYS_umount2 } },
        { "pivot_root", { SYS_pivot_root } }, { "chroot", { SYS_chroot } }, { "ptrace attach", { SYS_ptrace, 16, 1 } }, { "ptrace traceme", { SYS_ptrace, 0 } },
        { "keyctl", { SYS_keyctl, 0, -3 } }, { "add_key", { SYS_add_key } }, { "request_key", { SYS_request_key } }, { "bpf", { SYS_bpf } }, { "perf", { SYS_perf_event_open } },
        { "userfaultfd", { SYS_userfaultfd, 0 } }, { "io_uring", { 425, 1, 0 } }, { "kexec", { SYS_kexec_load } }, { "init_module", { SYS_init_module } }, { "finit_module", { SYS_finit_module } },
        { "open_by_handle", { SYS_open_by_handle_at, -1 } }, { "name_to_handle", { SYS_name_to_handle_at, -100 } }, { "process_vm_readv", { SYS_process_vm_readv, 1 } },
        { "process_vm_writev", { SYS_process_vm_writev, 1 } }, { "kcmp", { SYS_kcmp, 1, 1 } }, { "reboot", { SYS_reboot } }, { "swapon", { SYS_swapon } }, { "acct", { SYS_acct } },
        { "syslog", { SYS_syslog, 3 } }, { "iopl", { SYS_iopl, 3 } }, { "ioperm", { SYS_ioperm, 0, 1, 1 } }, { "settimeofday", { SYS_settimeofday } }, { "sethostname", { SYS_sethostname } },
        { "modify_ldt", { SYS_modify_ldt, 0 } }, { "personality", { SYS_personality, 0x40000 } }, { "quotactl", { SYS_quotactl } }, { "fsopen", { 430 } }, { "open_tree", { 428, -100 } }, { "move_mount", { 429 } },
        { "mount_setattr", { 442 } }, { "fanotify", { SYS_fanotify_init } }, { "migrate_pages", { SYS_migrate_pages } }, { "move_pages", { SYS_move_pages } }, { "mbind", { SYS_mbind } },
        { "clone into a user namespace", { SYS_clone, 0x10000011 } }, { "clone into a pid namespace", { SYS_clone, 0x20000011 } }, { "clone into a network namespace", { SYS_clone, 0x40000011 } },
        { "clone into a mount namespace", { SYS_clone, 0x00020011 } }, { "clone3", { 435 } }, { "setuid 0", { SYS_setuid, 0 } }, { "setgroups", { SYS_setgroups, 0 } }, { "capset", { 126, 0 } },
        { "x32", { 0x40000000 + 39 } },
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
    {
        const long *c = calls[i].call;
        errno = 0;
        long result = syscall(c[0], c[1], c[2], c[3], c[4], c[5]);
        if (result != -1 || (errno != EPERM && errno != ENOSYS && errno != EFAULT && !(c[0] == SYS_setuid && errno == EINVAL)))
        {
            if (result == 0 && strncmp(calls[i].name, "clone", 5) == 0) _exit(0);
            printf("got %s %ld %d\n", calls[i].name, result, errno);
        }
        else if (errno == EFAULT && c[0] != 126) printf("not filtered: %s\n", calls[i].name);
    }
    return end("end");
}

static int foreign_architecture(void)
{
    puts("before");
    fflush(stdout);
    __asm__ volatile("int $0x80" : : "a"(20) : "memory"); // getpid of 32-bit programs
    return end("went through");
}

static int terminal_injection(void)
{
    char c = 'x';
    int result = ioctl(0, TIOCSTI, &c);
    printf("%d %d\n", result, errno);
    return 0;
}

static long status_field(const char *name, int base)
{
    char line[256];
    long value = -1;
    FILE *status = fopen("/proc/self/status", "r");
    while (fgets(line, sizeof line, status) != NULL) if (strncmp(line, name, strlen(name)) == 0 && line[strlen(name)] == ':') value = (long)strtoul(line + strlen(name) + 1, NULL, base);
    fclose(status);
    return value;
}

static int privileges(void)
{
    printf("%ld %ld %ld %ld %ld %s\n", status_field("NoNewPrivs", 10), status_field("Seccomp", 10), status_field("CapEff", 16), status_field("CapPrm", 16), status_field("CapBnd", 16), getuid() != 0 ? "True" : "False");
    return 0;
}

static void try_connect(const char *address, int port)
{
    struct timeval patience = { 1, 0 };
    struct sockaddr_in to;
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_port = htons((unsigned short)port);
    inet_pton(AF_INET, address, &to.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0) printf("reached %s\n", address);
    close(fd);
}

static int connect_anywhere(void)
{
    try_connect("127.0.0.1", 7071);
    try_connect("169.254.169.254", 80);
    try_connect("168.63.129.16", 80);
    try_connect("10.0.0.1", 80);
    try_connect("8.8.8.8", 53);
    struct sockaddr_un local;
    memset(&local, 0, sizeof local);
    local.sun_family = AF_UNIX;
    strcpy(local.sun_path, "/run/docker.sock");
    if (connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&local, sizeof local) == 0) puts("reached docker");
    if (socket(40, SOCK_STREAM, 0) >= 0) puts("vsock");
    if (socket(AF_PACKET, SOCK_RAW, 0) >= 0) puts("packets");
    if (socket(38, SOCK_SEQPACKET, 0) >= 0) puts("alg");
    if (gethostbyname("example.org") != NULL) puts("resolved");
    return end("end");
}

static int own_loopback(void)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(server, (struct sockaddr *)&address, sizeof address) != 0 || listen(server, 1) != 0) return 1;
    getsockname(server, (struct sockaddr *)&address, &length);
    return connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&address, sizeof address) == 0 ? end("ok") : 2;
}

static int leave_state(void)
{
    static const char *const folders[] = { "/workspace", "/tmp", "/dev/shm", "/var/tmp" };
    for (int i = 0; i < 4; i++)
    {
        char path[64];
        snprintf(path, sizeof path, "%s/left", folders[i]);
        int fd = open(path, O_CREAT | O_WRONLY, 0666);
        if (fd >= 0) close(fd);
    }
    shmget(0x5eed, 4096, IPC_CREAT | 0666);
    return end("end");
}

static int tiny_lines(void)
{
    for (int i = 0; i < 100000; i++) if (write(1, "x\n", 2) != 2) return 1;
    return 0;
}

static const struct { const char *name; int (*run)(void); } classes[] =
{
    { "memory of one process", hoard }, { "memory of many small processes", hoard_in_many }, { "memory in shared files", hoard_in_files },
    { "much reserved, little touched", reserve }, { "memory at 60 % of the limit", below_memory }, { "memory at 150 % of the limit", above_memory },
    { "process storm", process_storm }, { "vfork storm", vfork_storm }, { "thread storm", thread_storm }, { "zombies", zombies },
    { "daemon that outlives its parents and holds the output", daemon_that_stays }, { "chain that respawns itself", respawning_chain },
    { "spin that ignores signals", spin_ignoring }, { "spin over two processes", spin_in_two }, { "sleep", sleep_long }, { "stops itself", stop_itself },
    { "waits for input that has ended", read_stdin }, { "raises its own limits", raise_limits }, { "takes a better priority", better_priority },
    { "flood on stdout", flood_stdout }, { "flood on stderr", flood_stderr }, { "one endless line", endless_line }, { "a hundred thousand tiny lines", tiny_lines },
    { "closes its outputs early", close_outputs }, { "writes to other descriptors", write_elsewhere },
    { "one big file", big_file }, { "many big files", big_files }, { "sparse file beyond the limit", sparse_file }, { "many small files", small_files }, { "too many open files", open_files },
    { "deep folders and odd names", odd_names }, { "writes outside of its workspace", write_outside }, { "state left for the next run", leave_state },
    { "reads the host's files", read_host }, { "sees other processes", see_processes }, { "reads the runner", read_runner },
    { "signals everybody", signal_everybody }, { "reaches for the runner's limits and priority", reach_for_runner }, { "forges an event in its output", forge },
    { "its own exit 137", exit_137 }, { "its own SIGKILL", kill_itself }, { "says out of memory", say_out_of_memory }, { "crashes with partial output", crash },
    { "deep recursion", recurse }, { "aborts", abort_it }, { "divides by zero", divide }, { "wants a core file", dump_core },
    { "forbidden system calls", forbidden_calls }, { "foreign architecture", foreign_architecture }, { "terminal injection", terminal_injection }, { "privileges", privileges },
    { "connects anywhere", connect_anywhere }, { "its own loopback", own_loopback },
};

#ifndef HOSTILE_PART
int main(int count, char **arguments)
{
    canary = count > 2 ? arguments[2] : "";
    for (size_t i = 0; count > 1 && i < sizeof classes / sizeof *classes; i++)
    {
        if (strcmp(classes[i].name, arguments[1]) == 0) return classes[i].run();
    }
    fprintf(stderr, "There is no such class here.\n");
    return 99;
}
#endif
