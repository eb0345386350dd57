namespace CodeExec.Contracts.Containers;

/// <summary>A program whose compiling is the attack. It must end at a limit or as an error of the compiler, and is never run.</summary>
/// <param name="Files">From the path of a file on the host that it may want to read; the first is the entry.</param>
public sealed record CompileBomb(string Name, string Language, string Expected, Func<string, IReadOnlyList<(string Path, string Text)>> Files)
{
    public override string ToString() => Name;
}

public static class CompileBombs
{
    private const string Error = "exit 1 or exit 2 or exit 4";
    private const string ErrorOrLimit = Error + " or limit CpuTime or limit WallTime or limit Memory or limit Output or limit Workspace or limit Processes";

    public static IReadOnlyList<CompileBomb> All { get; } =
    [
        One("c: includes the host's passwords", "c", Error, "main.c", _ => "#include \"/etc/shadow\"\nint main(void) { return 0; }"),
        One("c: includes a file of the host", "c", Error, "main.c", canary => $"#include \"{canary}\"\nint main(void) {{ return 0; }}"),
        One("c: includes another process's environment", "c", Error, "main.c", _ => "#include \"/proc/1/environ\"\nint main(void) { return 0; }"),
        One("c: includes an endless file", "c", ErrorOrLimit, "main.c", _ => "#include \"/dev/zero\"\nint main(void) { return 0; }"),
        One("c: includes what never answers", "c", ErrorOrLimit, "main.c", _ => "#include \"/dev/stdin\"\n#include \"/dev/tty\"\n#error end"),
        One("c: includes itself, twice", "c", ErrorOrLimit, "main.c", _ => "#include __FILE__\n#include __FILE__\nnonsense"),
        One("c: assembles a file of the host", "c", Error, "main.c", canary => $"__asm__(\".incbin \\\"{canary}\\\"\");\n__asm__(\".incbin \\\"/etc/shadow\\\"\");\nint main(void) {{ return 0; }}"),
        One("c: huge program", "c", ErrorOrLimit, "main.c", _ => "char a[1 << 30] = { 1 };\nint main(void) { return a[5]; }"),
        One("c: assembles for ever", "c", ErrorOrLimit, "main.c", _ => "__asm__(\".rept 2000000000\\n.quad 1\\n.endr\");\nint main(void) { return 0; }"),
        One("c: huge diagnostics", "c", ErrorOrLimit, "main.c", _ => "#define A x y z;\n#define B A A A A A A A A\n#define C B B B B B B B B\n#define D C C C C C C C C\n#define E D D D D D D D D\nE E E E E E E E"),
        One("c: macros that double", "c", ErrorOrLimit, "main.c", _ => string.Concat(Enumerable.Range(1, 40).Select(i => $"#define M{i} M{i - 1} M{i - 1}\n")) + "#define M0 +1\nint main(void) { return M40; }"),
        One("cpp: endless templates", "cpp", ErrorOrLimit, "main.cpp", _ => "template<int N> struct F { static const int v = F<N + 1>::v + F<N + 2>::v; };\nint main() { return F<0>::v; }"),
        One("cpp: templates that double", "cpp", ErrorOrLimit, "main.cpp", _ => "template<int D, unsigned long long N> struct F { static const int v = F<D - 1, N * 2>::v + F<D - 1, N * 2 + 1>::v; };\ntemplate<unsigned long long N> struct F<0, N> { static const int v = 1; };\nint main() { return F<40, 1>::v; }"),
        One("cpp: computes for ever as it compiles", "cpp", ErrorOrLimit, "main.cpp", _ => "constexpr int f(int n) { while (true) n ^= 1; return n; }\nstatic_assert(f(1) == 0);\nint main() { }"),
        One("cpp: huge diagnostics", "cpp", ErrorOrLimit, "main.cpp", _ => "#include <map>\n#include <string>\n#include <vector>\ntemplate<int N> struct S : S<N - 1> { std::map<std::string, std::vector<std::map<int, no_such<N>>>> m; };\ntemplate<> struct S<0> { };\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"S<{800 - i}> s{i};\n")) + "int main() { }"),
        One("go: a type of itself without end", "go", ErrorOrLimit, "main.go", _ => "package main\ntype T[P any] struct { f *T[T[P]] }\nfunc main() { var x T[int]; _ = x }"),
        One("go: a function of itself without end", "go", ErrorOrLimit, "main.go", _ => "package main\nfunc f[T any](n int) { if n > 0 { f[*T](n - 1) } }\nfunc main() { f[int](9) }"),
        One("go: embeds the host's passwords", "go", Error, "main.go", _ => "package main\nimport _ \"embed\"\n//go:embed /etc/shadow\nvar s string\nfunc main() { print(s) }"),
        One("go: embeds a file of the host", "go", Error, "main.go", canary => $"package main\nimport _ \"embed\"\n//go:embed ../..{canary}\nvar s string\nfunc main() {{ print(s) }}"),
        One("go: includes a file of the host in its C", "go", Error, "main.go", canary => $"package main\n/*\n#include \"{canary}\"\n#include \"/etc/shadow\"\n*/\nimport \"C\"\nfunc main() {{ }}"),
        One("go: gives its C compiler forbidden flags", "go", Error, "main.go", _ => "package main\n/*\n#cgo CFLAGS: -fplugin=/workspace/x.so -wrapper /bin/sh\n*/\nimport \"C\"\nfunc main() { }"),
        One("go: huge program", "go", ErrorOrLimit, "main.go", _ => "package main\nvar a = [1 << 30]byte{1: 1, 1<<30 - 1: 1}\nfunc main() { print(a[5]) }"),
        One("go: fetches a package", "go", Error, "main.go", _ => "package main\nimport _ \"example.org/x\"\nfunc main() { }"),
        One("java: text that doubles", "java", ErrorOrLimit, "Main.java", _ => "public class Main { static final String S0 = \"xxxxxxxxxxxxxxxx\";\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"static final String S{i} = S{i - 1} + S{i - 1};\n")) + "public static void main(String[] a) { System.out.println(S40); } }"),
        One("java: lambdas that double", "java", ErrorOrLimit, "Main.java", _ => "import java.util.function.*; public class Main { static <T> T f(Supplier<T> s) { return s.get(); } static <T> T f(Callable2<T> s) { return null; } interface Callable2<T> { T call() throws Exception; }\npublic static void main(String[] a) { Object o = " + string.Concat(Enumerable.Repeat("f(() -> ", 40)) + "1" + new string(')', 40) + "; no_such(); } }"),
        One("java: expressions nested deep", "java", ErrorOrLimit, "Main.java", _ => "public class Main { public static void main(String[] a) { int x = " + new string('(', 20_000) + "1" + new string(')', 20_000) + "; } }"),
        One("java: annotations of annotations", "java", ErrorOrLimit, "Main.java", _ => "@interface A { A value(); A[] all() default { @A(@A(@A(@A(@A)))) }; }\n@A(@A(@A(@A(@A(@A(@A(@A))))))) public class Main { public static void main(String[] a) { } }"),
        Many("java: brings a compiler plugin", "java", Error, _ => [("Main.java", "@Deprecated public class Main { no_such x; public static void main(String[] a) { } }"), ("META-INF/services/javax.annotation.processing.Processor", "Main"), ("META-INF/services/com.sun.source.util.Plugin", "Main")]),
        One("typescript: a type of itself without end", "typescript", ErrorOrLimit, "main.ts", _ => "type F<T extends any[]> = F<[...T, 1]>;\nlet x: F<[]> = 1;"),
        One("typescript: a type that doubles", "typescript", ErrorOrLimit, "main.ts", _ => "type D<T, N extends any[]> = N['length'] extends 40 ? T : [D<[T, N], [...N, 1]>, D<[N, T], [...N, 1]>];\nconst x: D<0, []> = 1;\nconst y: string = x;"),
        One("typescript: texts that multiply", "typescript", ErrorOrLimit, "main.ts", _ => "type D = '0'|'1'|'2'|'3'|'4'|'5'|'6'|'7'|'8'|'9';\ntype N = `${D}${D}${D}${D}`;\ntype M = `${N}${N}`;\nconst x: M = 'no';"),
        One("typescript: refers to a file of the host", "typescript", Error, "main.ts", canary => $"/// <reference path=\"{canary}\" />\n/// <reference path=\"/etc/shadow\" />\nimport x from '/etc/shadow';\nconsole.log(x);"),
    ];

    private static CompileBomb One(string name, string language, string expected, string path, Func<string, string> text) => Many(name, language, expected, canary => [(path, text(canary))]);

    private static CompileBomb Many(string name, string language, string expected, Func<string, IReadOnlyList<(string, string)>> files) => new(name, language, expected, files);
}
