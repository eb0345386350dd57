using CodeExec.Core.Containers;

namespace CodeExec.Core.Tests.Containers;

public sealed class RunCostTests
{
    private static readonly RunCost Some = new(10, 21, 0.000138m, "USD");

    [Fact]
    public void Sum_OfWhatHasAPriceAndWhatHasNone_IsOfTheFirst()
        => Assert.Equal(new RunCost(20, 42, 0.000276m, "USD"), RunCost.Sum([Some, null, Some]));

    [Fact]
    public void Sum_OfNothingWithAPrice_IsNull() => Assert.Null(RunCost.Sum([null, null]));

    [Fact]
    public void Sum_OverCurrencies_KeepsTheUseAndNoAmount()
    {
        RunCost? mixed = RunCost.Sum([Some, Some with { Currency = "EUR" }]);

        Assert.Equal(new RunCost(20, 42, null, null), mixed);
        Assert.Equal(new RunCost(30, 63, null, null), RunCost.Sum([mixed, Some]));
    }
}
