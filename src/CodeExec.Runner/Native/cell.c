/*
 * Forks an interpreter that waits into cells. Loaded by Warm/sitecustomize.py of the cells into a template, the one process of a jail
 * that holds an interpreter and runs nothing.
 *
 * Why C: a fork copies each page it writes to, and interpreted code writes to as many as it reads. The same steps in Python cost each
 * cell five hundred pages, which was most of its making.
 *
 * A template forks process 1 of a new cell into namespaces of its own. Process 1 mounts the cell's file systems, gives up every
 * capability, sets the filter, and forks process 2, which returns from cell_serve() and becomes what users run. Process 1 then only
 * reaps, for the attendant that follows the cell from outside; or it becomes a runner itself.
 */
#define _GNU_SOURCE
#include "privileges.h"
#include "rights.h"
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CONTROL = 3 };
enum { STDIN_END, STDOUT_END, STDERR_END, CONTROL_END, ENDS };

struct cell {
    int joins, size_mb, attend; /* what the host asked for */
    char cgroup[512];           /* the runner's option for its counters, with %d for each */
    int line;                   /* the host's */
    int counters[MOST_FDS], counter_count;
    int ours[ENDS]; /* our ends of the program's pipes */
    int attendant;  /* process 1's line to who follows the cell */
    pid_t program;
};

static int host, followers; /* sockets of packets: to the host, and to the attendant */
static const char *runner;
static const void *filter; /* of system calls, as instructions of classic BPF */
static int filter_count;

/* Only ever called in process 1: the host learns what went wrong, and the cell ends. */
static void fail(const struct cell *cell, const char *what)
{
    dprintf(cell->line, "{\"type\":\"fault\",\"seq\":1,\"message\":\"The cell could not be made: %s: %s\"}\n", what, strerror(errno));
    _exit(70);
}

/* The cell's own file systems, over the template's read-only ones; its name and its loopback. */
static void furnish(const struct cell *cell)
{
    char size[64];
    snprintf(size, sizeof size, "size=%dm,mode=0755", cell->size_mb);
    if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0
        || mount("tmpfs", "/workspace", "tmpfs", MS_NOSUID | MS_NODEV, size) < 0
        || mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, size) < 0
        || mount("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, size) < 0
        || mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620") < 0
        || mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0
        /* The settings of its namespaces would be the program's to write. */
        || mount("/proc/sys", "/proc/sys", NULL, MS_BIND, NULL) < 0
        || mount(NULL, "/proc/sys", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0)
        fail(cell, "mount");
    /* Who writes to a pressure file has the kernel watch the whole machine for him. Not every kernel has them. */
    if (mount("tmpfs", "/proc/pressure", "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=0555") < 0 && errno != ENOENT)
        fail(cell, "mount over /proc/pressure");
    if (sethostname("cell", 4) < 0)
        fail(cell, "sethostname");
    struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING };
    int lo = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (lo < 0 || ioctl(lo, SIOCSIFFLAGS, &request) < 0)
        fail(cell, "loopback");
    close(lo);
}

/* Process 2, before anything of a user's: like a program that a runner has started. */
static void become_program(const int *theirs)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score < 0 || write(score, "1000", 4) < 0)
        _exit(125);
    /* Every end is above 3: 3 is the host's socket until here. */
    for (int i = 0; i < ENDS; i++)
        dup2(theirs[i], i);
    fcntl(CONTROL, F_SETFD, FD_CLOEXEC);
    syscall(SYS_close_range, CONTROL + 1, ~0U, 0);
}

static void become_runner(const struct cell *cell, int input, const char *said)
{
    char pid[16], ends[ENDS][16], cgroup[600] = "", *to = cgroup;
    char *argv[24] = { (char *)runner, "--said", (char *)said, "--warm-pid", pid, "--warm-stdin", ends[0], "--warm-stdout", ends[1],
        "--warm-stderr", ends[2], "--warm-control", ends[3] };
    int next = 0, argc = 13;
    snprintf(pid, sizeof pid, "%d", cell->program);
    for (int i = 0; i < ENDS; i++) {
        snprintf(ends[i], sizeof ends[i], "%d", cell->ours[i]);
        fcntl(cell->ours[i], F_SETFD, 0);
    }
    for (const char *from = cell->cgroup; *from != 0 && to < cgroup + sizeof cgroup - 16; from++) {
        if (from[0] == '%' && from[1] == 'd' && next < cell->counter_count) {
            fcntl(cell->counters[next], F_SETFD, 0);
            to += snprintf(to, 16, "%d", cell->counters[next++]);
            from++;
        } else
            *to++ = *from;
    }
    *to = 0;
    if (next > 0) {
        argv[argc++] = "--cgroup";
        argv[argc++] = cgroup;
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    dup2(input, 0);
    dup2(cell->line, 1);
    dup2(open("/dev/null", O_WRONLY), 2);
    char *environment[] = { NULL };
    execve(runner, argv, environment);
    fail(cell, "runner");
}

/* Until process 1 has no child. What another process forks meanwhile is hit by the next round. */
static void end_all(void)
{
    do
        kill(-1, SIGKILL);
    while (waitpid(-1, NULL, __WALL) > 0 || errno == EINTR);
}

/* Reaps what has ended. When the program has, ends the rest and says how it was. False from then on. */
static int reap(const struct cell *cell)
{
    struct rusage use;
    int status;
    pid_t pid;
    while ((pid = wait4(-1, &status, WNOHANG | __WALL, &use)) > 0) {
        if (pid == cell->program) {
            long long micro = (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000000LL + use.ru_utime.tv_usec + use.ru_stime.tv_usec;
            long long record[3] = { status, micro, use.ru_maxrss };
            end_all();
            send(cell->attendant, record, sizeof record, MSG_NOSIGNAL);
            return 0;
        }
    }
    return 1;
}

/* Process 1, while the attendant follows the cell. */
static void keep_house(struct cell *cell, const sigset_t *child)
{
    struct pollfd wanted[2] = { { cell->attendant, POLLIN, 0 }, { signalfd(-1, child, SFD_CLOEXEC | SFD_NONBLOCK), POLLIN, 0 } };
    struct signalfd_siginfo ignored;
    for (;;) {
        if (poll(wanted, 2, -1) < 0)
            continue;
        if (wanted[1].revents != 0) {
            while (read(wanted[1].fd, &ignored, sizeof ignored) > 0) {
            }
            if (!reap(cell))
                wanted[1].fd = -1;
        }
        if (wanted[0].revents == 0)
            continue;
        char order = 0;
        int fds[MOST_FDS], count;
        ssize_t received = receive_fds(cell->attendant, &order, 1, fds, &count);
        if (received == 1 && order == 'K')
            kill(-1, SIGKILL); /* what is killed is reaped, and told, like any other end */
        else if (received == 1 && order == 'R' && count == ENDS) {
            memcpy(cell->ours, fds, sizeof cell->ours);
            become_runner(cell, cell->attendant, "1");
        } else if (received >= 0 || errno != EINTR)
            _exit(0); /* the attendant has let go of this cell: all that is in it ends with its first process */
    }
}

/* Lets the attendant follow the cell: what it gets is all it needs. */
static void introduce(struct cell *cell)
{
    int pair[2], workspace = open("/workspace", O_RDONLY | O_DIRECTORY | O_CLOEXEC), shared = open("/dev/shm", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (workspace < 0 || shared < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        fail(cell, "attendant");
    int fds[MOST_FDS] = { cell->line, pair[1], cell->ours[CONTROL_END], cell->ours[STDIN_END], cell->ours[STDOUT_END], cell->ours[STDERR_END], workspace, shared };
    memcpy(fds + 8, cell->counters, sizeof(int) * cell->counter_count);
    if (send_fds(followers, cell->cgroup, strlen(cell->cgroup), fds, 8 + cell->counter_count) < 0)
        fail(cell, "attendant");
    for (int i = 1; i < 8; i++)
        close(fds[i]);
    cell->attendant = pair[0];
}

/* Process 1 of a new cell. Returns in process 2. */
static void be_first(struct cell *cell, const int *fds, int count)
{
    int pipes[ENDS][2], theirs[ENDS];
    cell->line = fds[0];
    cell->counter_count = count - 1 - cell->joins;
    if (cell->counter_count < 0)
        fail(cell, "descriptors");
    memcpy(cell->counters, fds + 1 + cell->joins, sizeof(int) * cell->counter_count);
    for (int i = 1; i <= cell->joins; i++) {
        if (write(fds[i], "0", 1) < 0)
            fail(cell, "cgroup");
        close(fds[i]);
    }
    if (unshare(CLONE_NEWCGROUP) < 0)
        fail(cell, "cgroup namespace");
    furnish(cell);
    for (int i = 0; i < ENDS; i++) {
        int reads = i == STDIN_END || i == CONTROL_END;
        if (pipe2(pipes[i], O_CLOEXEC) < 0)
            fail(cell, "pipe");
        theirs[i] = pipes[i][!reads];
        cell->ours[i] = pipes[i][reads];
    }
    close(host);
    if (cell_give_up(filter, filter_count) < 0)
        fail(cell, "privileges");

    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    signal(SIGCHLD, SIG_DFL);
    cell->program = fork();
    if (cell->program == 0) {
        become_program(theirs);
        return;
    }
    if (cell->program < 0)
        fail(cell, "fork");
    /* The kernel shields process 1 from every signal that it has no handler for: the interpreter's one goes. */
    signal(SIGINT, SIG_DFL);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    for (int i = 0; i < ENDS; i++)
        close(theirs[i]);
    if (!cell->attend)
        become_runner(cell, cell->line, "0");
    introduce(cell);
    close(followers);
    keep_house(cell, &child);
}

/* The template's life. Returns only in the second process of a new cell. */
void cell_serve(int to_host, int to_attendant, const char *runner_path, const void *instructions, int count)
{
    host = to_host;
    followers = to_attendant;
    runner = runner_path;
    filter = instructions;
    filter_count = count;
    struct pollfd wanted[2] = { { host, POLLIN, 0 }, { followers, 0, 0 } };
    struct cell cell;
    signal(SIGCHLD, SIG_IGN); /* nobody waits for first processes here: the host has handles on them */
    send(host, "ready", 5, MSG_NOSIGNAL);
    for (;;) {
        if (poll(wanted, 2, -1) < 0)
            continue;
        if (wanted[1].revents != 0)
            _exit(1); /* without its attendant a template is of no use, and the cells it followed are ending */
        char request[640];
        int fds[MOST_FDS], fd_count;
        ssize_t length = receive_fds(host, request, sizeof request - 1, fds, &fd_count);
        if (length <= 0)
            _exit(0); /* the host has gone */
        request[length] = 0;
        memset(&cell, 0, sizeof cell);
        int read = sscanf(request, "%d %d %d %511s", &cell.joins, &cell.size_mb, &cell.attend, cell.cgroup);
        pid_t first = read < 3 || fd_count < 1 ? (errno = EINVAL, -1)
            : syscall(SYS_clone, CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | SIGCHLD, NULL, NULL, NULL, NULL);
        if (first == 0) {
            be_first(&cell, fds, fd_count);
            return;
        }
        /* The host needs a handle that can not be another process's by now. */
        int handle = first < 0 ? -1 : syscall(SYS_pidfd_open, first, 0);
        if (handle < 0) {
            int told = snprintf(request, sizeof request, "failed %s", strerror(errno));
            if (first > 0)
                kill(first, SIGKILL);
            send(host, request, told, MSG_NOSIGNAL);
        } else {
            send_fds(host, "made", 4, &handle, 1);
            close(handle);
        }
        for (int i = 0; i < fd_count; i++)
            close(fds[i]);
    }
}
