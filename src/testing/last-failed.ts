import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { createOwnFolder, ownFolder } from './own-folder.ts'
import { walkKey } from './project/walk-files.ts'
import type { WalkResult } from './run-walk.ts'

const fileIn = (folder: string) => join(ownFolder(folder), 'failed.json')

const failedSchema = z.array(z.object({ file: z.string(), it: z.string() }))

/** The walks that failed when they ran last, by `walkKey`; none without a record that can be read. */
export function lastFailed(folder: string, files: readonly string[]): Set<string> {
  const shown = new Map(files.map((file) => [resolve(file), file]))
  return new Set(
    read(folder).flatMap(({ file, it }) => {
      const path = shown.get(join(folder, file))
      return path === undefined ? [] : [walkKey({ file: path, it })]
    }),
  )
}

/** Records which walks failed. @param isWhole whether all walks ran; else the others stay as they were. */
export function recordFailed(folder: string, results: readonly WalkResult[], isWhole: boolean): void {
  const ran = results.map(({ file, it, status }) => ({ file: relative(folder, resolve(file)), it, status }))
  const keys = new Set(ran.map(walkKey))
  const failed = ran.filter(({ status }) => status === 'failed' || status === 'broken')
  const others = (isWhole ? [] : read(folder)).filter((each) => !keys.has(walkKey(each)))
  createOwnFolder(folder)
  const all = [...others, ...failed].map(({ file, it }) => ({ file, it }))
  writeFileSync(fileIn(folder), `${JSON.stringify(all, null, 2)}\n`)
}

function read(folder: string): z.infer<typeof failedSchema> {
  try {
    return failedSchema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')))
  } catch {
    return []
  }
}
