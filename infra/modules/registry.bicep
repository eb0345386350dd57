// Where the images lie that programs run in.

@description('The name: 5 to 50 letters and digits, unique in the world.')
@minLength(5)
@maxLength(50)
param registryName string

@description('The region.')
param location string

@description('Tags of all resources.')
param tags object

@description('Basic holds 10 GB, Standard 100 GB, Premium 500 GB and pulls faster when many groups start at once.')
@allowed([
  'Basic'
  'Standard'
  'Premium'
])
param sku string

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: registryName
  location: location
  tags: tags
  sku: {
    name: sku
  }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    publicNetworkAccess: 'Enabled'
    networkRuleBypassOptions: 'AzureServices'
  }
}

// Container groups pull with it: it may read images, and do nothing else. Its password is made by infra/deploy, and cannot be seen from within a group.
resource puller 'Microsoft.ContainerRegistry/registries/tokens@2025-04-01' = {
  parent: registry
  name: 'codeexec-runs'
  properties: {
    scopeMapId: '${registry.id}/scopeMaps/_repositories_pull' // every registry has it
    status: 'enabled'
  }
}

output name string = registry.name
output pullUser string = puller.name
output loginServer string = registry.properties.loginServer
