// The app: Functions on a Flex Consumption plan, .NET 10 in a process of its own, and no secret among its settings.

@description('The name: 2 to 60 letters, digits and hyphens, unique in the world: https://NAME.azurewebsites.net.')
@minLength(2)
@maxLength(60)
param appName string

@description('Name of the plan.')
param planName string

@description('The region. `az functionapp list-flexconsumption-locations` lists those that have the plan.')
param location string

@description('Tags of all resources.')
param tags object

@description('Resource id of the identity that the app has.')
param identityId string

@description('Client id of that identity.')
param identityClientId string

@description('Container that the app\'s package lies in.')
param packageContainer string

@description('Memory of an instance. Processors come with it.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMb int

@description('Instances at most.')
@minValue(40)
@maxValue(1000)
param maxInstances int

@description('Instances that always wait for requests. 0: the first request after a quiet time waits some seconds.')
@minValue(0)
@maxValue(20)
param readyForHttp int

@description('Instances that always wait for orchestrations.')
@minValue(0)
@maxValue(20)
param readyForDurable int

@description('Requests that an instance takes at once. A viewer of a live stream is one for as long as it looks.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int

@description('Endpoints of the account of the Functions host.')
param hostStorage {
  blob: string
  queue: string
  table: string
}

@description('Where telemetry goes.')
param insightsConnectionString string

@description('Settings of the app: docs/operations.md.')
param settings object

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

// Those with an instance at least: a group that is listed with none is refused.
var ready = filter([
  {
    name: 'http'
    instanceCount: readyForHttp
  }
  {
    name: 'durable'
    instanceCount: readyForDurable
  }
], group => group.instanceCount > 0)

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: appName
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated' // what FUNCTIONS_WORKER_RUNTIME is elsewhere; a setting of that name is refused here
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorage.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMb
        maximumInstanceCount: maxInstances
        alwaysReady: ready
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
    }
  }

  // No names and passwords for publishing: az signs in with who you are.
  resource noFtp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource noPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union({
      AzureWebJobsStorage__blobServiceUri: hostStorage.blob
      AzureWebJobsStorage__queueServiceUri: hostStorage.queue
      AzureWebJobsStorage__tableServiceUri: hostStorage.table
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    }, settings)
  }
}

output name string = app.name
output address string = 'https://${app.properties.defaultHostName}'
