// The two secrets there are: the key that users' secrets are encrypted with, and the first API key.

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

@description('32 random bytes in base64. Empty: the one in the vault stays.')
@secure()
param encryptionKey string

@description('An API key with the role Admin. Empty: the one in the vault stays.')
@secure()
param firstApiKey string

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

resource encryption 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(encryptionKey)) {
  parent: vault
  name: 'encryption-key'
  properties: {
    value: encryptionKey
    contentType: '32 bytes in base64: Secrets__Key'
  }
}

resource firstKey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(firstApiKey)) {
  parent: vault
  name: 'first-api-key'
  properties: {
    value: firstApiKey
    contentType: 'an API key: Auth__Keys__0__Key'
  }
}

output name string = vault.name
@description('Where the encryption key is; not the key.')
output encryptionKeyUri string = '${vault.properties.vaultUri}secrets/encryption-key'
@description('Where the first API key is; not the key.')
output firstApiKeyUri string = '${vault.properties.vaultUri}secrets/first-api-key'
