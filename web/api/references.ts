import * as z from 'zod/mini'
import { toBase64 } from './base64.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const scriptSchema = z.object({
  _id: z.string(),
  name: z.string(),
  context: z._default(z.string(), ''),
})

const namedSchema = z.object({ result: z.array(z.object({ _id: z.string() })) })

/** A script that a setting can refer to. */
export type ScriptName = z.infer<typeof scriptSchema>

/** Sorted by name. */
export async function listScriptNames(realm: string): Promise<ScriptName[]> {
  const { result } = await request(
    z.object({ result: z.array(scriptSchema) }),
    `${realmPath(realm)}/scripts`,
    {
      query: { _queryFilter: true, _fields: 'name,context' },
    },
  )
  return result.toSorted((one, other) => one.name.localeCompare(other.name))
}

/** @returns the id of the new script. */
export async function createScript(
  realm: string,
  { name, context, source }: { name: string; context: string; source: string },
): Promise<string> {
  const { _id } = await request(z.object({ _id: z.string() }), `${realmPath(realm)}/scripts`, {
    method: 'POST',
    query: { _action: 'create' },
    body: {
      name,
      description: '',
      script: toBase64(source),
      language: 'JAVASCRIPT',
      context,
      evaluatorVersion: '2.0',
    },
  })
  return _id
}

export async function listJourneyNames(realm: string): Promise<string[]> {
  const { result } = await request(namedSchema, `${realmPath(realm)}/journeys`, {
    query: { _queryFilter: true, _fields: 'name' },
  })
  return result.map(({ _id }) => _id).toSorted((one, other) => one.localeCompare(other))
}

/** Includes journeys that were never published, so that journeys which use each other can be drawn together. */
export async function listJourneyAndDraftNames(realm: string): Promise<string[]> {
  const [published, drafts] = await Promise.all([
    listJourneyNames(realm),
    request(namedSchema, `${realmPath(realm)}/drafts`),
  ])
  const names = new Set([...published, ...drafts.result.map(({ _id }) => _id)])
  return [...names].toSorted((one, other) => one.localeCompare(other))
}

/** All categories of the realm's journeys. */
export async function listJourneyCategories(realm: string): Promise<string[]> {
  const schema = z.object({ result: z.array(z.object({ categories: z._default(z.array(z.string()), []) })) })
  const { result } = await request(schema, `${realmPath(realm)}/journeys`, {
    query: { _queryFilter: true, _fields: 'categories' },
  })
  return [...new Set(result.flatMap(({ categories }) => categories))].toSorted()
}

export async function listEmailTemplateNames(realm: string): Promise<string[]> {
  const prefix = 'emailTemplate/'
  const { result } = await request(namedSchema, '/openidm/config', {
    query: { _queryFilter: `_id sw "${prefix}"`, realm, _fields: '_id' },
  })
  return result.map(({ _id }) => (_id.startsWith(prefix) ? _id.slice(prefix.length) : _id)).toSorted()
}

export async function listIdentityProviderNames(realm: string): Promise<string[]> {
  const { result } = await request(
    namedSchema,
    `${realmPath(realm)}/realm-config/services/SocialIdentityProviders`,
    { method: 'POST', query: { _action: 'nextdescendents' }, body: {} },
  )
  return result.map(({ _id }) => _id).toSorted()
}
