using CodeExec.Infra.Tests.Bicep;
using CodeExec.Infra.Tests.Bicep.Evaluation;
using CodeExec.Infra.Tests.Bicep.Syntax;
using CodeExec.Infra.Tests.Checks;

namespace CodeExec.Infra.Tests;

/// <summary>Each check finds what it is for: the real templates with one mistake made in them.</summary>
public sealed class BrokenTemplateTests
{
    [Theory]
    [InlineData("main.bicep", "'modules/vault.bicep'", "'modules/safe.bicep'", "modules/safe.bicep is not there.")]
    [InlineData("main.bicep", "    planName: '${name}-plan'\n", "", "modules/functions.bicep needs planName.")]
    [InlineData("main.bicep", "    units: signalRUnits", "    units: signalRUnits\n    colour: 'red'", "modules/signalr.bicep has no parameter colour.")]
    [InlineData("main.bicep", "registry.outputs.loginServer", "registry.outputs.server", "modules/registry.bicep has no output server.")]
    [InlineData("main.bicep", "    packageContainer: packageContainer", "    packageContainer: pakageContainer", "nothing is called pakageContainer.")]
    [InlineData("modules/network.bicep", "var runs = ", "var runs = toUpper('')\nvar again = ", "there is no function toUpper().")]
    [InlineData("modules/network.bicep", "var runs = ", "var idle = 1\nvar runs = ", "nothing uses idle.")]
    [InlineData("modules/network.bicep", "resource wayOut '", "resource network '", "network is declared 2 times.")]
    [InlineData("modules/access.bicep", "4633458b-17de-408a-b874-0445c86b69e6", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635 is no role of the list.")]
    [InlineData("modules/access.bicep", "keyVaultSecretsUser: '", "keyVaultReader: '", "what is called keyVaultReader is Key Vault Secrets User.")]
    [InlineData("modules/access.bicep", "  scope: vault\n", "", "appOnVault gives a role for the whole group.")]
    [InlineData("modules/access.bicep", "    principalType: operatorType\n", "", "operatorOnVault must say what kind of principal it is for")]
    [InlineData("modules/storage.bicep", "storageAccounts@2023-05-01", "storageAccounts@2022-09-01", "Microsoft.Storage/storageAccounts has several versions")]
    [InlineData("modules/signalr.bicep", "@2024-03-01", "@2024-13-01", "is no type with a released version.")]
    [InlineData("modules/signalr.bicep", "@2024-03-01", "@2024-03-01-preview", "is no type with a released version.")]
    [InlineData("main.bicep", "param operatorId string = ''", "@secure()\nparam operatorId string = ''", "modules/access.bicep would show the secret that it gets as operatorId.")]
    [InlineData("main.bicep", "param location string = resourceGroup().location", "@secure()\nparam location string = ''\noutput where string = location", "the output where tells a secret.")]
    [InlineData("main.bicep", "param operatorId string = ''", "@secure()\nparam operatorId string = 'let me in'", "operatorId is secret and has a value.")]
    [InlineData("modules/registry.bicep", "registry.properties.loginServer", "registry.listCredentials().username", "listCredentials() asks for keys")]
    [InlineData("modules/monitoring.bicep", "@maxValue(730)\n", "", "retentionDays has no bounds.")]
    [InlineData("modules/registry.bicep", "@description('The region.')\n", "", "location has no description.")]
    [InlineData("sizes/large.bicepparam", "param maxInstances = 125", "param maxInstances = 2000", "maxInstances is out of bounds: 2000.")]
    [InlineData("sizes/large.bicepparam", "param registrySku = 'Premium'", "param registrySku = 'Gold'", "registrySku may not be Gold.")]
    [InlineData("sizes/large.bicepparam", "param allowNetwork = true", "param allowNetwork = true\nparam runsRegions = []", "runsRegions is out of bounds")]
    [InlineData("sizes/large.bicepparam", "param allowNetwork = true", "param allowNetwork = true\nparam runsRegions = [ 1 ]", "runsRegions is no string[].")]
    [InlineData("sizes/large.bicepparam", "param allowNetwork = true", "param allowNetwork = 'true'", "allowNetwork is no bool.")]
    [InlineData("sizes/small.bicepparam", "'CODEEXEC_NAME', 'codeexec'", "'CODEEXEC_NAME', 'codeexec-long-name'", "name is out of bounds")]
    [InlineData("sizes/small.bicepparam", "param name = ", "param title = ", "name is missing.")]
    [InlineData("sizes/small.bicepparam", "'../main.bicep'", "'main.bicep'", "main.bicep is not there.")]
    public void Templates_WithAMistake_AreRefused(string file, string right, string wrong, string expected)
    {
        Templates broken = Broken(file, right, wrong);

        string[] problems = [.. SymbolCheck.Problems(broken), .. ModuleCheck.Problems(broken), .. ResourceCheck.Problems(broken), .. RoleCheck.Problems(broken), .. SecretCheck.Problems(broken), .. ParameterCheck.Problems(broken)];

        Assert.Contains(problems, problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sizes/small.bicepparam", "'codeexec'", "'code-exec'", "is no name for a Microsoft.Storage/storageAccounts.")]
    [InlineData("main.bicep", "vaultName: '${name}-${suffix}'", "vaultName: '${name}-vault-${suffix}'", "is no name for a Microsoft.KeyVault/vaults.")]
    [InlineData("main.bicep", "'${name}h${suffix}'", "'${name}${suffix}'", "would be made 2 times.")]
    [InlineData("modules/storage.bicep", "allowSharedKeyAccess: false", "allowSharedKeyAccess: true", "properties.allowSharedKeyAccess must be False.")]
    [InlineData("modules/storage.bicep", "    allowSharedKeyAccess: false\n", "", "properties.allowSharedKeyAccess must be False.")]
    [InlineData("modules/signalr.bicep", "disableLocalAuth: true", "disableLocalAuth: false", "properties.disableLocalAuth must be True.")]
    [InlineData("modules/functions.bicep", "type: 'UserAssignedIdentity'", "type: 'StorageAccountConnectionString'", "authentication.type must be UserAssignedIdentity.")]
    [InlineData("modules/runs.bicep", "'Microsoft.ContainerInstance/containerGroups/read'", "'Microsoft.ContainerInstance/*'", "which is more than one right")]
    [InlineData("modules/runs.bicep", "roleDefinitionId: role.id", "roleDefinitionId: '${role.id}/other'", "gives 'other', which is neither of the list nor ours.")]
    [InlineData("modules/rules.bicep", "name: 'nothing-out'\n        properties: {\n          direction: 'Outbound'\n          access: 'Deny'", "name: 'nothing-out'\n        properties: {\n          direction: 'Outbound'\n          access: 'Allow'", "the subnet runs allows something out by a rule.")]
    [InlineData("modules/rules.bicep", "destinationAddressPrefix: '*'\n          destinationPortRange: '*'\n        }\n      }\n    ])", "destinationAddressPrefix: 'VirtualNetwork'\n          destinationPortRange: '*'\n        }\n      }\n    ])", "the subnet runs has a way out.")]
    [InlineData("modules/rules.bicep", "            '172.16.0.0/12'\n", "", "the subnet runs-full reaches 172.16.0.0/12.")]
    [InlineData("modules/network.bicep", "defaultOutboundAccess: false", "defaultOutboundAccess: true", "has the platform's way out.")]
    [InlineData("modules/network.bicep", "Microsoft.ContainerInstance/containerGroups'", "Microsoft.App/environments'", "is not delegated to container groups.")]
    [InlineData("modules/network.bicep", "parseCidr(addressPrefix).cidr + 1, 1)", "parseCidr(addressPrefix).cidr + 1, 0)", "overlaps with another.")]
    [InlineData("modules/network.bicep", "parseCidr(addressPrefix).cidr + 1, 1)", "parseCidr(addressPrefix).cidr + 1, 2)", "does not fit into")]
    [InlineData("main.bicep", "      TaskHub: 'codeexec'\n", "", "The app needs TaskHub.")]
    [InlineData("main.bicep", "Storage__Azure__Prefix: 'codeexec'", "Storage__Azure__Prefx: 'codeexec'", "Prefx")]
    [InlineData("main.bicep", "Storage__Azure__Prefix: 'codeexec'", "Storage__Azure__Prefix: 'Code Exec'", "Storage:Azure:Prefix must be 3 to 20 lower-case letters")]
    [InlineData("main.bicep", "Functions__ActivityLimit: '00:25:00'", "Functions__ActivityLimit: '25'", "Functions:")]
    [InlineData("main.bicep", "Auth__Keys__0__Role: 'Admin'", "Auth__Keys__0__Role: 'Owner'", "Auth:")]
    [InlineData("main.bicep", "Containers__Provider: 'aci'", "Containers__Provider: 'aci'\n      Weather__Today: 'fine'", "Nobody reads Weather__Today.")]
    [InlineData("main.bicep", "Containers__Provider: 'aci'", "Containers__Provider: 'aci'\n      FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'", "FUNCTIONS_WORKER_RUNTIME is for a developer's machine.")]
    [InlineData("main.bicep", "Secrets__Key: '@Microsoft.KeyVault(SecretUri=${vault.outputs.secretsUri}encryption-key)'", "Secrets__Key: suffix", "The setting Secrets__Key is a secret that does not come from the vault.")]
    public void Deployment_WithAMistake_IsRefused(string file, string right, string wrong, string expected)
    {
        Templates broken = Broken(file, right, wrong);
        Deployment deployment = Deployment.Of(broken, broken.Find("sizes/large.bicepparam")!);
        Deployment small = Deployment.Of(broken, broken.Find("sizes/small.bicepparam")!);

        string[] problems =
        [
            .. NameCheck.Problems(deployment), .. NameCheck.Problems(small), .. LocalKeyCheck.Problems(deployment), .. NetworkCheck.Problems(deployment), .. RoleCheck.Problems(deployment),
            .. SecretCheck.Problems(deployment), .. SettingsCheck.Problems(deployment, Repository.Read("local.settings.sample.json")),
        ];

        Assert.Contains(problems, problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("param name string\nparam", "The end stands where a word should.")]
    [InlineData("var a = 'it does not end", "The text does not end.")]
    [InlineData("var a = 'b${c'", "'${' has no '}'.")]
    [InlineData("var a = { b: 1 c: 2 }", "'c' stands where ',', a new line or '}' should.")]
    [InlineData("var a = [1 2]", "'2' stands where ',', a new line or ']' should.")]
    [InlineData("var a = b(1 2)", "'2' stands where ',' or ')' should.")]
    [InlineData("var a = 1 var b = 2", "'var' stands where a new line should.")]
    [InlineData("variable a = 1", "'variable' begins no statement that this reader knows.")]
    [InlineData("resource a 'b@c' = ", "The end stands where something should.")]
    [InlineData("var a = \"b\"", "'\"' means nothing here.")]
    [InlineData("/* a", "The comment does not end.")]
    public void Parse_WhatIsNoBicep_SaysWhereAndWhy(string source, string expected)
    {
        BicepSyntaxException refused = Assert.Throws<BicepSyntaxException>(() => Templates.Parse(new Dictionary<string, string> { ["a.bicep"] = source }));

        Assert.Contains("a.bicep, line ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(expected, refused.Message, StringComparison.Ordinal);
    }

    private static Templates Broken(string file, string right, string wrong)
    {
        Dictionary<string, string> sources = Directory.EnumerateFiles(Repository.Infra, "*.bicep*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(Repository.Infra, path).Replace('\\', '/'), File.ReadAllText);
        Assert.Contains(right, sources[file], StringComparison.Ordinal);
        sources[file] = sources[file].Replace(right, wrong, StringComparison.Ordinal);
        return Templates.Parse(sources);
    }
}
