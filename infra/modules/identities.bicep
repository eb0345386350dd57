// Two identities, so that what runs beside users' programs is never the one that may do everything.

@description('What names begin with.')
param name string

@description('The region.')
param location string

@description('Tags of all resources.')
param tags object

// The Function App's. Every role that it has is given in access.bicep and runs.bicep.
resource app 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-app'
  location: location
  tags: tags
}

// Goes with each container group, and may pull images and nothing else: a program that got hold of its token could read the images it runs in.
resource pull 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-pull'
  location: location
  tags: tags
}

output appId string = app.id
output appName string = app.name
output appClientId string = app.properties.clientId
output appPrincipalId string = app.properties.principalId
output pullId string = pull.id
output pullName string = pull.name
output pullPrincipalId string = pull.properties.principalId
