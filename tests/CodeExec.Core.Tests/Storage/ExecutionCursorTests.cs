using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Tests.Storage;

public sealed class ExecutionCursorTests
{
    private static readonly ExecutionQuery Query = new() { Tenant = new TenantId("default") };

    [Fact]
    public void Of_WhatToTextGave_IsTheSame()
    {
        ExecutionCursor cursor = new(638_000_000_000_000_000, new ExecutionId(Guid.NewGuid()));

        Assert.Equal(cursor, ExecutionCursor.Of(Query with { Cursor = cursor.ToText(Query) }));
    }

    /// <summary>Found by fuzzing: of the right length, with characters that are in no alphabet, it was a 500.</summary>
    [Theory]
    [InlineData('\u001a')]
    [InlineData('+')]
    [InlineData('=')]
    [InlineData('\ufffd')]
    [InlineData('A')]
    public void Of_RightLengthAndWrongCharacters_IsRefused(char wrong)
    {
        string good = new ExecutionCursor(638_000_000_000_000_000, new ExecutionId(Guid.NewGuid())).ToText(Query);

        Assert.Throws<InvalidCursorException>(() => ExecutionCursor.Of(Query with { Cursor = string.Concat(good.AsSpan(0, 5), $"{wrong}{wrong}{wrong}", good.AsSpan(8)) }));
    }
}
