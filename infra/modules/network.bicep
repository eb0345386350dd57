// The network of container groups. Programs without the right to a network can reach nothing: no address, no name, not each other.
// Images are pulled and output is followed by the platform, outside of this network.

@description('The network\'s name, and what others begin with.')
param name string

@description('The region. Groups must be in the region of their subnet.')
param location string

@description('Tags of all resources.')
param tags object

@description('The network\'s addresses, for two subnets of half of them each. /23 has room for 251 groups in each.')
param addressPrefix string

@description('A second subnet, for programs that ask for `network: full`, with a NAT gateway as its way out.')
param allowNetwork bool

@description('Also refuse the platform\'s own services, which rules for addresses do not cover: names (a way out for data) and instance metadata. Only for groups that do not start with it, set it to false.')
param blockPlatformServices bool

var runs = cidrSubnet(addressPrefix, parseCidr(addressPrefix).cidr + 1, 0)
var runsFull = cidrSubnet(addressPrefix, parseCidr(addressPrefix).cidr + 1, 1)

var delegations = [
  {
    name: 'container-groups'
    properties: {
      serviceName: 'Microsoft.ContainerInstance/containerGroups'
    }
  }
]

module rules 'rules.bicep' = {
  name: '${name}-rules'
  params: {
    name: name
    location: location
    tags: tags
    withOpen: allowNetwork
    blockPlatformServices: blockPlatformServices
  }
}

// Groups in a network have no other supported way out than a NAT gateway.
resource wayOutAddress 'Microsoft.Network/publicIPAddresses@2024-05-01' = if (allowNetwork) {
  name: '${name}-runs-full'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource wayOut 'Microsoft.Network/natGateways@2024-05-01' = if (allowNetwork) {
  name: '${name}-runs-full'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    idleTimeoutInMinutes: 4
    publicIpAddresses: [
      {
        id: wayOutAddress.id
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressPrefix
      ]
    }
    subnets: concat([
      {
        name: 'runs'
        properties: {
          addressPrefix: runs
          delegations: delegations
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: rules.outputs.closedId
          }
        }
      }
    ], allowNetwork ? [
      {
        name: 'runs-full'
        properties: {
          addressPrefix: runsFull
          delegations: delegations
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: rules.outputs.openId
          }
          natGateway: {
            id: wayOut.id
          }
        }
      }
    ] : [])
  }
}

output name string = network.name
