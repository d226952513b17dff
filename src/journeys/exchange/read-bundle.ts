import { isJsonObject, type Json } from '../../engine/json.ts'
import { badRequest } from '../../errors.ts'
import { assemble } from './assemble.ts'
import { type Bundle, bundleSchema } from './bundle.ts'
import type { RealmChoice } from './choose-realm.ts'
import { piecesOf } from './detect.ts'
import { firstProblem } from './read-result.ts'
import { readSentFiles, sentFilesSchema } from './sent-files.ts'

/** How the command line sends what it read from several files. */
export type PackedBundle = { sidegateBundle: Bundle }

/**
 * Reads one JSON document, in any of the forms that exports have, or several files in one.
 *
 * @throws RequestError 400 that says what was found instead.
 */
export function readBundle(json: Json, choice: RealmChoice): Bundle {
  if (isJsonObject(json) && json.sidegateBundle !== undefined) {
    const parsed = bundleSchema.safeParse(json.sidegateBundle)
    if (parsed.success) return parsed.data
    throw badRequest(`The bundle is not one of ours: ${firstProblem(parsed.error)}`)
  }
  if (isJsonObject(json) && json.sidegateFiles !== undefined) {
    const parsed = sentFilesSchema.safeParse(json.sidegateFiles)
    if (parsed.success) return readSentFiles(parsed.data, choice)
    throw badRequest(`The files did not come as they should: sidegateFiles.${firstProblem(parsed.error)}`)
  }
  return assemble(piecesOf(json), { ...choice, readText: () => undefined })
}
