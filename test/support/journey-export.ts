import type { Json } from '../../src/base/json.ts'
import { jsonSchema } from '../../src/base/json.ts'
import { readBundle } from '../../src/journeys/exchange/read-bundle.ts'
import type { JourneyDocument, NodeDocument } from '../../src/journeys/journey-document.ts'

export type JourneyParts = { journey: JourneyDocument; nodes: NodeDocument[] }

/**
 * Reads an export with exactly one journey, such as a sample.
 * @throws RequestError for a document that is not an export, Error for an invalid journey.
 */
export function readJourneyExport(json: unknown): JourneyParts {
  const bundle = readBundle(jsonSchema.parse(plain(json)), { realm: '/' })
  const [journey] = bundle.journeys
  const [problem] = bundle.findings
  if (journey === undefined || problem !== undefined) {
    throw new Error(`This is not an export of one journey: ${problem?.message ?? 'it contains none'}`)
  }
  return { journey, nodes: bundle.nodes }
}

/** Converts to plain JSON, without undefined members. */
function plain(json: unknown): Json {
  return JSON.parse(JSON.stringify(json))
}
