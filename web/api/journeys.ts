import * as z from 'zod/mini'
import { readJourney, saveJourney } from './journey-document.ts'
import { families } from './node-types.ts'
import { realmPath } from './realm-path.ts'
import { ApiError, request } from './request.ts'

const place = z._default(z.nullable(z.number()), null)

const pictureSchema = z.object({
  entryNodeId: z._default(z.string(), ''),
  nodes: z._default(
    z.record(
      z.string(),
      z.object({
        type: z.string(),
        family: z.catch(z.enum(families), 'flow'),
        name: z._default(z.string(), ''),
        x: place,
        y: place,
        /** Ids of the connected nodes, including the Success and Failure nodes. */
        to: z._default(z.array(z.string()), []),
      }),
    ),
    {},
  ),
})

const rowSchema = z.object({
  _id: z.string(),
  _rev: z.string(),
  description: z._default(z.nullable(z.string()), ''),
  categories: z._default(z.array(z.string()), []),
  enabled: z._default(z.boolean(), true),
  innerTreeOnly: z._default(z.boolean(), false),
  transactionalOnly: z._default(z.boolean(), false),
  isDefault: z._default(z.boolean(), false),
  nodeCount: z._default(z.number(), 0),
  /** Names of the scripts its nodes run. */
  scripts: z._default(z.array(z.string()), []),
  picture: pictureSchema,
  findings: z.object({ error: z.number(), warning: z.number(), hint: z.number() }),
  /** Node types that this server cannot run. */
  unsupported: z._default(z.array(z.string()), []),
  savedAt: z._default(z.nullable(z.number()), null),
  savedBy: z._default(z.nullable(z.string()), null),
  savedById: z._default(z.nullable(z.string()), null),
})

/** `_id` is the journey's name; `savedAt` is epoch milliseconds. */
export type JourneyRow = z.infer<typeof rowSchema>
/** A journey's nodes with their positions in canvas pixels and their connections. */
export type JourneyPicture = z.infer<typeof pictureSchema>

const listSchema = z.object({ result: z.array(rowSchema) })

export async function listJourneys(realm: string, signal?: AbortSignal): Promise<JourneyRow[]> {
  const { result } = await request(listSchema, `${realmPath(realm)}/journeys`, {
    query: { _queryFilter: true },
    signal,
  })
  return result
}

function journeyPath(realm: string, name: string): string {
  return `${realmPath(realm)}/journeys/${encodeURIComponent(name)}`
}

/** Copies a journey with new node ids. @throws ApiError 409 when the name is taken. */
export async function duplicateJourney(realm: string, name: string, copy: string): Promise<void> {
  await request(z.unknown(), journeyPath(realm, name), {
    method: 'POST',
    query: { _action: 'duplicate' },
    body: { name: copy },
  })
}

const usageSchema = z.object({
  kind: z.string(),
  journey: z.optional(z.string()),
  displayName: z.optional(z.string()),
  /** For realm settings: the setting's name. */
  name: z.optional(z.string()),
})

const usagesSchema = z.object({ result: z.array(usageSchema) })

/** A node of another journey, or a realm setting, that uses the journey. */
export type Usage = z.infer<typeof usageSchema>

export async function journeyUsages(realm: string, name: string, signal?: AbortSignal): Promise<Usage[]> {
  const { result } = await request(usagesSchema, `${journeyPath(realm, name)}/usages`, { signal })
  return result
}

/**
 * Deletes a journey and its nodes.
 * @param isForced deletes it even if other journeys use it; those then fail.
 * @throws ApiError 409 while the journey is used, 412 after a concurrent save, 404 when it doesn't exist.
 */
export async function removeJourney(
  realm: string,
  { _id, _rev }: Pick<JourneyRow, '_id' | '_rev'>,
  isForced: boolean,
): Promise<void> {
  await request(z.unknown(), journeyPath(realm, _id), {
    method: 'DELETE',
    query: isForced ? { force: true } : {},
    headers: { 'if-match': `"${_rev}"` },
  })
}

/** Enables or disables a journey. Retries once after a concurrent save, so that save is not lost. */
export async function setJourneyEnabled(realm: string, name: string, enabled: boolean): Promise<void> {
  const attempt = async () => {
    const { _rev: revision, tree, ...rest } = await readJourney(realm, name)
    await saveJourney(realm, { ...rest, tree: { ...tree, enabled } }, { revision })
  }
  try {
    await attempt()
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 412) throw error
    await attempt()
  }
}

/** The default journey runs when a request names none. */
export async function makeDefaultJourney(realm: string, name: string): Promise<void> {
  await request(z.unknown(), `${realmPath(realm)}/realm-config/settings`, {
    method: 'PUT',
    body: { defaultJourney: name },
  })
}
