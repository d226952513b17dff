import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { rotateFolder } from './folder-target.ts'
import { administratorOf } from './open-target.ts'
import { ask, signIn, signOut } from './server-target.ts'
import type { Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = { data: { type: 'string' } } as const

/**
 * `sidegate rotate-keys`: creates new keys for sealing and signing. Existing sealed and signed data stays valid. With a data
 * folder, SIDEGATE_NEW_MASTER_KEY replaces the master key.
 * @throws OperationError if nothing was changed.
 */
export async function rotateKeysCommand(args: string[], terminal: Terminal): Promise<boolean> {
  const { values } = parsing(() => parseArgs({ args, options }))
  const config = readConfig(terminal.environment)
  const { newMasterKey } = config
  if (values.data === undefined) {
    if (newMasterKey !== undefined) {
      throw new UsageError('To set a new master key, stop the server and use rotate-keys --data DIR')
    }
    await rotateOnServer(terminal.environment)
    terminal.print('New keys were created. Servers use them within two minutes, and all sessions stay valid.')
    return true
  }
  await rotateFolder({ ...config, dataFolder: values.data }, newMasterKey)
  terminal.print('New keys were created, and all sessions stay valid.')
  if (newMasterKey !== undefined) {
    terminal.print('Start the server with the new master key as SIDEGATE_MASTER_KEY.')
  }
  return true
}

async function rotateOnServer(environment: NodeJS.ProcessEnv): Promise<void> {
  const { url, password } = administratorOf(environment)
  const session = await signIn(url, password)
  try {
    await ask(session, '/am/json/global-config/keys?_action=rotate', {})
  } finally {
    await signOut(session)
  }
}
