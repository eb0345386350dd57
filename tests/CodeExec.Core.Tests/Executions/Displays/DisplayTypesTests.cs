using System.Text;
using CodeExec.Core.Executions.Displays;

namespace CodeExec.Core.Tests.Executions.Displays;

public sealed class DisplayTypesTests
{
    [Theory]
    [InlineData("plot", "89504e470d0a1a0a00", "image/png")]
    [InlineData("page.html", "89504e470d0a1a0a00", "image/png")]
    [InlineData("a.txt", "ffd8ffe0", "image/jpeg")]
    [InlineData("a", "474946383961", "image/gif")]
    [InlineData("a", "524946460000000057454250", "image/webp")]
    [InlineData("a.wav", "524946460000000057415645", null)]
    [InlineData("a.png", "00", null)]
    [InlineData("a.txt", "ff", null)]
    [InlineData("a.html", "3c00", null)]
    public void Find_Bytes_AreToldByTheirBegin(string name, string hex, string? mime)
        => Assert.Equal(mime, DisplayTypes.Find(name, Convert.FromHexString(hex))?.Mime);

    [Theory]
    [InlineData("a.svg", "<?xml?><svg/>", "image/svg+xml")]
    [InlineData("a.svg", "<script/>", "text/plain")]
    [InlineData("A.HTML", "<b>", "text/html")]
    [InlineData("a.md", "# a", "text/markdown")]
    [InlineData("a.csv", "a,b", "text/csv")]
    [InlineData("a.json", """{"a":{"$schema":"https://vega.github.io/schema/vega-lite/v5.json"}}""", "application/json")]
    [InlineData("a.json", """{"$schema":"https://vega.github.io/schema/vega-lite/v5.json"}""", "application/vnd.vegalite.v5+json")]
    [InlineData("a.json", "{", "text/plain")]
    [InlineData("a.xml", "<script xmlns='http://www.w3.org/1999/xhtml'/>", "text/plain")]
    [InlineData("a.js", "alert(1)", "text/plain")]
    [InlineData("a.png", "not one", null)]
    [InlineData("", "", "text/plain")]
    public void Find_Text_IsToldByItsName(string name, string text, string? mime)
        => Assert.Equal(mime, DisplayTypes.Find(name, Encoding.UTF8.GetBytes(text))?.Mime);

    [Fact]
    public void OfId_EveryType_IsFoundAgain()
        => Assert.All(DisplayTypes.All, type => Assert.Same(type, DisplayTypes.OfId($"12.{type.Ending}")));

    [Theory]
    [InlineData("")]
    [InlineData(".png")]
    [InlineData("1.")]
    [InlineData("1.exe")]
    [InlineData("../1.png")]
    [InlineData("1234567890.png")]
    [InlineData("١.png")]
    public void OfId_WhatIsNoId_IsNone(string id) => Assert.Null(DisplayTypes.OfId(id));
}
