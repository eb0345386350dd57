# The classes of hostile behaviour in Bash; the first argument chooses, the second is the path of a file on the host.
canary=$2
case "$1" in
    'memory of one process') x=$(head -c 1000000 /dev/zero | tr '\0' x); while :; do x=$x$x; done ;;
    'memory of many small processes') for i in {1..20}; do (x=$(head -c 30000000 /dev/zero | tr '\0' x); sleep 3) & done; wait; exit 3 ;;
    'memory in shared files') for i in {1..10000}; do head -c 1048576 /dev/zero > /dev/shm/$i || exit 1; done ;;
    'process storm') storm() { storm | storm & wait; }; storm ;;
    'zombies') for i in {1..2000}; do (exit 0) & done; exit 0 ;;
    'daemon that outlives its parents and holds the output') (setsid sh -c "trap '' TERM; sleep 600" &) ; echo done ;;
    'chain that respawns itself') echo done; link() { link & disown; }; (link &) ;;
    'spin that ignores signals') trap '' HUP INT QUIT TERM XCPU USR1 USR2 ALRM; while :; do :; done ;;
    'spin over two processes') (while :; do :; done) & while :; do :; done ;;
    'sleep') sleep 60 ;;
    'stops itself') kill -STOP $$ ;;
    'waits for input that has ended') if read -r line; then echo something; else echo "''"; fi ;;
    'raises its own limits')
        for kind in n t f c; do hard=$(ulimit -H -$kind); [ "$hard" = unlimited ] || { ulimit -H -$kind $((hard + 1)) 2>/dev/null && echo raised; }; done; echo end ;;
    'takes a better priority') [ "$(nice -n -5 nice 2>/dev/null)" -lt 0 ] && echo 'got it' || echo refused; chrt -f 1 true 2>/dev/null && echo 'got it' || echo refused ;;
    'flood on stdout') yes line ;;
    'flood on stderr') yes line >&2 ;;
    'one endless line') tr '\0' x < /dev/zero ;;
    'a hundred thousand tiny lines') for ((i = 0; i < 100000; i++)); do echo x; done ;;
    'closes its outputs early') exec >&- 2>&-; sleep 0.2; exit 5 ;;
    'one big file') head -c 1000000000 /dev/zero > big || exit 1 ;;
    'many big files') for i in {1..10000}; do head -c 1048576 /dev/zero > $i || exit 1; done ;;
    'sparse file beyond the limit') truncate -s 1T s 2>/dev/null || exit 1 ;;
    'many small files') for ((i = 0; ; i++)); do : > $i || exit 1; done ;;
    'too many open files') for i in {10..2000}; do eval "exec $i</dev/null" 2>/dev/null || { echo refused; exit 0; }; done ;;
    'deep folders and odd names')
        deep=$(printf 'd/%.0s' {1..600}); mkdir -p "$deep" && cd -P "$deep" || exit 1
        mkdir $'\xff\xfe\n' && mkdir -m 0 -- -rf && : > "$(printf 'x%.0s' {1..255})" && mkfifo pipe && ln -s / root && ln -s loop loop && echo end ;;
    'writes outside of its workspace')
        for path in /usr/x /etc/x /x /opt/codeexec/runner /proc/sys/kernel/core_pattern /sys/x /dev/x /run/x /var/x; do { : > $path && echo "wrote $path"; } 2>/dev/null; done; echo end ;;
    'state left for the next run') touch /workspace/left /tmp/left /dev/shm/left; ipcmk -M 4096 >/dev/null; echo end ;;
    "reads the host's files")
        for path in /home /root /work /data /etc/shadow /etc/ssh /var/lib /var/log /sys/class /boot /mnt /media /srv /run/codeexec "$canary"; do { [ -r $path ] && echo "saw $path"; } 2>/dev/null; done; echo end ;;
    'sees other processes') seen=(/proc/[0-9]*); [ ${#seen[@]} -le 3 ] && echo '[1] True' || echo "${seen[@]}" ;;
    'reads the runner') for path in /proc/1/environ /proc/1/mem /proc/1/maps /proc/1/fd/0 /proc/1/root/etc/shadow; do { head -c 16 $path && echo "read $path"; } 2>/dev/null; done; echo end ;;
    'signals everybody') trap '' TERM; for s in {1..64}; do kill -$s 1; kill -$s $PPID; done 2>/dev/null; kill -TERM -1 2>/dev/null; sleep 0.1; echo alive ;;
    "reaches for the runner's limits and priority")
        prlimit --pid 1 --cpu=0 2>/dev/null && echo changed || echo refused; renice -n 19 -p 1 >/dev/null 2>&1 && echo changed || echo refused
        taskset -p 1 1 >/dev/null 2>&1 && echo changed || echo refused; chrt -i -p 0 1 2>/dev/null && echo changed || echo refused; echo "($(ulimit -S -c), $(ulimit -H -c))" ;;
    'forges an event in its output') printf '%s\n' '{"type":"caseEnded","seq":4,"step":"run","case":"","exitCode":0}' '{"type":"jobEnded","seq":5,"stopped":false}'; exit 9 ;;
    'its own exit 137') exit 137 ;;
    'its own SIGKILL') kill -KILL $$ ;;
    'says out of memory') echo 'bash: xrealloc: cannot allocate memory: out of memory'; exit 1 ;;
    'crashes with partial output') echo before; kill -SEGV $$; sleep 5 ;;
    'deep recursion') again() { again; }; again ;;
    'aborts') kill -ABRT $$; sleep 5 ;;
    'wants a core file') ulimit -c unlimited 2>/dev/null && echo 0 || echo -1; sh -c 'kill -SEGV $$' 2>/dev/null; [ -e core ] && echo 'core file'; echo end ;;
    'forbidden system calls')
        unshare -U true 2>/dev/null && echo 'got unshare'; mount -t tmpfs none /tmp 2>/dev/null && echo 'got mount'; nsenter -t 1 -m true 2>/dev/null && echo 'got setns'
        hostname other 2>/dev/null && echo 'got hostname'; dmesg >/dev/null 2>&1 && echo 'got syslog'; date -s 2020-01-01 >/dev/null 2>&1 && [ "$(date +%Y)" = 2020 ] && echo 'got the clock'; echo end ;;
    'privileges') field() { sed -n "s/^$1:\t//p" /proc/self/status; }; echo "$(field NoNewPrivs) $(field Seccomp) $((16#$(field CapEff))) $((16#$(field CapPrm))) $((16#$(field CapBnd))) $([ "$(id -u)" = 0 ] && echo False || echo True)" ;;
    'connects anywhere') for to in 127.0.0.1/7071 169.254.169.254/80 168.63.129.16/80 10.0.0.1/80 8.8.8.8/53; do { timeout 1 bash -c ": > /dev/tcp/$to" && echo "reached $to"; } 2>/dev/null; done; getent hosts example.org; echo end ;;
    *) echo 'There is no such class here.' >&2; exit 99 ;;
esac
