import { parseArgs } from 'node:util'
import { NATS_USERS, passwordVariable, usersWith } from './nats-users.ts'

const HELP = `node config/runtime/print-nats-users.ts [--helm]

Prints who may do what in NATS, for the servers of a deployment. No password is in it: each server reads them from its environment, as
${NATS_USERS.map(passwordVariable).join(', ')}. Let each begin with a letter: nats-server takes what begins with a digit for a number.

  (no flag)  a block for nats-server's own configuration file
  --helm     values for the Helm chart nats/nats
  --help     this text
`

const { values } = parseArgs({ options: { helm: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } })

/** A variable stands without quotation marks in a configuration file. */
const serverBlock = (): string => {
  const users = usersWith(user => `$${passwordVariable(user)}`)
  return `authorization ${JSON.stringify({ users }, undefined, 2).replace(/"(\$\w+)"/g, '$1')}\n`
}

/** JSON is YAML, and the chart takes what is between angle brackets out of its quotation marks. */
const chartValues = (): string => {
  const users = usersWith(user => `<< $${passwordVariable(user)} >>`)
  return `${JSON.stringify({ config: { merge: { authorization: { users } } } }, undefined, 2)}\n`
}

process.stdout.write(values.help ? HELP : values.helm ? chartValues() : serverBlock())
