// What happened and how long it took: one workspace, and Application Insights over it. Without Application Insights a Flex Consumption app does not start.

@description('What names begin with.')
param name string

@description('The region.')
param location string

@description('Tags of all resources.')
param tags object

@description('Days that logs are kept. The first 31 cost nothing.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Gigabytes of logs a day, at most; -1 for no bound. What comes after is lost until the next day, and costs nothing.')
@minValue(-1)
@maxValue(1000)
param dailyLogGb int

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    workspaceCapping: {
      dailyQuotaGb: dailyLogGb
    }
    features: {
      disableLocalAuth: true
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    DisableLocalAuth: true
  }
}

output workspaceId string = logs.id
output insightsName string = insights.name
@description('Where to send to. It holds an instrumentation key, which is an address here and not a secret: local authentication is off.')
output connectionString string = insights.properties.ConnectionString
