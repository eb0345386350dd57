using System.Text.RegularExpressions;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Tests.Grading;

/// <summary>A pattern of forty characters must not take all memory of the host.</summary>
public sealed class PatternRegexTests
{
    [Theory]
    [InlineData("((((((((((a?){50}){50}){50}){50}){50}){50}){50}){50}){50}){50}")]
    [InlineData("(?=a)(((((a?){50}){50}){50}){50}){50}")]
    [InlineData("(((a{1,1000}){1000}){1000})b\\1")]
    public void FindMistake_RepetitionsInRepetitions_AreRefused(string pattern)
    {
        Assert.Contains("Repeats too much", PatternRegex.FindMistake(pattern), StringComparison.Ordinal);
        Assert.Null(PatternRegex.TryMake(pattern, ignoreCase: false));
    }

    [Theory]
    [InlineData(@"^\d{1,500}$", true)]
    [InlineData(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$", true)]
    [InlineData("([ab]{30}){30}c", true)]
    [InlineData("[ab]{20000}", false)]
    [InlineData(@"(\w{1,10}) \1", false)]
    public void TryMake_WhatPeopleWrite_IsMade(string pattern, bool linear)
    {
        Regex? made = PatternRegex.TryMake(pattern, ignoreCase: true);

        Assert.NotNull(made);
        Assert.Equal(linear, made.IsLinear());
        Assert.Null(PatternRegex.FindMistake(pattern));
    }
}
