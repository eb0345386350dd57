// What container groups may reach: nothing, or the internet and nothing internal. Every rule that lets traffic out is one of Azure's own, with a lower priority.

@description('What names begin with.')
param name string

@description('The region.')
param location string

@description('Tags of all resources.')
param tags object

@description('Whether there are groups with a network.')
param withOpen bool

@description('Also refuse the platform\'s own services, which rules for addresses do not cover: names (a way out for data) and instance metadata. Only for groups that do not start with it, set it to false.')
param blockPlatformServices bool

var denyMetadata = [
  {
    name: 'no-instance-metadata'
    properties: {
      direction: 'Outbound'
      access: 'Deny'
      priority: 200
      protocol: '*'
      sourceAddressPrefix: '*'
      sourcePortRange: '*'
      destinationAddressPrefix: 'AzurePlatformIMDS'
      destinationPortRange: '*'
    }
  }
]

var denyNames = [
  {
    name: 'no-names'
    properties: {
      direction: 'Outbound'
      access: 'Deny'
      priority: 210
      protocol: '*'
      sourceAddressPrefix: '*'
      sourcePortRange: '*'
      destinationAddressPrefix: 'AzurePlatformDNS'
      destinationPortRange: '*'
    }
  }
]

var inbound = [
  {
    // The way in of attach and exec, through the service that keeps this port for itself. There is no public address to reach a group by.
    name: 'follow-and-exec'
    properties: {
      direction: 'Inbound'
      access: 'Allow'
      priority: 900
      protocol: 'Tcp'
      sourceAddressPrefix: '*'
      sourcePortRange: '*'
      destinationAddressPrefix: '*'
      destinationPortRange: '19390'
    }
  }
  {
    name: 'nothing-in-from-outside'
    properties: {
      direction: 'Inbound'
      access: 'Deny'
      priority: 1000
      protocol: '*'
      sourceAddressPrefix: 'Internet'
      sourcePortRange: '*'
      destinationAddressPrefix: '*'
      destinationPortRange: '*'
    }
  }
]

resource closed 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${name}-runs'
  location: location
  tags: tags
  properties: {
    securityRules: concat(blockPlatformServices ? concat(denyMetadata, denyNames) : [], inbound, [
      {
        name: 'nothing-out'
        properties: {
          direction: 'Outbound'
          access: 'Deny'
          priority: 1000
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ])
  }
}

resource open 'Microsoft.Network/networkSecurityGroups@2024-05-01' = if (withOpen) {
  name: '${name}-runs-full'
  location: location
  tags: tags
  properties: {
    securityRules: concat(blockPlatformServices ? denyMetadata : [], inbound, [
      {
        // As with `network: full` on one machine: the internet, and no internal range.
        name: 'nothing-internal'
        properties: {
          direction: 'Outbound'
          access: 'Deny'
          priority: 300
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefixes: [
            '10.0.0.0/8'
            '100.64.0.0/10'
            '169.254.0.0/16'
            '172.16.0.0/12'
            '192.168.0.0/16'
          ]
          destinationPortRange: '*'
        }
      }
      {
        name: 'no-mail'
        properties: {
          direction: 'Outbound'
          access: 'Deny'
          priority: 310
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: [
            '25'
            '465'
            '587'
          ]
        }
      }
    ])
  }
}

output closedId string = closed.id
output openId string = withOpen ? open.id : ''
