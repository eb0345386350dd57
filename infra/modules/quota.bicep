// How much of the quotas of container groups is used is known of a subscription, not of a resource group, and nobody's role but one of our own tells just that.
// The app's health asks for it.
targetScope = 'subscription'

@description('Object id of the app\'s identity.')
param appPrincipalId string

@description('Name of the app\'s resource group.')
param groupName string

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, groupName, 'codeexec-quota')
  properties: {
    roleName: 'CodeExec quotas (${groupName} ${uniqueString(subscription().id, groupName)})' // unique in the whole directory
    description: 'Reads how many container groups and cores are in use.'
    type: 'CustomRole'
    assignableScopes: [
      subscription().id
    ]
    permissions: [
      {
        actions: [
          'Microsoft.ContainerInstance/locations/usages/read'
        ]
        notActions: []
      }
    ]
  }
}

resource mayLook 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, appPrincipalId, role.id)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: role.id
  }
}
