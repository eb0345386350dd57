using System.Text;
using CodeExec.Core.Executions;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Loading;

namespace CodeExec.Core.Tests.Languages;

public class EntryChoiceTests
{
    private static readonly LanguageCatalog Catalog = LanguageFiles.Load(RepositoryFolder.Languages);

    [Theory]
    [InlineData("python", "print()", null, "main.py")]
    [InlineData("python", "print()", "src/app.py", "src/app.py")]
    [InlineData("java", "public class Greeting { public static void main(String[] a) {} }", null, "Greeting.java")]
    [InlineData("java", "class Solution { public static void main(String[] a) {} }", null, "Solution.java")]
    [InlineData("java", "// public class Commented\nclass A {} class B { void main() {} }", null, "B.java")]
    [InlineData("java", "class A { String s = \"public class X {\"; char c = '{'; static void main() {} }", null, "A.java")]
    [InlineData("java", "class Main { public static class Pair {} public static void main(String[] a) {} }", null, "Main.java")]
    [InlineData("java", "import java.util.*;\npublic final record Point(int x) { public static void main(String[] a) {} }", null, "Point.java")]
    [InlineData("java", "public interface Shape {} class Z { public static void main(String[] a) {} }", null, "Shape.java")]
    [InlineData("java", "not java at all {{{", null, "Main.java")]
    public void Make_CodeAlone_GoesIntoTheFileThatItNeeds(string id, string code, string? entry, string expected)
    {
        EntryChoice choice = EntryChoice.Make(Catalog.Find(id)!, code, [], entry);

        Assert.Null(choice.Problem);
        Assert.Equal(expected, choice.Entry);
        Assert.Equal(code, Encoding.UTF8.GetString(Assert.Single(choice.Files).Content));
    }

    [Theory]
    [InlineData("python", "a.py,main.py", null, "main.py")]
    [InlineData("python", "a.py,main.py", "a.py", "a.py")]
    [InlineData("python", "data.txt,a.py", null, "a.py")]
    [InlineData("python", "script", null, "script")]
    [InlineData("cpp", "x.hpp,x.cc", null, "x.cc")]
    public void Make_FilesAlone_StartsWithTheNamedTheUsualOrTheOnlyOne(string id, string files, string? entry, string expected)
        => Assert.Equal(expected, EntryChoice.Make(Catalog.Find(id)!, null, Files(files), entry).Entry);

    [Theory]
    [InlineData(null, "", null, "code")]
    [InlineData(null, "a.py,b.py", null, "entry")]
    [InlineData(null, "a.py,b.py", "c.py", "entry")]
    [InlineData("print()", "main.py", null, "files")]
    public void Make_WhatLeavesTheStartOpen_SaysWhichMemberToMend(string? code, string files, string? entry, string field)
    {
        EntryChoice choice = EntryChoice.Make(Catalog.Find("python")!, code, Files(files), entry);

        Assert.Equal(field, choice.Field);
        Assert.NotNull(choice.Problem);
    }

    [Theory]
    [InlineData("class A { public static void main(String[] a) {} }", "A")]
    [InlineData("public class Main {} class B { public static void main(String[] a) {} }", "B")]
    [InlineData("package com.acme; public class Main { static class In { void main() {} } public static void main(String[] a) {} }", "com.acme.Main")]
    [InlineData("class Broken {", "File")]
    public void FindMainClass_AJavaFile_IsTheClassThatHasMain(string text, string expected)
        => Assert.Equal(expected, Catalog.Find("java")!.Entry.Classes!.FindMainClass(text, "File"));

    /// <summary>The expressions run over text from strangers: they end, whatever it is.</summary>
    [Theory]
    [InlineData("class A { ")]
    [InlineData("class A {} ")]
    [InlineData("{")]
    [InlineData("/*")]
    [InlineData("\"")]
    [InlineData("public public ")]
    [InlineData("class x ")]
    public void FindMainClass_HostileText_Ends(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));

        Assert.NotEmpty(Catalog.Find("java")!.Entry.Classes!.FindMainClass(text, "File"));
    }

    private static SourceFile[] Files(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => new SourceFile(name, [])).ToArray();
}
