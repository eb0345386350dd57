using CodeExec.Core.SourceCode;

namespace CodeExec.Core.Tests.SourceCode;

public sealed class SourceFileTests
{
    [Theory]
    [InlineData("python", "a = 'x # y' # c", "a = '     '    ")]
    [InlineData("python", "\"\"\"doc\nf()\"\"\"\nx", "\"     \n     \"\nx")]
    [InlineData("cpp", "a = 1'000; // f()\n/* g() */ h(\"i()\")", "a = 1'000;       \n          h(\"   \")")]
    [InlineData("javascript", "`a\n${f()}` + 'b\\'c'", "` \n      ` + '    '")]
    [InlineData("go", "`a\\` + 'x'", "`  ` + ' '")]
    [InlineData("bash", "echo ${x#y} # c", "echo ${x#y}    ")]
    [InlineData("c", "/* open", "       ")]
    public void Code_HasSpacesForCommentsAndTexts(string language, string text, string expected) => Assert.Equal(expected, SourceFile.Read("f", language, text).Code);

    [Theory]
    [InlineData("python", "class A:\n    async def f(self, a=(1, 2)):\n        if a: return 1\n        return [x for x in a if x]\n\ndef g(): pass\n", "f/2/4/3 g/0/1/1")]
    [InlineData("javascript", "function a(x) { return x ? 1 : 2; }\nconst b = async (p, q) => {\n  for (;;) {}\n};\nclass C {\n  m(x) {\n    if (x) {}\n  }\n}\n", "a/1/2/1 b/2/2/3 m/1/2/3")]
    [InlineData("cpp", "int f(int a);\nint f(int a) {\n  return a && a > 1 ? a : 0;\n}\nA::A(int x) : y(x) {\n}\n", "f/1/3/3 A/1/1/2")]
    [InlineData("java", "class X {\n  public static void main(String[] args) throws Exception {\n    for (int i = 0; i < 3; i++) { if (i > 1) System.out.println(i); }\n  }\n}\n", "main/1/3/3")]
    [InlineData("go", "func (r *T) Name(a, b int) (int, error) {\n\tif a > b {\n\t\treturn a, nil\n\t}\n\treturn b, nil\n}\n", "Name/2/2/6")]
    [InlineData("bash", "greet() {\n  if true; then echo hi; fi\n}\n", "greet/0/2/3")]
    public void Functions_OfEachLanguage_AreFoundWithParametersComplexityAndLines(string language, string text, string expected)
        => Assert.Equal(expected, string.Join(' ', SourceFile.Read("f", language, text).Functions.Select(one => $"{one.Name}/{one.Parameters}/{one.Complexity}/{one.Lines}")));

    [Fact]
    public void Read_AnyText_ComesToAnEndAndKeepsItsLength()
    {
        Random random = new(7);
        const string Alphabet = "(){}[]\"'`#/*\\\n\t :;=,.abif<>def";
        foreach (string language in new[] { "python", "javascript", "cpp", "java", "go", "bash", "rust" })
        {
            for (int i = 0; i < 40; i++)
            {
                string text = string.Concat(Enumerable.Range(0, 400).Select(_ => Alphabet[random.Next(Alphabet.Length)]));

                SourceFile file = SourceFile.Read("f", language, text);

                Assert.Equal((text.Length, text.Length), (file.Code.Length, file.Commentless.Length));
                Assert.All(file.Functions, function => Assert.InRange(function.End, function.Start, text.Length));
            }
        }
    }
}
