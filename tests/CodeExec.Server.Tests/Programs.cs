namespace CodeExec.Server.Tests;

/// <summary>Small programs in every built-in language.</summary>
public static class Programs
{
    public static readonly IReadOnlyList<string> Languages = ["python", "javascript", "typescript", "go", "java", "cpp", "c", "bash"];

    /// <summary>Prints "hello" and what comes on stdin.</summary>
    public static string Hello(string language) => language switch
    {
        "python" => "print('hello', input())",
        "javascript" => "const fs = require('fs'); console.log('hello', fs.readFileSync(0, 'utf8').trim());",
        "typescript" => "import * as fs from 'fs';\nconst who: string = fs.readFileSync(0, 'utf8').trim();\nconsole.log(`hello ${who}`);",
        "go" => "package main\nimport (\"bufio\"; \"fmt\"; \"os\")\nfunc main() { s := bufio.NewScanner(os.Stdin); s.Scan(); fmt.Println(\"hello\", s.Text()) }",
        "java" => "import java.util.Scanner;\npublic class Main { public static void main(String[] a) { System.out.println(\"hello \" + new Scanner(System.in).nextLine()); } }",
        "cpp" => "#include <iostream>\n#include <string>\nint main() { std::string s; std::getline(std::cin, s); std::cout << \"hello \" << s << std::endl; }",
        "c" => "#include <stdio.h>\nint main(void) { char s[99]; scanf(\"%98s\", s); printf(\"hello %s\\n\", s); return 0; }",
        "bash" => "read who; echo hello $who",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    /// <summary>Uses the processor for ever.</summary>
    public static string Spin(string language) => language switch
    {
        "python" => "while True: pass",
        "javascript" or "typescript" => "for (;;) { }",
        "go" => "package main\nfunc main() { for { } }",
        "java" => "public class Main { public static void main(String[] a) { while (true) { } } }",
        "cpp" or "c" => "int main() { volatile int i = 0; for (;;) i++; }",
        "bash" => "while :; do :; done",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    /// <summary>Takes memory until it gets no more.</summary>
    public static string Hoard(string language) => language switch
    {
        "python" => "a = []\nwhile True: a.append(bytearray(1 << 20))",
        "javascript" or "typescript" => "const a: any = [];\nfor (;;) { a.push(Buffer.alloc(1 << 20, 1)); }".Replace(language == "javascript" ? ": any" : "\0", "", StringComparison.Ordinal),
        "go" => "package main\nvar a [][]byte\nfunc main() { for { b := make([]byte, 1<<20); for i := range b { b[i] = 1 }; a = append(a, b) } }",
        "java" => "import java.util.*; public class Main { public static void main(String[] x) { List<byte[]> a = new ArrayList<>(); while (true) a.add(new byte[1 << 20]); } }",
        "cpp" or "c" => "#include <stdlib.h>\n#include <string.h>\nint main() { for (;;) { char *p = (char *)malloc(1 << 20); if (!p) abort(); memset(p, 1, 1 << 20); } }",
        "bash" => "x=$(head -c 1000000 /dev/zero | tr '\\0' x); while :; do x=$x$x; done",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    /// <summary>Ends with exit code 7.</summary>
    public static string ExitSeven(string language) => language switch
    {
        "python" => "raise SystemExit(7)",
        "javascript" or "typescript" => "process.exit(7);",
        "go" => "package main\nimport \"os\"\nfunc main() { os.Exit(7) }",
        "java" => "public class Main { public static void main(String[] a) { System.exit(7); } }",
        "cpp" or "c" => "int main() { return 7; }",
        "bash" => "exit 7",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    /// <summary>Prints for ever.</summary>
    public static string Flood(string language) => language switch
    {
        "python" => "while True: print('x' * 1000)",
        "javascript" or "typescript" => "const fs = require('fs'); for (;;) { fs.writeSync(1, 'x'.repeat(1000) + '\\n'); }",
        "go" => "package main\nimport \"fmt\"\nfunc main() { for { fmt.Println(\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\") } }",
        "java" => "public class Main { public static void main(String[] a) { String s = \"x\".repeat(1000); while (true) System.out.println(s); } }",
        "cpp" or "c" => "#include <stdio.h>\nint main() { for (;;) puts(\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"); }",
        "bash" => "yes xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };
}
