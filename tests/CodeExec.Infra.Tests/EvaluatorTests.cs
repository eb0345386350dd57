using CodeExec.Infra.Tests.Bicep.Evaluation;
using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests;

/// <summary>The reader's idea of Bicep's values.</summary>
public sealed class EvaluatorTests
{
    [Theory]
    [InlineData("1 + 2 * 3", 7L)]
    [InlineData("(1 + 2) * 3", 9L)]
    [InlineData("true ? 'a' : 'b'", "a")]
    [InlineData("!empty('') && 1 < 2", false)]
    [InlineData("'${1}-${'x'}'", "1-x")]
    [InlineData(@"'it\'s \${so}'", "it's ${so}")]
    [InlineData("filter([1, 2, 3], n => n > 1)[0]", 2L)]
    [InlineData("union({ a: 1 }, { a: 2, b: 3 }).a", 2L)]
    [InlineData("concat([1], [2])[1]", 2L)]
    [InlineData("[for (name, at) in ['x', 'y']: '${at}${name}'][1]", "1y")]
    [InlineData("cidrSubnet('10.20.0.0/23', 24, 1)", "10.20.1.0/24")]
    [InlineData("take(uniqueString('a'), 100) == uniqueString('a')", true)]
    public void Of_AnExpression_IsItsValue(string expression, object expected)
        => Assert.Equal(expected, new Evaluator(_ => Unknown.Value).Of(((Declaration.Variable)Parser.Parse($"var a = {expression}")[0]).Value));

    [Theory]
    [InlineData("later.properties.key")]
    [InlineData("later == 1")]
    [InlineData("later ? 1 : 2")]
    public void Of_WhatOnlyAzureKnows_IsUnknown(string expression)
        => Assert.Same(Unknown.Value, new Evaluator(_ => Unknown.Value).Of(((Declaration.Variable)Parser.Parse($"var a = {expression}")[0]).Value));
}
