import { existsSync } from 'node:fs'
import { isProject } from '../testing/project/project.ts'
import { UsageError } from './usage-error.ts'

const orServer = 'set SIDEGATE_ADMIN_PASSWORD, or use --data DIR, to lint journeys of a server'

/**
 * The arguments, if they are files and folders; none if they are journeys of a server. Without arguments and server, the
 * project in the current folder.
 * @throws UsageError if they are neither, or could be both.
 */
export function pathsToLint(
  args: readonly string[],
  { data, journey = [] }: { data?: string; journey?: string[] },
  environment: NodeJS.ProcessEnv,
): string[] {
  const isOfServer = data !== undefined || journey.length > 0
  const hasServer = isOfServer || Boolean(environment.SIDEGATE_ADMIN_PASSWORD)
  const paths = args.length === 0 && !hasServer && isProject('.') ? ['.'] : args.filter(isPath)
  const [other] = args.filter((arg) => !paths.includes(arg))
  if (paths.length === 0) {
    if (hasServer) return []
    const problem = other === undefined ? 'Name files or folders to lint' : `${other}: no such file or folder`
    throw new UsageError(`${problem}; or ${orServer}`)
  }
  const unclear = paths.find((path) => !/[/.]/.test(path))
  if (unclear !== undefined && hasServer) {
    throw new UsageError(
      `'${unclear}' is a file or folder, and may be a journey: write ./${unclear} for the one, or --journey ${unclear} for the other`,
    )
  }
  if (other !== undefined || isOfServer)
    throw new UsageError('Name either files and folders, or journeys of a server')
  const missing = paths.find((path) => !existsSync(path))
  if (missing !== undefined) throw new UsageError(`${missing}: no such file or folder`)
  return paths
}

function isPath(arg: string): boolean {
  return arg.includes('/') || existsSync(arg)
}
