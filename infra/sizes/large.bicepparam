// As much as one resource group carries. It needs higher quotas of container groups first, and from some size on several such groups: docs/scale.md.
using '../main.bicep'

param name = readEnvironmentVariable('CODEEXEC_NAME', 'codeexec')
param operatorId = readEnvironmentVariable('CODEEXEC_OPERATOR_ID', '')
param operatorType = readEnvironmentVariable('CODEEXEC_OPERATOR_TYPE', 'User')

param storageSku = 'Standard_ZRS'
param registrySku = 'Premium'
param signalRUnits = 5
param instanceMemoryMb = 4096
param maxInstances = 125
param readyForHttp = 4
param readyForDurable = 4
param httpConcurrency = 200
param runsAddressPrefix = '10.20.0.0/21'
param runsReady = 16
param allowNetwork = true
param logRetentionDays = 90
param dailyLogGb = 50
