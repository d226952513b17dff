import type { JsonObject } from '../../base/json.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { brokenReferences, referenceLookup } from '../../journeys/exchange/needs.ts'
import { membersOf } from '../../journeys/exchange/references.ts'

type Template = Bundle['documents'][number]

/** The email templates that nodes and scripts name and the configuration lacks, because every tenant has them already. */
export function madeUpTemplates(bundle: Bundle): Template[] {
  const has = referenceLookup(bundle)
  const nodes = new Map(bundle.nodes.map((node) => [node.id, node]))
  const ofNodes = bundle.journeys
    .flatMap((journey) => membersOf(journey, nodes))
    .flatMap((member) => brokenReferences(member, has))
    .flatMap(({ kind, id }) => (kind === 'emailTemplate' ? [id] : []))
  const ofScripts = bundle.scripts
    .flatMap(({ source }) => [...source.matchAll(/\bemailTemplateName["']?\s*[:=]\s*(["'])([\w-]+)\1/g)])
    .flatMap(([, , id = '']) => (has({ kind: 'emailTemplate', id }) === undefined ? [id] : []))
  return [...new Set([...ofNodes, ...ofScripts])]
    .toSorted()
    .map((id) => ({ kind: 'emailTemplate', id, document: madeUp(id) }))
}

/** A template in the form of the vendor's exports, with the link of an Email Suspend node. */
function madeUp(name: string): JsonObject {
  const message = '<p><a href="{{object.resumeURI}}">Go on</a></p>'
  return {
    _id: `emailTemplate/${name}`,
    defaultLocale: 'en',
    enabled: true,
    subject: { en: `Made-up email ${name}` },
    message: { en: message },
    mimeType: 'text/html',
  }
}
