// A university: up to 1,000 executions a minute in bursts, and batches of 10,000. One instance of the app is always awake.
using '../main.bicep'

param name = readEnvironmentVariable('CODEEXEC_NAME', 'codeexec')
param operatorId = readEnvironmentVariable('CODEEXEC_OPERATOR_ID', '')
param operatorType = readEnvironmentVariable('CODEEXEC_OPERATOR_TYPE', 'User')

param storageSku = 'Standard_ZRS'
param registrySku = 'Standard'
param signalRUnits = 1
param maxInstances = 100
param readyForHttp = 1
param readyForDurable = 1
param runsReady = 8
param dailyLogGb = 5
