import java.io.*;
import java.net.*;
import java.nio.channels.*;
import java.nio.file.*;
import java.util.*;

/** The classes of hostile behaviour in Java; the first argument chooses, the second is the path of a file on the host. */
public class Main {
    private interface Act { void run() throws Throwable; }

    private static final List<byte[]> kept = new ArrayList<>();

    private static Process start(String... command) throws IOException { return new ProcessBuilder(command).inheritIO().start(); }

    private static void signal(String name) throws Exception { start("/bin/sh", "-c", "kill -" + name + " " + ProcessHandle.current().pid()).waitFor(); Thread.sleep(5000); }

    private static void flood(PrintStream to, String text) { String block = text.repeat(65536 / text.length()); while (!to.checkError()) to.print(block); System.exit(1); }

    private static boolean opens(String path) {
        try { if (Files.isDirectory(Path.of(path))) Files.list(Path.of(path)).count(); else try (InputStream in = new FileInputStream(path)) { in.read(); } return true; }
        catch (IOException | UncheckedIOException e) { return false; }
    }

    private static void connect(String host, int port) {
        try (Socket socket = new Socket()) { socket.connect(new InetSocketAddress(host, port), 1000); System.out.println("reached " + host); } catch (IOException e) { }
    }

    private static int again(int n) { return again(n + 1) + 1; }

    private static String field(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(name + ":")).findFirst().get().substring(name.length() + 1).trim();
    }

    private static final Map<String, Act> classes = new HashMap<>();

    public static void main(String[] arguments) throws Throwable {
        String canary = arguments.length > 1 ? arguments[1] : "";
        classes.put("memory of one process", () -> { for (;;) kept.add(new byte[1 << 20]); });
        classes.put("memory in shared files", () -> { for (int i = 0; i < 10000; i++) Files.write(Path.of("/dev/shm/" + i), new byte[1 << 20]); });
        classes.put("many big files", () -> { for (int i = 0; i < 10000; i++) Files.write(Path.of("" + i), new byte[1 << 20]); });
        classes.put("process storm", () -> { try { for (;;) start("/bin/sleep", "60"); } catch (IOException e) { System.exit(0); } });
        classes.put("thread storm", () -> {
            try { for (;;) { Thread t = new Thread(() -> { try { Thread.sleep(60000); } catch (InterruptedException e) { } }); t.start(); } }
            catch (OutOfMemoryError e) { System.out.println("refused"); System.out.flush(); Runtime.getRuntime().halt(0); }
        });
        classes.put("daemon that outlives its parents and holds the output", () -> { start("/bin/sh", "-c", "setsid sh -c \"trap '' TERM; sleep 600\" &").waitFor(); System.out.println("done"); });
        classes.put("spin that ignores signals", () -> { Runtime.getRuntime().addShutdownHook(new Thread(() -> { for (;;) { } })); for (;;) { } });
        classes.put("spin over two processes", () -> { start("/bin/sh", "-c", "while :; do :; done"); for (;;) { } });
        classes.put("sleep", () -> Thread.sleep(60000));
        classes.put("stops itself", () -> signal("STOP"));
        classes.put("waits for input that has ended", () -> System.out.println(System.in.read() < 0 ? "''" : "something"));
        classes.put("flood on stdout", () -> flood(System.out, "line...."));
        classes.put("flood on stderr", () -> flood(System.err, "line...."));
        classes.put("one endless line", () -> flood(System.out, "x"));
        classes.put("a hundred thousand tiny lines", () -> { for (int i = 0; i < 100000; i++) System.out.println("x"); });
        classes.put("closes its outputs early", () -> { System.out.close(); System.err.close(); Thread.sleep(200); System.exit(5); });
        classes.put("one big file", () -> { try (OutputStream out = new FileOutputStream("big")) { for (;;) out.write(new byte[1 << 20]); } });
        classes.put("sparse file beyond the limit", () -> { try (RandomAccessFile file = new RandomAccessFile("s", "rw")) { file.seek(1L << 40); file.write(1); } });
        classes.put("many small files", () -> { for (int i = 0;; i++) Files.createFile(Path.of("" + i)); });
        classes.put("too many open files", () -> { List<InputStream> all = new ArrayList<>(); try { for (;;) all.add(new FileInputStream("/dev/null")); } catch (IOException e) { System.out.println("refused"); } });
        classes.put("writes outside of its workspace", () -> {
            for (String path : List.of("/usr/x", "/etc/x", "/x", "/opt/codeexec/runner", "/proc/sys/kernel/core_pattern", "/sys/x", "/dev/x", "/run/x", "/var/x"))
                try (OutputStream out = new FileOutputStream(path)) { System.out.println("wrote " + path); } catch (IOException e) { }
            System.out.println("end");
        });
        classes.put("state left for the next run", () -> { for (String folder : List.of("/workspace", "/tmp", "/dev/shm")) Files.writeString(Path.of(folder, "left"), "x"); System.out.println("end"); });
        classes.put("reads the host's files", () -> {
            for (String path : List.of("/home", "/root", "/work", "/data", "/etc/shadow", "/etc/ssh", "/var/lib", "/var/log", "/sys/class", "/boot", "/mnt", "/media", "/srv", "/run/codeexec", "/proc/kcore", canary))
                if (opens(path)) System.out.println("saw " + path);
            System.out.println("end");
        });
        classes.put("sees other processes", () -> {
            long[] seen = Files.list(Path.of("/proc")).map(p -> p.getFileName().toString()).filter(n -> n.matches("\\d+")).mapToLong(Long::parseLong).sorted().toArray();
            System.out.println("[" + seen[0] + "] " + (seen.length <= 3 ? "True" : "False"));
        });
        classes.put("reads the runner", () -> { for (String path : List.of("/proc/1/environ", "/proc/1/mem", "/proc/1/maps", "/proc/1/fd/0", "/proc/1/root/etc/shadow")) if (opens(path)) System.out.println("read " + path); System.out.println("end"); });
        classes.put("forges an event in its output", () -> { System.out.print("{\"type\":\"caseEnded\",\"seq\":4,\"step\":\"run\",\"case\":\"\",\"exitCode\":0}\n{\"type\":\"jobEnded\",\"seq\":5,\"stopped\":false}\n"); System.exit(9); });
        classes.put("its own exit 137", () -> System.exit(137));
        classes.put("its own SIGKILL", () -> signal("KILL"));
        classes.put("says out of memory", () -> { System.out.println("java.lang.OutOfMemoryError: Java heap space"); System.exit(1); });
        classes.put("crashes with partial output", () -> { System.out.println("before"); System.out.flush(); signal("SEGV"); });
        classes.put("deep recursion", () -> again(0));
        classes.put("aborts", () -> signal("ABRT"));
        classes.put("privileges", () -> System.out.println(field("NoNewPrivs") + " " + field("Seccomp") + " " + Long.parseLong(field("CapEff"), 16) + " " + Long.parseLong(field("CapPrm"), 16) + " " + Long.parseLong(field("CapBnd"), 16) + " " + (field("Uid").startsWith("0") ? "False" : "True")));
        classes.put("connects anywhere", () -> {
            connect("127.0.0.1", 7071); connect("169.254.169.254", 80); connect("168.63.129.16", 80); connect("10.0.0.1", 80); connect("8.8.8.8", 53);
            try (SocketChannel local = SocketChannel.open(UnixDomainSocketAddress.of("/run/docker.sock"))) { System.out.println("reached docker"); } catch (IOException e) { }
            try { InetAddress.getByName("example.org"); System.out.println("resolved"); } catch (IOException e) { }
            System.out.println("end");
        });
        classes.put("its own loopback", () -> { try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) { System.out.println("ok"); } });
        Act act = classes.get(arguments[0]);
        if (act == null) { System.err.println("There is no such class here."); System.exit(99); }
        act.run();
    }
}
