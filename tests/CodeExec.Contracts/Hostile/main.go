// The classes of hostile behaviour in Go; the first argument chooses, the second is the path of a file on the host.
package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

var kept [][]byte

func take(bytes int) {
	block := make([]byte, bytes)
	for i := range block {
		block[i] = 1
	}
	kept = append(kept, block)
}

func again(class string) *exec.Cmd {
	command := exec.Command("/proc/self/exe", class)
	command.Stdout = os.Stdout
	return command
}

func end(text string) { fmt.Println(text) }

func flood(file *os.File, text string) {
	block := []byte(strings.Repeat(text, 65536/len(text)))
	for {
		if _, err := file.Write(block); err != nil {
			os.Exit(1)
		}
	}
}

func opens(path string, flags int) bool {
	file, err := os.OpenFile(path, flags, 0600)
	if err != nil {
		return false
	}
	if flags == os.O_RDONLY {
		if _, err = file.Readdirnames(1); err != nil {
			_, err = file.Read(make([]byte, 16))
		}
	}
	file.Close()
	return err == nil
}

func say(what string, failed bool) {
	if failed {
		end("refused")
	} else {
		end(what)
	}
}

func fill(folder string) {
	for i := 0; i < 10000; i++ {
		if os.WriteFile(fmt.Sprint(folder, i), make([]byte, 1<<20), 0600) != nil {
			os.Exit(1)
		}
	}
}

func recurse(n int) int { return recurse(n+1) + 1 }

func connects(network, address string) {
	if connection, err := net.DialTimeout(network, address, time.Second); err == nil {
		connection.Close()
		fmt.Println("reached", address)
	}
}

var classes = map[string]func(){
	"memory of one process": func() {
		for {
			take(1 << 20)
		}
	},
	"a child that takes its share": func() { take(30 << 20); time.Sleep(3 * time.Second) },
	"memory of many small processes": func() {
		for i := 0; i < 20; i++ {
			again("a child that takes its share").Start()
		}
		time.Sleep(5 * time.Second)
		os.Exit(3)
	},
	"memory in shared files": func() { fill("/dev/shm/") },
	"many big files":         func() { fill("./") },
	"much reserved, little touched": func() { block := make([]byte, 4<<30); block[0] = 1; end("ok"); runtime.KeepAlive(block) },
	"process storm": func() {
		for exec.Command("/bin/sleep", "60").Start() == nil {
		}
	},
	"thread storm": func() {
		for i := 0; i < 300; i++ { // the runtime lists them all when it gives up
			go func() {
				runtime.LockOSThread()
				syscall.Nanosleep(&syscall.Timespec{Sec: 60}, nil)
			}()
		}
		time.Sleep(60 * time.Second)
	},
	"daemon that outlives its parents and holds the output": func() {
		command := again("sleep")
		command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		command.Start()
		end("done")
	},
	"spin that ignores signals": func() {
		signal.Ignore()
		for {
		}
	},
	"spin over two processes": func() {
		again("spin that ignores signals").Start()
		for {
		}
	},
	"sleep":        func() { time.Sleep(600 * time.Second) },
	"stops itself": func() { syscall.Kill(os.Getpid(), syscall.SIGSTOP); time.Sleep(600 * time.Second) },
	"waits for input that has ended": func() {
		if n, _ := os.Stdin.Read(make([]byte, 1)); n == 0 {
			end("''")
		}
	},
	"raises its own limits": func() {
		for _, kind := range []int{syscall.RLIMIT_NOFILE, syscall.RLIMIT_CPU, syscall.RLIMIT_FSIZE, syscall.RLIMIT_CORE} {
			var limit syscall.Rlimit
			syscall.Getrlimit(kind, &limit)
			if limit.Max == ^uint64(0) {
				continue
			}
			limit.Max++
			limit.Cur = limit.Max
			if syscall.Setrlimit(kind, &limit) == nil {
				end("raised")
			}
		}
		end("end")
	},
	"takes a better priority": func() {
		say("got it", syscall.Setpriority(syscall.PRIO_PROCESS, 0, -5) != nil)
		param := int32(1)
		_, _, errno := syscall.RawSyscall(syscall.SYS_SCHED_SETSCHEDULER, 0, 1, uintptr(unsafe.Pointer(&param)))
		say("got it", errno != 0)
	},
	"flood on stdout":  func() { flood(os.Stdout, "line....") },
	"flood on stderr":  func() { flood(os.Stderr, "line....") },
	"one endless line": func() { flood(os.Stdout, "x") },
	"a hundred thousand tiny lines": func() {
		for i := 0; i < 100000; i++ {
			os.Stdout.WriteString("x\n")
		}
	},
	"closes its outputs early": func() { os.Stdout.Close(); os.Stderr.Close(); time.Sleep(200 * time.Millisecond); os.Exit(5) },
	"one big file": func() {
		file, _ := os.Create("big")
		for {
			if _, err := file.Write(make([]byte, 1<<20)); err != nil {
				os.Exit(1)
			}
		}
	},
	"sparse file beyond the limit": func() {
		file, _ := os.Create("s")
		if _, err := file.WriteAt([]byte("x"), 1<<40); err != nil {
			os.Exit(1)
		}
	},
	"many small files": func() {
		for i := 0; ; i++ {
			if os.WriteFile(strconv.Itoa(i), nil, 0600) != nil {
				os.Exit(1)
			}
		}
	},
	"too many open files": func() {
		for {
			if _, err := syscall.Open("/dev/null", 0, 0); err != nil {
				end("refused")
				return
			}
		}
	},
	"deep folders and odd names": func() {
		for i := 0; i < 600; i++ {
			os.Mkdir("d", 0700)
			os.Chdir("d")
		}
		os.Mkdir("\xff\xfe\n", 0700)
		os.Mkdir("-rf", 0)
		os.WriteFile(strings.Repeat("x", 255), nil, 0)
		os.Symlink("/", "root")
		os.Symlink("loop", "loop")
		syscall.Mkfifo("pipe", 0600)
		end("end")
	},
	"writes outside of its workspace": func() {
		for _, path := range []string{"/usr/x", "/etc/x", "/x", "/opt/codeexec/runner", "/proc/sys/kernel/core_pattern", "/sys/x", "/dev/x", "/run/x", "/var/x"} {
			if opens(path, os.O_WRONLY|os.O_CREATE) {
				fmt.Println("wrote", path)
			}
		}
		end("end")
	},
	"state left for the next run": func() {
		for _, folder := range []string{"/workspace", "/tmp", "/dev/shm"} {
			os.WriteFile(folder+"/left", nil, 0666)
		}
		syscall.RawSyscall(syscall.SYS_SHMGET, 0x5eed, 4096, 01666)
		end("end")
	},
	"reads the host's files": func() {
		for _, path := range []string{"/home", "/root", "/work", "/data", "/etc/shadow", "/etc/ssh", "/var/lib", "/var/log", "/sys/class", "/boot", "/mnt", "/media", "/srv", "/run/codeexec", "/proc/kcore", os.Args[2]} {
			if opens(path, os.O_RDONLY) {
				fmt.Println("saw", path)
			}
		}
		end("end")
	},
	"sees other processes": func() {
		folder, _ := os.Open("/proc")
		names, _ := folder.Readdirnames(-1)
		least, count := 1<<30, 0
		for _, name := range names {
			if pid, err := strconv.Atoi(name); err == nil {
				count++
				if pid < least {
					least = pid
				}
			}
		}
		fmt.Printf("[%d] %s\n", least, map[bool]string{true: "True", false: "False"}[count <= 3])
	},
	"reads the runner": func() {
		for _, path := range []string{"/proc/1/environ", "/proc/1/mem", "/proc/1/maps", "/proc/1/fd/0", "/proc/1/root/etc/shadow", "/proc/1/cwd/x"} {
			if opens(path, os.O_RDONLY) {
				fmt.Println("read", path)
			}
		}
		end("end")
	},
	"signals everybody": func() {
		for s := 1; s < 65; s++ {
			syscall.Kill(1, syscall.Signal(s))
			syscall.Kill(os.Getppid(), syscall.Signal(s))
		}
		signal.Ignore(syscall.SIGTERM)
		syscall.Kill(-1, syscall.SIGTERM)
		time.Sleep(100 * time.Millisecond)
		end("alive")
	},
	"forges an event in its output": func() {
		fmt.Print("{\"type\":\"caseEnded\",\"seq\":4,\"step\":\"run\",\"case\":\"\",\"exitCode\":0}\n{\"type\":\"jobEnded\",\"seq\":5,\"stopped\":false}\n")
		os.Exit(9)
	},
	"its own exit 137":            func() { os.Exit(137) },
	"its own SIGKILL":             func() { syscall.Kill(os.Getpid(), syscall.SIGKILL) },
	"says out of memory":          func() { end("runtime: out of memory"); os.Exit(1) },
	"crashes with partial output": func() { end("before"); var nothing *int; *nothing = 1 },
	"deep recursion":              func() { recurse(0) },
	"divides by zero":             func() { zero := len(os.Args) - 3; fmt.Println(1 / zero) },
	"forbidden system calls": func() {
		for name, call := range map[string][4]uintptr{
			"unshare": {syscall.SYS_UNSHARE, 0x10000000}, "mount": {syscall.SYS_MOUNT}, "ptrace": {syscall.SYS_PTRACE, 16, 1}, "keyctl": {250}, "bpf": {321}, "perf": {298},
			"userfaultfd": {323}, "io_uring": {425, 1}, "setns": {308}, "process_vm_readv": {310, 1}, "setuid": {syscall.SYS_SETUID, 0}, "clone3": {435}, "chroot": {syscall.SYS_CHROOT},
		} {
			result, _, errno := syscall.RawSyscall(call[0], call[1], call[2], call[3])
			if result != ^uintptr(0) || (errno != syscall.EPERM && errno != syscall.ENOSYS && name != "setuid") {
				fmt.Println("got", name, errno)
			}
		}
		end("end")
	},
	"terminal injection": func() {
		c := byte('x')
		result, _, errno := syscall.RawSyscall(syscall.SYS_IOCTL, 0, 0x5412, uintptr(unsafe.Pointer(&c)))
		fmt.Println(int(result), int(errno))
	},
	"privileges": func() {
		text, _ := os.ReadFile("/proc/self/status")
		fields := map[string]string{}
		for _, line := range strings.Split(string(text), "\n") {
			if name, value, ok := strings.Cut(line, ":\t"); ok {
				fields[name] = value
			}
		}
		number := func(name string) uint64 { n, _ := strconv.ParseUint(fields[name], 16, 64); return n }
		fmt.Println(fields["NoNewPrivs"], fields["Seccomp"], number("CapEff"), number("CapPrm"), number("CapBnd"), map[bool]string{true: "True", false: "False"}[os.Getuid() != 0])
	},
	"connects anywhere": func() {
		for _, address := range []string{"127.0.0.1:7071", "169.254.169.254:80", "168.63.129.16:80", "10.0.0.1:80", "8.8.8.8:53", "[fd00:ec2::254]:80"} {
			connects("tcp", address)
		}
		connects("unix", "/run/docker.sock")
		if _, err := net.LookupHost("example.org"); err == nil {
			end("resolved")
		}
		end("end")
	},
	"its own loopback": func() {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err == nil {
			_, err = net.Dial("tcp", listener.Addr().String())
		}
		if err == nil {
			end("ok")
		}
	},
}

func main() {
	run, known := classes[os.Args[1]]
	if !known {
		fmt.Fprintln(os.Stderr, "There is no such class here.")
		os.Exit(99)
	}
	run()
}
