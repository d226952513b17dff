import { badRequest } from '../errors.ts'
import { isJsonObject, type Json } from '../journey/json.ts'
import { assemble } from './assemble.ts'
import { type Bundle, bundleSchema } from './bundle.ts'
import { piecesOf } from './detect.ts'
import { firstProblem } from './read-result.ts'

/** How the command line sends what it read from several files. */
export type PackedBundle = { sidegateBundle: Bundle }

/**
 * Reads one JSON document, in any of the forms that exports have.
 *
 * @param realm the path of the realm that is asked for, where an export has several.
 * @throws RequestError 400 that says what was found instead.
 */
export function readBundle(json: Json, realm: string): Bundle {
  if (isJsonObject(json) && json.sidegateBundle !== undefined) {
    const parsed = bundleSchema.safeParse(json.sidegateBundle)
    if (parsed.success) return parsed.data
    throw badRequest(`The bundle is not one of ours: ${firstProblem(parsed.error)}`)
  }
  return assemble(piecesOf(json), { realm, readText: () => undefined })
}
