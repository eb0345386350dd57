// A course: some ten executions a minute, with an exam now and then. Sleeps when nobody works; the first request then waits for it.
using '../main.bicep'

param name = readEnvironmentVariable('CODEEXEC_NAME', 'codeexec')
param operatorId = readEnvironmentVariable('CODEEXEC_OPERATOR_ID', '')
param operatorType = readEnvironmentVariable('CODEEXEC_OPERATOR_TYPE', 'User')
