using CodeExec.Core.Problems.Importing.Templates;

namespace CodeExec.Core.Tests.Problems;

/// <summary>FreeMarker, as far as Polygon's scripts are written in it.</summary>
public sealed class ScriptTemplateTests
{
    [Theory]
    [InlineData("<#list 1..3 as i>\ngen ${i} > $\n</#list>", "gen 1 > $|gen 2 > $|gen 3 > $")]
    [InlineData("<#list 1..2 as i><#list [10, 100] as n>\ngen ${i} ${n?c} > $\n</#list></#list>", "gen 1 10 > $|gen 1 100 > $|gen 2 10 > $|gen 2 100 > $")]
    [InlineData("<#assign n = 5>\n<#assign m = n * n + 1, k = n - 1>\ngen ${m} ${k} ${n / 2} ${7 % n} > 1", "gen 26 4 2.5 2 > 1")]
    [InlineData("<#list 1..4 as i><#if i % 2 == 0>\neven ${i}\n<#elseif i gt 2>\nlarge ${i}\n<#else>\nodd ${i}\n</#if></#list>", "odd 1|even 2|large 3|even 4")]
    [InlineData("<#-- a comment\n over ${lines} -->\ngen 1 > 1", "gen 1 > 1")]
    [InlineData("<#assign sizes = [1000, 200000]>\n<#list sizes as s>\ngen ${s} ${s_index} ${s?index} ${s?counter} ${s_has_next?string} > $\n</#list>", "gen 1000 0 0 1 true > $|gen 200000 1 1 2 false > $")]
    [InlineData("<#list 3..1 as i>\n${i}\n</#list>", "3|2|1")]
    [InlineData("<#list 1..<3 as i>\n${i}\n</#list><#list 2..*2 as i>\n${i}\n</#list>", "1|2|2|3")]
    [InlineData("<#list 1..10 as i><#if i == 2><#continue></#if><#if (i > 3)><#break></#if>\n${i}\n</#list>", "1|3")]
    [InlineData("<#list [] as i>\n${i}\n<#else>\nnone\n</#list>", "none")]
    [InlineData("<#list 1..3 as i>${i}<#sep>,</#sep></#list>", "1,2,3")]
    [InlineData("${\"a\" + 1 + \"b\"} ${'x${1 + 1}y'} ${true?string('yes', 'no')} ${7?string('000')} ${2.5?floor} ${[1, 2, 3]?size} ${[1, 2]?join('-')}", "a1b x2y yes 007 2 3 1-2")]
    [InlineData("<#assign all = [1, 2] + [3]>${all[2]} ${all?first} ${all?last} ${all?reverse[0]} ${missing!9} ${(missing!\"d\")} ${missing???string} ${'abc'[1]}", "3 1 3 3 9 d false b")]
    [InlineData("<#assign x = 1><#assign x += 4><#assign x++>${x} <#assign word>w${x}</#assign>${word}", "6 w6")]
    [InlineData("<#assign h = {\"n\": 5, \"m\": [7]}>${h.n} ${h[\"m\"][0]} ${h?keys?join(\" \")}", "5 7 n m")]
    [InlineData("<#if 1 < 2 && !(2 lte 1) || false>yes<#else>no</#if> ${-3?abs} ${(-3)?abs} ${2 * (3 + 4)}", "yes -3 3 14")]
    [InlineData("<#assign a = 10 b = 20>${a}${b} ${1 == 1.0} ", "")]
    public void Expand_AsFreeMarkerDoes(string script, string lines)
    {
        if (lines.Length == 0)
        {
            Assert.Throws<TemplateException>(() => ScriptTemplate.Expand(script)); // a truth is no text without ?c or ?string
            return;
        }

        Assert.Equal(lines, string.Join('|', ScriptTemplate.Expand(script).Select(one => one.Text.Trim()).Where(text => text.Length > 0)));
    }

    [Theory]
    [InlineData("gen 1 > 1\n<#list 1..3 as i>\ngen ${i > $\n", 3, "not closed")]
    [InlineData("\n\n<#list 1..3 as i>\ngen ${i} > $", 3, "</#list> is missing")]
    [InlineData("a\n</#list>", 2, "not known")]
    [InlineData("<#macro gen></#macro>", 1, "<#macro> is not known")]
    [InlineData("a\nb\n${nothing}", 3, "no such variable")]
    [InlineData("<#list 5 as i></#list>", 1, "a sequence")]
    [InlineData("a\n${1 / 0}", 2, "division by zero")]
    [InlineData("${\"x\"?eval}", 1, "?eval is not known")]
    [InlineData("<#list 1..3>x</#list>", 1, "as i")]
    [InlineData("${[1][4]}", 1, "no item 4")]
    [InlineData("<#if 1>x</#if>", 1, "true or false")]
    [InlineData("${1 +}", 1, "a value")]
    [InlineData("<#-- open", 1, "comment is not closed")]
    public void Expand_WrongScript_SaysItsLine(string script, int line, string why)
    {
        TemplateException refused = Assert.Throws<TemplateException>(() => ScriptTemplate.Expand(script));

        Assert.Equal(line, refused.Line);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> TooMuch() => new()
    {
        { "a list of lists of lists", "<#list 1..1000 as a><#list 1..1000 as b><#list 1..1000 as c>x</#list></#list></#list>" },
        { "a range", "<#list 1..1000000000 as i>x</#list>" },
        { "a text that doubles", "<#assign s = \"xxxxxxxxxx\"><#list 1..100 as i><#assign s = s + s></#list>" },
        { "a sequence that doubles", "<#assign s = [1, 2]><#list 1..100 as i><#assign s = s + s></#list>" },
        { "nested lists", string.Concat(Enumerable.Repeat("<#list 1..1 as i>", 5000)) },
        { "brackets", "${" + new string('(', 50_000) + "1" + new string(')', 50_000) + "}" },
        { "signs", "${" + string.Concat(Enumerable.Repeat("- ", 50_000)) + "1}" },
        { "truths", "${" + new string('!', 50_000) + "true}" },
        { "sums", "${1" + string.Concat(Enumerable.Repeat("+1", 50_000)) + "}" },
        { "padding", "<#list 1..100000 as i>${\"\"?left_pad(1000)}</#list>" },
        { "a number", "<#assign n = 10><#list 1..100 as i><#assign n = n * n></#list>" },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void Expand_TooMuch_IsRefused(string what, string script)
        => Assert.True(Assert.Throws<TemplateException>(() => ScriptTemplate.Expand(script)).Message.Length > 0, what);

    [Fact]
    public void Expand_AnyText_IsExpandedOrRefusedAndNothingElse()
    {
        string[] parts = ["<#list ", "1..3", " as i>", "</#list>", "${", "}", "i", "?c", "<#if ", "</#if>", "<#else>", "[", "]", "(", ")", "\"", "'", "+", "!", "??", ">", "<#assign x = ", "<#-- ", "-->", "gen ", "\n", "#{", "{", ".", "\\"];
        Random random = new(7);
        for (int i = 0; i < 3000; i++)
        {
            string script = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => parts[random.Next(parts.Length)]));
            try
            {
                ScriptTemplate.Expand(script);
            }
            catch (TemplateException)
            {
                // refused in words
            }
        }
    }
}
