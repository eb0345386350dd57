using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CodeExec.Core.Specifications.Skeletons;

/// <summary>The same skeletons as a file of unit tests that run the program, in the language's own test frame.</summary>
public static class SkeletonSources
{
    public static IReadOnlyList<string> Languages { get; } = ["python", "javascript", "go", "java"];

    /// <returns>Null for a language without a frame here.</returns>
    public static string? Make(string language, IReadOnlyList<TestSkeleton> skeletons)
    {
        ArgumentNullException.ThrowIfNull(skeletons);
        return language switch
        {
            "python" => Python(skeletons),
            "javascript" => JavaScript(skeletons),
            "go" => Go(skeletons),
            "java" => Java(skeletons),
            _ => null,
        };
    }

    private static string Python(IReadOnlyList<TestSkeleton> skeletons)
    {
        StringBuilder source = new("import subprocess\nimport sys\nimport unittest\n\n\nclass SpecificationTests(unittest.TestCase):\n");
        source.Append("    def run_program(self, stdin):\n        return subprocess.run([sys.executable, \"main.py\"], input=stdin, capture_output=True, text=True, check=True).stdout\n");
        foreach (TestSkeleton one in skeletons)
        {
            source.Append(CultureInfo.InvariantCulture, $"\n    def test_{Name(one)}(self):\n        \"\"\"{one.Id}: {Comment(one)}\"\"\"\n");
            source.Append(one.Missing.Count > 0
                ? $"        self.skipTest({Quote("the specification does not say: " + string.Join(", ", one.Missing))})\n"
                : $"        self.assertEqual(self.run_program({Quote(one.Stdin)}).rstrip(), {Quote(one.Expected!)})\n");
        }

        return source.Append("\n\nif __name__ == \"__main__\":\n    unittest.main()\n").ToString();
    }

    private static string JavaScript(IReadOnlyList<TestSkeleton> skeletons)
    {
        StringBuilder source = new("const test = require('node:test');\nconst assert = require('node:assert');\nconst { execFileSync } = require('node:child_process');\n\n");
        source.Append("const run = (stdin) => execFileSync(process.execPath, ['main.js'], { input: stdin, encoding: 'utf8' });\n");
        foreach (TestSkeleton one in skeletons)
        {
            string name = Quote($"{one.Id}: {Comment(one)}");
            source.Append(one.Missing.Count > 0
                ? $"\ntest({name}, {{ skip: {Quote("the specification does not say: " + string.Join(", ", one.Missing))} }}, () => {{}});\n"
                : $"\ntest({name}, () => {{\n  assert.strictEqual(run({Quote(one.Stdin)}).trimEnd(), {Quote(one.Expected!)});\n}});\n");
        }

        return source.ToString();
    }

    private static string Go(IReadOnlyList<TestSkeleton> skeletons)
    {
        StringBuilder source = new("package main\n\nimport (\n\t\"os/exec\"\n\t\"strings\"\n\t\"testing\"\n)\n\n");
        source.Append("func run(t *testing.T, stdin string) string {\n\tt.Helper()\n\tcmd := exec.Command(\"go\", \"run\", \".\")\n\tcmd.Stdin = strings.NewReader(stdin)\n");
        source.Append("\tout, err := cmd.Output()\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\treturn strings.TrimRight(string(out), \" \\n\")\n}\n");
        foreach (TestSkeleton one in skeletons)
        {
            source.Append(CultureInfo.InvariantCulture, $"\n// {one.Id}: {Comment(one)}\nfunc Test_{Name(one)}(t *testing.T) {{\n");
            source.Append(one.Missing.Count > 0
                ? $"\tt.Skip({Quote("the specification does not say: " + string.Join(", ", one.Missing))})\n}}\n"
                : $"\tif got := run(t, {Quote(one.Stdin)}); got != {Quote(one.Expected!)} {{\n\t\tt.Errorf(\"got %q\", got)\n\t}}\n}}\n");
        }

        return source.ToString();
    }

    private static string Java(IReadOnlyList<TestSkeleton> skeletons)
    {
        StringBuilder source = new("import static org.junit.jupiter.api.Assertions.assertEquals;\n\nimport java.io.ByteArrayInputStream;\nimport java.io.ByteArrayOutputStream;\nimport java.io.PrintStream;\n");
        source.Append("import org.junit.jupiter.api.Disabled;\nimport org.junit.jupiter.api.Test;\n\nclass SpecificationTests {\n    private static String run(String stdin) throws Exception {\n");
        source.Append("        ByteArrayOutputStream out = new ByteArrayOutputStream();\n        System.setIn(new ByteArrayInputStream(stdin.getBytes(\"UTF-8\")));\n        System.setOut(new PrintStream(out, true, \"UTF-8\"));\n");
        source.Append("        Main.main(new String[0]);\n        return out.toString(\"UTF-8\").stripTrailing();\n    }\n");
        foreach (TestSkeleton one in skeletons)
        {
            source.Append(CultureInfo.InvariantCulture, $"\n    // {one.Id}: {Comment(one)}\n    @Test\n");
            source.Append(one.Missing.Count > 0
                ? $"    @Disabled({Quote("the specification does not say: " + string.Join(", ", one.Missing))})\n    void {Name(one)}() {{\n    }}\n"
                : $"    void {Name(one)}() throws Exception {{\n        assertEquals({Quote(one.Expected!)}, run({Quote(one.Stdin)}));\n    }}\n");
        }

        return source.Append("}\n").ToString();
    }

    // A JSON text is a text literal in all of these languages: \n and \u0041 mean the same in each.
    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private static string Comment(TestSkeleton one) => string.Concat(one.Name.Select(c => char.IsControl(c) || c is '"' or '\\' ? ' ' : c));

    private static string Name(TestSkeleton one) => "t_" + string.Concat(one.Id.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
