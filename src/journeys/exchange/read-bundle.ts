import { badRequest } from '../../base/errors.ts'
import { isJsonObject, type Json } from '../../base/json.ts'
import { assemble } from './assemble.ts'
import { type Bundle, bundleSchema } from './bundle.ts'
import type { RealmChoice } from './choose-realm.ts'
import { piecesOf } from './detect.ts'
import { firstProblem } from './read-result.ts'
import { readSentFiles, sentFilesSchema } from './sent-files.ts'

/** The form in which the command line sends files. */
export type PackedBundle = { sidegateBundle: Bundle }

/**
 * Reads a JSON document: an export in any form, or several files in one.
 *
 * @throws RequestError 400 that describes the document, if it is neither.
 */
export function readBundle(json: Json, choice: RealmChoice): Bundle {
  if (isJsonObject(json) && json.sidegateBundle !== undefined) {
    const parsed = bundleSchema.safeParse(json.sidegateBundle)
    if (parsed.success) return parsed.data
    throw badRequest(`The bundle is invalid: ${firstProblem(parsed.error)}`)
  }
  if (isJsonObject(json) && json.sidegateFiles !== undefined) {
    const parsed = sentFilesSchema.safeParse(json.sidegateFiles)
    if (parsed.success) return readSentFiles(parsed.data, choice)
    throw badRequest(`The files are invalid: sidegateFiles.${firstProblem(parsed.error)}`)
  }
  return assemble(piecesOf(json), { ...choice, readText: () => undefined })
}
