// Holds the three secrets there are. None of them passes through a template: infra/deploy makes each once, and puts it here.

@description('The name: 3 to 24 letters, digits and hyphens, unique in the world.')
@minLength(3)
@maxLength(24)
param vaultName string

@description('The region.')
param location string

@description('Tags of all resources.')
param tags object

@description('Days that deleted secrets can still be had back.')
@minValue(7)
@maxValue(90)
param softDeleteDays int = 30

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: vaultName
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enablePurgeProtection: true // a lost encryption key would lose the secrets of waiting executions
    softDeleteRetentionInDays: softDeleteDays
    publicNetworkAccess: 'Enabled'
  }
}

output name string = vault.name
@description('Where a secret is: this, and its name.')
output secretsUri string = '${vault.properties.vaultUri}secrets/'
