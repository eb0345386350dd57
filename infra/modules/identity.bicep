// The identity that the app has. Every role that it has is given in access.bicep and runs.bicep. Container groups have none: what runs beside users' programs
// could be asked for its tokens.

@description('What names begin with.')
param name string

@description('The region.')
param location string

@description('Tags of all resources.')
param tags object

resource app 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-app'
  location: location
  tags: tags
}

output id string = app.id
output clientId string = app.properties.clientId
output principalId string = app.properties.principalId
