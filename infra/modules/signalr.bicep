// Live viewers connect here. Serverless: the app sends through REST calls and keeps no connection.

@description('The name: 3 to 63 letters, digits and hyphens, unique in the world.')
@minLength(3)
@maxLength(63)
param signalRName string

@description('The region.')
param location string

@description('Tags of all resources.')
param tags object

@description('Units of 1,000 viewers at once and 1,000,000 messages a day. 0 is the free tier: 20 viewers, 20,000 messages a day.')
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
param units int

resource signalR 'Microsoft.SignalRService/signalR@2024-03-01' = {
  name: signalRName
  location: location
  tags: tags
  kind: 'SignalR'
  sku: units == 0 ? {
    name: 'Free_F1'
    capacity: 1
  } : {
    name: 'Standard_S1'
    capacity: units
  }
  properties: {
    disableLocalAuth: true
    publicNetworkAccess: 'Enabled'
    features: [
      {
        flag: 'ServiceMode'
        value: 'Serverless'
      }
    ]
    // Anyone may open a connection who has been given a token for it; the pipeline decides who is (docs/azure.md).
    cors: {
      allowedOrigins: [
        '*'
      ]
    }
  }
}

output name string = signalR.name
output endpoint string = 'https://${signalR.properties.hostName}'
