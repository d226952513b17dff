import type { Json } from '../../engine/json.ts'
import { jsonSchema } from '../../engine/json.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'
import { readBundle } from './read-bundle.ts'

export type JourneyParts = { journey: JourneyDocument; nodes: NodeDocument[] }

/**
 * Reads an export that is known to hold one journey, such as a sample: what cannot be read is an error.
 * @throws RequestError for what is no export, Error that says what is wrong with the journey.
 */
export function readJourneyExport(json: unknown): JourneyParts {
  const bundle = readBundle(jsonSchema.parse(plain(json)), { realm: '/' })
  const [journey] = bundle.journeys
  const [problem] = bundle.findings
  if (journey === undefined || problem !== undefined) {
    throw new Error(`This is no export of one journey: ${problem?.message ?? 'there is none in it'}`)
  }
  return { journey, nodes: bundle.nodes }
}

/** Nothing but JSON: what is undefined in an object is not there. */
function plain(json: unknown): Json {
  return JSON.parse(JSON.stringify(json))
}
