// CodeExec on Azure, in one resource group. infra/deploy deploys it; docs/deploy.md tells what comes of it, and what it costs.
targetScope = 'resourceGroup'

@description('What all names begin with: a lower-case letter, then 2 to 9 lower-case letters and digits.')
@minLength(3)
@maxLength(10)
param name string

@description('The region. It must have Flex Consumption plans and container groups.')
param location string = resourceGroup().location

@description('Tags of all resources.')
param tags object = {
  application: 'codeexec'
}

@description('Object id of a person, group or service principal who may read and replace the secrets; infra/deploy gives yours. Empty for nobody.')
param operatorId string = ''

@description('What the operator is.')
@allowed([
  'User'
  'Group'
  'ServicePrincipal'
])
param operatorType string = 'User'

@description('How storage is replicated: LRS within a building, ZRS over three, GRS into another region as well.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
])
param storageSku string = 'Standard_LRS'

@description('Tier of the container registry.')
@allowed([
  'Basic'
  'Standard'
  'Premium'
])
param registrySku string = 'Basic'

@description('Units of SignalR Service, of 1,000 viewers at once each; 0 is the free tier with 20.')
@allowed([
  0
  1
  2
  5
  10
  20
  50
  100
])
param signalRUnits int = 0

@description('Memory of an instance of the app, in MB.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMb int = 2048

@description('Instances of the app at most. The plan takes no fewer than 40.')
@minValue(40)
@maxValue(1000)
param maxInstances int = 40

@description('Instances that always wait for requests.')
@minValue(0)
@maxValue(20)
param readyForHttp int = 0

@description('Instances that always wait for orchestrations. With none, work after a quiet time begins seconds later.')
@minValue(0)
@maxValue(20)
param readyForDurable int = 0

@description('Requests, live streams among them, that an instance takes at once.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 64

@description('Where container groups are made, in this order: the next region is taken where one has no room. Quotas are per region. Each gets a network.')
@minLength(1)
@maxLength(10)
param runsRegions string[] = [
  location
]

@description('Addresses of each region\'s network of container groups: half for those without a network, half for those with one.')
param runsAddressPrefix string = '10.20.0.0/23'

@description('Whether programs may ask for `network: full`. It makes a second subnet and a NAT gateway in each region, which cost by the hour.')
param allowNetwork bool = false

@description('Refuse programs the platform\'s names and metadata, too. Set it to false only if groups do not start with it.')
param blockPlatformServices bool = true

@description('Container groups that there may be at once in a region. 90 of the 100 that Azure has unless it has been asked for more.')
@minValue(1)
@maxValue(10000)
param runsAtOnce int = 90

@description('Container groups that may be made in five minutes in a region; of Azure\'s 100.')
@minValue(1)
@maxValue(10000)
param runsPerFiveMinutes int = 90

@description('Container groups that may be made in an hour in a region; of Azure\'s 300.')
@minValue(1)
@maxValue(100000)
param runsPerHour int = 270

@description('Container groups that each instance of the app keeps started for those who wait. Each costs as if it ran.')
@minValue(0)
@maxValue(100)
param runsReady int = 2

@description('Days that logs of the app are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Gigabytes of logs a day at most; -1 for no bound.')
@minValue(-1)
@maxValue(1000)
param dailyLogGb int = 1

@description('More settings of the app, by their names in docs/operations.md with __ for :. They win over those that are set here.')
param settings object = {}

var suffix = uniqueString(resourceGroup().id)
var packageContainer = 'app-package'
var intakeQueue = 'codeexec-intake'
var batchQueue = 'codeexec-batch-grading'

// Names of networks and their subnets, and not outputs of their modules: those can not be told within these functions.
var regionNumbers = range(0, length(runsRegions))
var regionNames = toObject(regionNumbers, i => 'Aci__Regions__${i}__Name', i => runsRegions[i])
var closedSubnets = toObject(regionNumbers, i => 'Aci__Regions__${i}__ClosedSubnet', i => resourceId('Microsoft.Network/virtualNetworks/subnets', '${name}-${runsRegions[i]}', 'runs'))
var openSubnets = toObject(regionNumbers, i => 'Aci__Regions__${i}__OpenSubnet', i => resourceId('Microsoft.Network/virtualNetworks/subnets', '${name}-${runsRegions[i]}', 'runs-full'))

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: name
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    name: name
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyLogGb: dailyLogGb
  }
}

// What CodeExec remembers. Its own account, so that Durable's traffic does not use up the 20,000 requests a second that an account takes.
module records 'modules/storage.bicep' = {
  name: 'records'
  params: {
    accountName: '${name}${suffix}'
    location: location
    tags: tags
    sku: storageSku
  }
}

// The Functions host's and Durable's, and where the app's package lies.
module host 'modules/storage.bicep' = {
  name: 'host'
  params: {
    accountName: '${name}h${suffix}'
    location: location
    tags: tags
    sku: storageSku
    containers: [
      packageContainer
    ]
    queues: [
      intakeQueue
      batchQueue
    ]
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    vaultName: '${name}-${suffix}'
    location: location
    tags: tags
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  params: {
    registryName: '${name}${suffix}'
    location: location
    tags: tags
    sku: registrySku
  }
}

module signalR 'modules/signalr.bicep' = {
  name: 'signalr'
  params: {
    signalRName: '${name}-${suffix}'
    location: location
    tags: tags
    units: signalRUnits
  }
}

module networks 'modules/network.bicep' = [for region in runsRegions: {
  name: 'network-${region}'
  params: {
    name: '${name}-${region}'
    location: region
    tags: tags
    addressPrefix: runsAddressPrefix
    allowNetwork: allowNetwork
    blockPlatformServices: blockPlatformServices
  }
}]

module runs 'modules/runs.bicep' = {
  name: 'runs'
  params: {
    appPrincipalId: identity.outputs.principalId
  }
}

module quota 'modules/quota.bicep' = {
  name: 'codeexec-quota-${suffix}'
  scope: subscription()
  params: {
    appPrincipalId: identity.outputs.principalId
    groupName: resourceGroup().name
  }
}

module access 'modules/access.bicep' = {
  name: 'access'
  params: {
    appPrincipalId: identity.outputs.principalId
    operatorId: operatorId
    operatorType: operatorType
    recordsName: records.outputs.name
    hostName: host.outputs.name
    vaultName: vault.outputs.name
    signalRName: signalR.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

module app 'modules/functions.bicep' = {
  name: 'app'
  params: {
    appName: '${name}-${suffix}'
    planName: '${name}-plan'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    packageContainer: packageContainer
    instanceMemoryMb: instanceMemoryMb
    maxInstances: maxInstances
    readyForHttp: readyForHttp
    readyForDurable: readyForDurable
    httpConcurrency: httpConcurrency
    hostStorage: {
      blob: host.outputs.blobEndpoint
      queue: host.outputs.queueEndpoint
      table: host.outputs.tableEndpoint
    }
    insightsConnectionString: monitoring.outputs.connectionString
    settings: union({
      TaskHub: 'codeexec'
      IntakeQueue: intakeQueue
      BatchQueue: batchQueue
      SweepSchedule: '0 */5 * * * *'
      Storage__Azure__Account: records.outputs.name
      Storage__Azure__IdentityClientId: identity.outputs.clientId
      Storage__Azure__EndpointSuffix: environment().suffixes.storage
      Storage__Azure__Prefix: 'codeexec'
      Push__SignalR__Endpoint: signalR.outputs.endpoint
      Push__SignalR__IdentityClientId: identity.outputs.clientId
      Secrets__Key: '@Microsoft.KeyVault(SecretUri=${vault.outputs.secretsUri}encryption-key)'
      Auth__Keys__0__Name: 'first'
      Auth__Keys__0__Key: '@Microsoft.KeyVault(SecretUri=${vault.outputs.secretsUri}first-api-key)'
      Auth__Keys__0__Role: 'Admin'
      Functions__ActivityLimit: '00:25:00'
      Functions__Slice: '00:05:00'
      Containers__Provider: 'aci'
      Aci__SubscriptionId: subscription().subscriptionId
      Aci__ResourceGroup: resourceGroup().name
      Aci__IdentityClientId: identity.outputs.clientId
      Aci__Registry: registry.outputs.loginServer
      Aci__RegistryUser: registry.outputs.pullUser
      Aci__RegistryPassword: '@Microsoft.KeyVault(SecretUri=${vault.outputs.secretsUri}registry-password)'
      Containers__Pool__MaxReady: '${runsReady}'
      Containers__Pool__MaxRunning: '50' // of one instance; as many activities as host.json gives it at once
      Batches__Concurrency: '${min(runsAtOnce * length(runsRegions), 1024)}'
      Aci__MaxGroups: '${runsAtOnce}'
      Aci__CreationsPerFiveMinutes: '${runsPerFiveMinutes}'
      Aci__CreationsPerHour: '${runsPerHour}'
    }, regionNames, closedSubnets, allowNetwork ? openSubnets : {}, settings)
  }
  dependsOn: [
    access // the app reads secrets and its package as it starts
    runs
    quota
    networks
  ]
}

output address string = app.outputs.address
output appName string = app.outputs.name
output registryName string = registry.outputs.name
output registryServer string = registry.outputs.loginServer
output vaultName string = vault.outputs.name
output intakeQueueAddress string = '${host.outputs.queueEndpoint}${intakeQueue}'
output batchQueueAddress string = '${host.outputs.queueEndpoint}${batchQueue}'
