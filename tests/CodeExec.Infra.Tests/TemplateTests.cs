using CodeExec.Infra.Tests.Bicep.Evaluation;
using CodeExec.Infra.Tests.Checks;

namespace CodeExec.Infra.Tests;

/// <summary>The templates of infra/, without Azure and without Bicep's own compiler (<see cref="CompilerTests"/> has that).</summary>
public sealed class TemplateTests
{
    public static TheoryData<string> Sizes => [.. Repository.Templates.ParameterFiles.Select(file => file.Path)];

    [Fact]
    public void Sizes_OfTheRepository_AreThree() => Assert.Equal(["sizes/large.bicepparam", "sizes/medium.bicepparam", "sizes/small.bicepparam"], Repository.Templates.ParameterFiles.Select(file => file.Path));

    [Fact]
    public void Symbols_InAllTemplates_StandForSomething() => AssertNone(SymbolCheck.Problems(Repository.Templates));

    [Fact]
    public void Modules_GetWhatTheyNeedAndTellWhatIsUsed() => AssertNone(ModuleCheck.Problems(Repository.Templates));

    [Fact]
    public void Parameters_OfAllTemplatesAndSizes_AreExplainedAndWithinBounds() => AssertNone(ParameterCheck.Problems(Repository.Templates));

    [Fact]
    public void Resources_InAllTemplates_HaveOneReleasedVersionEach() => AssertNone(ResourceCheck.Problems(Repository.Templates));

    [Fact]
    public void Secrets_OfAllTemplates_StayInTheVault() => AssertNone(SecretCheck.Problems(Repository.Templates));

    [Fact]
    public void Roles_InAllTemplates_AreOfTheList() => AssertNone(RoleCheck.Problems(Repository.Templates));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Deployment_OfEachSize_WouldBeTakenByAzureAndByTheApp(string size)
    {
        Deployment deployment = Deployment.Of(Repository.Templates, Repository.Templates.Find(size)!);

        AssertNone(NameCheck.Problems(deployment)
            .Concat(SecretCheck.Problems(deployment))
            .Concat(RoleCheck.Problems(deployment))
            .Concat(LocalKeyCheck.Problems(deployment))
            .Concat(NetworkCheck.Problems(deployment))
            .Concat(SettingsCheck.Problems(deployment, Repository.Read("local.settings.sample.json"))));
    }

    [Theory]
    [InlineData("sizes/small.bicepparam", 1)]
    [InlineData("sizes/large.bicepparam", 2)]
    public void Subnets_OfASize_AreOneForEachKindOfNetwork(string size, int expected)
        => Assert.Equal(expected, Planned(size, "Microsoft.Network/virtualNetworks").Single().ItemsAt("properties", "subnets").Count());

    [Theory]
    [MemberData(nameof(Sizes))]
    public void App_OfEachSize_RunsOnDotNetOfItsOwn(string size)
    {
        Planned app = Planned(size, "Microsoft.Web/sites").Single();

        Assert.Equal("dotnet-isolated", app.At("properties", "functionAppConfig", "runtime", "name"));
        Assert.Equal("10.0", app.At("properties", "functionAppConfig", "runtime", "version"));
        Assert.Equal("FlexConsumption", Planned(size, "Microsoft.Web/serverfarms").Single().At("sku", "tier"));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SignalR_OfEachSize_IsServerless(string size)
    {
        Dictionary<string, object?> feature = Planned(size, "Microsoft.SignalRService/signalR").Single().ItemsAt("properties", "features").Single();

        Assert.Equal(("ServiceMode", "Serverless"), (feature["flag"], feature["value"]));
    }

    [Fact]
    public void Roles_ThatAreGiven_AreExplainedInTheDocument()
    {
        string document = Repository.Read("docs/deploy.md");

        Assert.All(BuiltInRoles.Ids.Values, role => Assert.Contains(role, document, StringComparison.Ordinal));
    }

    private static IEnumerable<Planned> Planned(string size, string type)
        => Deployment.Of(Repository.Templates, Repository.Templates.Find(size)!).Resources().Where(resource => resource.Type == type);

    private static void AssertNone(IEnumerable<string> problems)
    {
        string all = string.Join('\n', problems);
        Assert.True(all.Length == 0, all);
    }
}
