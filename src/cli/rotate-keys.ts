import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { rotateFolder } from './folder-target.ts'
import { administratorOf } from './open-target.ts'
import { ask, signedIn, signOut } from './server-target.ts'
import type { Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = { data: { type: 'string' } } as const

/**
 * `sidegate rotate-keys`: makes new keys for everything that is sealed or signed. What was sealed and signed before stays
 * good. On a folder, SIDEGATE_NEW_MASTER_KEY takes the place of the master key.
 * @throws OperationError when nothing was changed.
 */
export async function rotateKeysCommand(args: string[], terminal: Terminal): Promise<boolean> {
  const { values } = parsing(() => parseArgs({ args, options }))
  const config = readConfig(terminal.environment)
  const { newMasterKey } = config
  if (values.data === undefined) {
    if (newMasterKey !== undefined) {
      throw new UsageError('A new master key needs a server that does not run: rotate-keys --data DIR')
    }
    await rotateOnServer(terminal.environment)
    terminal.print('There are new keys. They are in use in two minutes, and nobody is signed out.')
    return true
  }
  await rotateFolder({ ...config, dataFolder: values.data }, newMasterKey)
  terminal.print('There are new keys, and nobody is signed out.')
  if (newMasterKey !== undefined) {
    terminal.print('They are under the new master key: start the server with it as SIDEGATE_MASTER_KEY.')
  }
  return true
}

async function rotateOnServer(environment: NodeJS.ProcessEnv): Promise<void> {
  const { url, password } = administratorOf(environment)
  const session = await signedIn(url, password)
  try {
    await ask(session, '/am/json/global-config/keys?_action=rotate', {})
  } finally {
    await signOut(session)
  }
}
