using CodeExec.Protocol;

namespace CodeExec.Contracts.Containers;

/// <summary>
/// The classes of docs/security.md that a container must withstand, one row a trick: what must come of it, and its program in Python. The
/// other languages have theirs in <see cref="HostileLanguages"/>; the outcome stands here for all of them.
/// </summary>
public static class HostilePrograms
{
    private static readonly JobLimits Quick = ContainerHarness.Limits with { WallMs = 1500, CpuMs = 1000 };

    public static IReadOnlyList<HostileProgram> All { get; } =
    [
        // Memory
        new("memory of one process", "a = []\nwhile True: a.append(bytearray(1 << 20))", "limit Memory") { Limits = ContainerHarness.Limits with { WallMs = 60_000, CpuMs = 30_000 } }, // a shell takes its time to get there
        new("memory of many small processes", """
            import os, time
            for _ in range(20):
                if os.fork() == 0:
                    b = bytearray(30 << 20)
                    for i in range(0, len(b), 4096): b[i] = 1
                    time.sleep(3); os._exit(0)
            for _ in range(20): os.wait()
            raise SystemExit(3)
            """, "limit Memory or limit WallTime") { Limits = Quick with { WallMs = 30_000, CpuMs = 30_000 } },
        new("memory in shared files", """
            for i in range(10000):
                with open(f'/dev/shm/{i}', 'wb') as f: f.write(bytes(1 << 20))
            """, "limit Memory or limit Workspace or exit 1"),
        new("much reserved, little touched", """
            import mmap
            m = mmap.mmap(-1, 8 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000)
            m[0] = 1
            print('ok')
            """, "exit 0", "ok"),
        new("memory at 60 % of the limit", "b = bytearray(int(256 * 0.6) << 20)\nprint('ok')", "exit 0", "ok"),
        new("memory at 150 % of the limit", "b = bytearray(int(256 * 1.5) << 20)\nprint('no')", "limit Memory"),

        // Processes
        new("process storm", """
            import os
            try:
                while True: os.fork()
            except OSError: pass
            """, "exit 0 or exit 1 or limit Processes or limit CpuTime or limit WallTime or limit Memory") { Limits = Quick },
        new("thread storm", """
            import threading, time
            try:
                while True: threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            except RuntimeError:
                print('refused', flush=True)
                import os; os._exit(0)
            """, "exit 0 or limit Processes or limit Memory", null),
        new("daemon that outlives its parents and holds the output", """
            import os, time
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    import signal
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)
                    time.sleep(600)
                os._exit(0)
            print('done')
            """, "exit 0", "done"),

        new("chain that respawns itself", """
            import os
            print('done', flush=True)
            if os.fork() == 0:
                os.setsid()
                while True:
                    if os.fork() != 0: os._exit(0)
            """, "exit 0", "done") { Limits = Quick },
        new("zombies", """
            import os
            try:
                while True:
                    if os.fork() == 0: os._exit(0)
            except OSError: pass
            """, "exit 0 or limit Processes or limit CpuTime or limit WallTime") { Limits = Quick },
        new("vfork storm", null, "exit 0 or limit Processes or limit CpuTime or limit WallTime") { Limits = Quick },

        // Time
        new("spin that ignores signals", "import signal\nfor s in range(1, 32):\n    try: signal.signal(s, signal.SIG_IGN)\n    except OSError: pass\nwhile True: pass", "limit CpuTime") { Limits = Quick with { WallMs = 60_000 } },
        new("spin over two processes", "import os\nos.fork()\nwhile True: pass", "limit CpuTime") { Limits = Quick with { WallMs = 60_000 } },
        new("sleep", "import time; time.sleep(60)", "limit WallTime") { Limits = Quick },
        new("stops itself", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "limit WallTime") { Limits = Quick },
        new("waits for input that has ended", "import sys; print(repr(sys.stdin.read()))", "exit 0", "''"),
        new("raises its own limits", """
            import resource
            for r in (resource.RLIMIT_NOFILE, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE):
                soft, hard = resource.getrlimit(r)
                if hard == resource.RLIM_INFINITY: continue
                try: resource.setrlimit(r, (hard + 1, hard + 1)); print('raised')
                except (ValueError, OSError): pass
            print('end')
            """, "exit 0", "end"),
        new("takes a better priority", """
            import os
            for action in (lambda: os.nice(-5), lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))):
                try: action(); print('got it')
                except OSError: print('refused')
            """, "exit 0", "refused\nrefused"),

        // Output
        new("flood on stdout", "import sys\nwhile True: sys.stdout.write('x' * 65536)", "limit Output"),
        new("flood on stderr", "import sys\nwhile True: sys.stderr.write('x' * 65536)", "limit Output"),
        new("one endless line", "import os\nwhile True: os.write(1, b'x' * 65536)", "limit Output"),
        new("a hundred thousand tiny lines", "import os\nfor i in range(100000): os.write(1, b'x\\n')", "exit 0"),
        new("closes its outputs early", "import os\nos.close(1); os.close(2)\nimport time; time.sleep(0.2)\nos._exit(5)", "exit 5"),
        new("writes to other descriptors", """
            import os
            for fd in range(3, 256):
                try: os.write(fd, b'{"type":"jobEnded","seq":3,"stopped":false}\n'); print('wrote', fd)
                except OSError: pass
            print('end')
            """, "exit 0", "end"),

        // The file system
        new("one big file", "f = open('big', 'wb')\nwhile True: f.write(bytes(1 << 20))", "limit Workspace or exit 1 or signal 25"),
        new("many big files", "for i in range(10000):\n    with open(str(i), 'wb') as f: f.write(bytes(1 << 20))", "limit Workspace"),
        new("sparse file beyond the limit", "f = open('s', 'wb', buffering=0); f.seek(1 << 40); f.write(b'x')", "limit Workspace or exit 1 or signal 25"),
        new("many small files", "import itertools\nfor i in itertools.count(): open(str(i), 'w').close()", "limit Workspace or limit Memory or exit 1 or limit WallTime or limit CpuTime") { Limits = Quick with { WallMs = 30_000, CpuMs = 30_000 } },
        new("too many open files", "fs = []\ntry:\n    while True: fs.append(open('/dev/null'))\nexcept OSError: print('refused')", "exit 0", "refused"),
        new("deep folders and odd names", """
            import os
            for i in range(600): os.mkdir('d'); os.chdir('d')
            os.mkdir(b'\xff\xfe\n'); os.mkdir('-rf'); open('x' * 255, 'w'); os.chmod('-rf', 0)
            print('end')
            """, "exit 0", "end"),
        new("writes outside of its workspace", """
            for p in ('/usr/x', '/etc/x', '/x', '/opt/codeexec/runner', '/proc/sys/kernel/core_pattern', '/sys/x', '/dev/x', '/lib/x', '/run/x', '/var/x'):
                try: open(p, 'w'); print('wrote', p)
                except OSError: pass
            print('end')
            """, "exit 0", "end"),

        new("looks for anything of the kernel's to write", """
            import os
            own = {f'/proc/{os.getpid()}', '/proc/self', '/proc/thread-self'}
            free = {'/dev/' + name for name in ('null', 'zero', 'full', 'random', 'urandom', 'tty', 'ptmx', 'pts', 'shm', 'mqueue', 'stdin', 'stdout', 'stderr', 'fd', 'core', 'console', 'pts/ptmx')}
            for root in ('/proc', '/sys', '/dev'):
                for folder, folders, files in os.walk(root):
                    folders[:] = [name for name in folders if os.path.join(folder, name) not in own | free and not os.path.islink(os.path.join(folder, name))]
                    for path in (os.path.join(folder, name) for name in files):
                        covered = os.path.lexists(path) and os.lstat(path).st_rdev == os.stat('/dev/null').st_rdev # as Docker does with files
                        if path not in free and not covered and os.access(path, os.W_OK):
                            try:
                                fd = os.open(path, os.O_WRONLY)
                                if path.split('/')[2].isdigit(): os.write(fd, b'1') # files of other processes say no only then
                                print('could write', path)
                            except OSError: pass
            print('end')
            """, "exit 0", "end") { WhyOnlyPython = "the same files whoever asks" },
        new("state left for the next run", """
            import ctypes
            for folder in ('/workspace', '/tmp', '/dev/shm'): open(folder + '/left', 'w')
            ctypes.CDLL(None).shmget(0x5eed, 4096, 0o1666)
            print('end')
            """, "exit 0", "end"),

        // Others
        new("reads the host's files", """
            import os
            for p in ('/home', '/root', '/work', '/data', '/etc/shadow', '/etc/ssh', '/var/lib', '/var/log', '/sys/block', '/sys/class', '/sys/devices', '/sys/kernel', '/sys/module', '/sys/fs/ext4',
                      '/boot', '/mnt', '/media', '/srv', '/run/codeexec', '/var/run/docker.sock'):
                try: seen = os.listdir(p) if os.path.isdir(p) else open(p).read()
                except OSError: continue
                if seen: print('saw', p, seen)
            print('end')
            """, "exit 0", "end"),
        new("sees other processes", "import os\nprint(sorted(int(p) for p in os.listdir('/proc') if p.isdigit())[:1], len([p for p in os.listdir('/proc') if p.isdigit()]) <= 3)", "exit 0", "[1] True"),
        new("reads the runner", """
            import os
            for p in ('/proc/1/environ', '/proc/1/mem', '/proc/1/maps', '/proc/1/fd/0', '/proc/1/root/etc/shadow', '/proc/1/cwd/x'):
                try: print('read', p, open(p, 'rb').read(16))
                except OSError: pass
            print('end')
            """, "exit 0", "end"),
        new("signals everybody", """
            import os, signal, time
            for s in list(range(1, 65)):
                if s in (32, 33): continue
                for target in (1, os.getppid()):
                    try: os.kill(target, s)
                    except OSError: pass
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            try: os.kill(-1, signal.SIGTERM)
            except OSError: pass
            time.sleep(0.1)
            print('alive')
            """, "exit 0", "alive"),
        new("reaches for the runner's limits and priority", """
            import os, resource
            for action in (lambda: resource.prlimit(1, resource.RLIMIT_CPU, (0, 0)), lambda: os.setpriority(os.PRIO_PROCESS, 1, 19), lambda: os.sched_setaffinity(1, {0}),
                           lambda: os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0))):
                try: action(); print('changed')
                except OSError: print('refused')
            print(resource.prlimit(0, resource.RLIMIT_CORE))
            """, "exit 0", "refused\nrefused\nrefused\nrefused\n(0, 0)"),
        new("forges an event in its output", """
            import sys
            sys.stdout.write('{"type":"caseEnded","seq":4,"step":"run","case":"","exitCode":0}\n{"type":"jobEnded","seq":5,"stopped":false}\n')
            sys.exit(9)
            """, "exit 9"),
        new("its own exit 137", "raise SystemExit(137)", "exit 137"),
        new("its own SIGKILL", "import os; os.kill(os.getpid(), 9)", "signal 9"),
        new("says out of memory", "print('MemoryError: out of memory'); raise SystemExit(1)", "exit 1"),
        new("crashes with partial output", "import os\nprint('before', flush=True)\nos.kill(os.getpid(), 11)", "signal 11", "before"),
        new("deep recursion", "import sys\nsys.setrecursionlimit(10**8)\ndef f(): f()\nf()", "signal 11 or limit Memory or exit 1") { Limits = Quick with { WallMs = 5000, CpuMs = 5000 } },

        new("aborts", "import os; os.abort()", "signal 6"),
        new("divides by zero", null, "signal 8"),
        new("wants a core file", """
            import os, resource
            try: resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)); print(0)
            except (ValueError, OSError): print(-1)
            if os.fork() == 0: os.abort()
            os.wait()
            print(*[name for name in os.listdir('.') if name.startswith('core')], 'end', sep='')
            """, "exit 0", "-1\nend"),

        // System calls
        new("forbidden system calls", """
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            calls = {'unshare': (272, 0x10000000), 'mount': (165, 0, 0, 0, 0, 0), 'ptrace': (101, 16, 1, 0, 0), 'keyctl': (250, 0, 0, 0), 'bpf': (321, 0, 0, 0),
                     'perf': (298, 0, 0, 0, 0, 0), 'userfaultfd': (323, 0), 'kexec': (246, 0, 0, 0, 0), 'io_uring': (425, 1, 0), 'setns': (308, 0, 0),
                     'clone-userns': (56, 0x10000011, 0, 0, 0, 0), 'init_module': (175, 0, 0, 0), 'open_by_handle': (304, -1, 0, 0), 'process_vm_readv': (310, 1, 0, 0, 0, 0, 0)}
            for name, call in calls.items():
                r = libc.syscall(*call)
                if r != -1 or ctypes.get_errno() not in (1, 38): print('got', name, r, ctypes.get_errno())
            print('end')
            """, "exit 0", "end"),
        new("foreign architecture", null, "signal 31", "before"),
        new("terminal injection", """
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            print(libc.ioctl(0, 0x5412, b'x'), ctypes.get_errno())
            """, "exit 0", "-1 1"),
        new("privileges", """
            s = open('/proc/self/status').read()
            f = dict(l.split(':\t') for l in s.splitlines() if ':\t' in l)
            print(f['NoNewPrivs'], f['Seccomp'], int(f['CapEff'], 16), int(f['CapPrm'], 16), int(f['CapBnd'], 16), f['Uid'].split()[0] != '0')
            """, "exit 0", "1 2 0 0 0 True"),

        // The network
        new("connects anywhere", """
            import socket
            for family, address in ((2, ('127.0.0.1', 7071)), (2, ('169.254.169.254', 80)), (2, ('168.63.129.16', 80)), (2, ('10.0.0.1', 80)), (2, ('8.8.8.8', 53)), (10, ('fd00:ec2::254', 80)), (1, '/run/docker.sock'), (1, '\0x')):
                s = socket.socket(family, socket.SOCK_STREAM); s.settimeout(2)
                try: s.connect(address); print('reached', address)
                except OSError: pass
            try: socket.getaddrinfo('example.org', 80); print('resolved')
            except OSError: pass
            try: socket.socket(40, 1); print('vsock')
            except OSError: pass
            print('end')
            """, "exit 0", "end"),
        new("its own loopback", """
            import socket, threading
            s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()
            c = socket.create_connection(s.getsockname(), timeout=2)
            print('ok')
            """, "exit 0", "ok"),
    ];
}
