import { OperationError } from '../base/errors.ts'
import { readConfig } from '../config.ts'
import { openFolder } from './folder-target.ts'
import { openServer } from './server-target.ts'
import { realmPath, type Target } from './target.ts'

const defaultUrl = 'http://127.0.0.1:8080'

/**
 * Opens the data folder if one is given, otherwise the server at `SIDEGATE_URL`.
 * @throws OperationError.
 */
export async function openTarget(
  { data, realm }: { data?: string; realm: string },
  environment: NodeJS.ProcessEnv,
): Promise<Target> {
  const path = realmPath(realm)
  if (data !== undefined) return openFolder({ ...readConfig(environment), dataFolder: data }, path)
  const { url, password } = administratorOf(environment)
  return openServer(url, password, path)
}

/**
 * Reads the server's URL and its administrator's password.
 * @throws OperationError without a password.
 */
export function administratorOf(environment: NodeJS.ProcessEnv): { url: string; password: string } {
  const password = environment.SIDEGATE_ADMIN_PASSWORD
  if (!password) {
    throw new OperationError(
      'Set SIDEGATE_ADMIN_PASSWORD to call a running server, or use --data DIR with a stopped one',
    )
  }
  return { url: environment.SIDEGATE_URL || defaultUrl, password }
}
