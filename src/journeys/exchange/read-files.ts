import { readFileSync, statSync } from 'node:fs'
import { sep } from 'node:path'
import { OperationError, RequestError } from '../../errors.ts'
import type { Bundle } from './bundle.ts'
import type { RealmChoice } from './choose-realm.ts'
import { filesIn, readerNear } from './found-files.ts'
import { readTogether } from './read-together.ts'
import { maxFileBytes, parseExport } from './safe-json.ts'

/** Maximum total size, in bytes, without the sources of scripts. */
const maxTotalBytes = 10 * maxFileBytes

/**
 * Reads files and folders as one bundle. Also reads source files that scripts refer to, but only below the given folders.
 *
 * @throws OperationError with the unreadable file and the reason. A file that is not an export is an error if it was named,
 * and a finding if it is in a named folder.
 */
export function readFiles(paths: readonly string[], choice: RealmChoice): Bundle {
  const found = filesIn(paths)
  const near = readerNear(found)
  let total = 0
  const read = (path: string) => {
    total += sizeOf(path)
    if (total > maxTotalBytes) throw new OperationError(`${paths.join(', ')}: more than 200 MB of JSON`)
    return parseExport(readFileSync(path, 'utf8'))
  }
  const files = found.map(({ path, isNamed }) => ({
    path: posix(path),
    isMeant: isNamed,
    read: () => read(path),
  }))
  try {
    return readTogether(files, {
      ...choice,
      readText: (path, from) => near(path, from.path ?? '')?.text,
    })
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    throw new OperationError(error.message, { cause: error })
  }
}

function sizeOf(path: string): number {
  const { size } = statSync(path)
  if (size > maxFileBytes) throw new OperationError(`${path}: larger than 20 MB`)
  return size
}

function posix(path: string): string {
  return path.split(sep).join('/')
}
