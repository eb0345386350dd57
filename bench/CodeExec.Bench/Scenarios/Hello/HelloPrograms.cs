namespace CodeExec.Bench.Scenarios.Hello;

internal static class HelloPrograms
{
    private static readonly string[] JavaCompiler = ["/usr/bin/javac", "Main.java"];
    private static readonly string[] CppCompiler = ["/usr/bin/g++", "-O2", "-std=c++17", "main.cpp", "-o", "main"];

    public static HelloProgram Python { get; } = new(
        "Python", "python", "main.py", word => $"print('hello {word}')\n", Unique: false, Count: 300, QuickCount: 5, null, ["/usr/bin/python3", "main.py"]);

    public static IReadOnlyList<HelloProgram> All { get; } =
    [
        Python,
        new("Node", "javascript", "main.js", word => $"console.log('hello {word}')\n", Unique: false, Count: 200, QuickCount: 5, null, ["/usr/bin/node", "main.js"]),
        new("C++, compiled", "cpp", "main.cpp", Cpp, Unique: true, Count: 40, QuickCount: 2, CppCompiler, ["main"]),
        new("C++, cached", "cpp", "main.cpp", Cpp, Unique: false, Count: 200, QuickCount: 5, CppCompiler, ["main"]),
        new("Java, compiled", "java", "Main.java", Java, Unique: true, Count: 30, QuickCount: 2, JavaCompiler, ["/usr/bin/java", "-cp", ".", "Main"]),
        new("Java, cached", "java", "Main.java", Java, Unique: false, Count: 100, QuickCount: 3, JavaCompiler, ["/usr/bin/java", "-cp", ".", "Main"]),
        new("Bash", "bash", "main.sh", word => $"echo 'hello {word}'\n", Unique: false, Count: 300, QuickCount: 5, null, ["/usr/bin/bash", "main.sh"]),
    ];

    private static string Cpp(string word) => $"#include <iostream>\nint main() {{ std::cout << \"hello {word}\\n\"; }}\n";

    private static string Java(string word)
        => $"public class Main {{ public static void main(String[] args) {{ System.out.println(\"hello {word}\"); }} }}\n";
}
