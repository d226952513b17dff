import { readFileSync, statSync } from 'node:fs'
import { sep } from 'node:path'
import { badRequest, OperationError, RequestError } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import type { AssembleOptions } from './assemble.ts'
import type { Bundle } from './bundle.ts'
import type { RealmChoice } from './choose-realm.ts'
import { shapeOf } from './detect.ts'
import { filesIn, readerNear } from './found-files.ts'
import { jsonWithComments } from './json-problem.ts'
import { type OnBroken, readTogether } from './read-together.ts'
import { maxFileBytes, parseExport, withoutMark } from './safe-json.ts'

/** Maximum total size, in bytes, without the sources of scripts. */
const maxTotalBytes = 10 * maxFileBytes

/**
 * Reads files and folders as one bundle. Also reads source files that scripts refer to, but only below the given folders.
 *
 * @throws OperationError with the unreadable file and the reason. A file that is not an export is an error if it was named,
 * and a finding if it is in a named folder.
 * @param onBroken receives unreadable files instead.
 */
export function readFiles(paths: readonly string[], choice: RealmChoice, onBroken?: OnBroken): Bundle {
  const found = filesIn(paths)
  const near = readerNear(found)
  let total = 0
  const files = found.map(({ path, isNamed }) => ({
    path: posix(path),
    isMeant: isNamed,
    read() {
      total += sizeOf(path)
      if (total > maxTotalBytes) throw new OperationError(`${paths.join(', ')}: more than 200 MB of JSON`)
      const text = readFileSync(path, 'utf8')
      return isNamed ? parseExport(text) : parseFound(text, posix(path))
    },
    text: () => withoutMark(readFileSync(path, 'utf8')),
  }))
  try {
    const readText: AssembleOptions['readText'] = (path, from) => near(path, from.path ?? '')?.text
    return readTogether(files, { ...choice, readText }, onBroken)
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    throw new OperationError(error.message, { cause: error })
  }
}

function sizeOf(path: string): number {
  const { size } = statSync(path)
  if (size > maxFileBytes) throw badRequest('larger than 20 MB')
  return size
}

/** Settings of other tools in the folder, such as `tsconfig.json`, may have comments. They are read as null, which is not an export. */
function parseFound(text: string, path: string): Json {
  try {
    return parseExport(text)
  } catch (error) {
    const other = jsonWithComments(text)
    if (other !== undefined && shapeOf(other, path) === undefined) return null
    throw error
  }
}

function posix(path: string): string {
  return path.split(sep).join('/')
}
