// What the app may do with container groups: make, follow, stop and remove them, in this resource group. The narrowest built-in role (Azure Container
// Instances Contributor) also deploys templates and sets alerts and still lacks the right to put a group into a subnet, so this is a role of our own.

@description('Object id of the app\'s identity.')
param appPrincipalId string

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'codeexec-runs')
  properties: {
    roleName: 'CodeExec runs (${resourceGroup().name} ${uniqueString(resourceGroup().id)})' // unique in the whole directory
    description: 'Makes, follows, stops and removes container groups in the subnets made for them.'
    type: 'CustomRole'
    assignableScopes: [
      resourceGroup().id
    ]
    permissions: [
      {
        actions: [
          'Microsoft.ContainerInstance/containerGroups/read'
          'Microsoft.ContainerInstance/containerGroups/write'
          'Microsoft.ContainerInstance/containerGroups/delete'
          'Microsoft.ContainerInstance/containerGroups/start/action'
          'Microsoft.ContainerInstance/containerGroups/containers/attach/action'
          'Microsoft.ContainerInstance/containerGroups/containers/exec/action'
          'Microsoft.ContainerInstance/containerGroups/containers/logs/read'
          'Microsoft.ContainerInstance/containerGroups/operationResults/read'
          'Microsoft.Network/virtualNetworks/subnets/join/action'
          'Microsoft.Resources/subscriptions/resourceGroups/read'
        ]
        notActions: []
      }
    ]
  }
}

resource mayRun 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, appPrincipalId, role.id)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: role.id
  }
}
