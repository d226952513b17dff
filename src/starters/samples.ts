import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JsonObject, jsonObjectSchema } from '../base/json.ts'
import { type Bundle, bundleSchema } from '../journeys/exchange/bundle.ts'
import { closureOfThings } from '../journeys/exchange/closure.ts'
import { readFiles } from '../journeys/exchange/read-files.ts'
import type { JourneyDocument } from '../journeys/journey-document.ts'
import { type RealmSettings, realmSettingsSchema } from '../realms/realm.ts'
import { type Starter, samplesOf } from './catalogue.ts'

const folder = join(import.meta.dirname, '..', '..', 'samples')

/** The samples for realms, and their settings. */
export type Samples = { bundle: Bundle; settings: RealmSettings }

/** @throws Error naming a sample that can't be read. */
export function readSamples(): Samples {
  return { bundle: readSampleFolders('/alpha', ['alpha', 'custom-nodes']), settings: sampleSettings() }
}

/** @throws Error naming a sample that can't be read. */
export function readSampleFolders(realm: string, folders: readonly string[]): Bundle {
  const bundle = readFiles(
    folders.map((name) => join(folder, name)),
    { realm },
  )
  const problem = bundle.findings.find(({ kind }) => kind !== 'note')
  if (problem !== undefined) throw new Error(`A sample cannot be read: ${problem.message}`)
  return bundle
}

/** A standard email template. */
export function standardTemplate(name: string): JsonObject {
  const text = readFileSync(join(folder, 'alpha', 'email-templates', `${name}.json`), 'utf8')
  return jsonObjectSchema.parse(JSON.parse(text))
}

/** The settings of the sample realm. */
export function sampleSettings(): RealmSettings {
  const text = readFileSync(join(folder, 'alpha', 'settings.json'), 'utf8')
  return realmSettingsSchema.parse(jsonObjectSchema.parse(JSON.parse(text)))
}

/** The samples of starters, adapted to a realm. */
export function bundleFor(starters: readonly Starter[], { bundle }: Samples, realm: string): Bundle {
  const chosen = closureOfThings(starters.flatMap(samplesOf), bundle, 'inner journeys')
  const nodes = bundleSchema.shape.nodes.parse(
    JSON.parse(JSON.stringify(chosen.nodes).replaceAll('realm=/alpha', `realm=${encodeURI(realm)}`)),
  )
  return { ...chosen, nodes, journeys: chosen.journeys.map((journey) => ofRealm(journey, realm)) }
}

/** The people of a realm have a kind of object of their own. */
function ofRealm(journey: JourneyDocument, realm: string): JourneyDocument {
  return { ...journey, identityResource: `managed/${realm === '/' ? '' : `${realm.slice(1)}_`}user` }
}
