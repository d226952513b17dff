import * as z from 'zod/mini'
import type { AnswerOf, ItemOf } from '../../contract/endpoint.ts'
import {
  countEnvironment,
  listSecrets,
  listSecretVersions,
  listVariables,
} from '../../contract/environment.ts'
import { toBase64 } from './base64.ts'
import { request } from './request.ts'

export type StoredVariable = ItemOf<typeof listVariables>
export type StoredSecret = ItemOf<typeof listSecrets>
export type SecretVersion = AnswerOf<typeof listSecretVersions>[number]
export type ProcessVariable = AnswerOf<typeof countEnvironment>['process'][number]
export type ExpressionType = StoredVariable['expressionType']

/** All variables and secrets of the server, those of its process by name only. */
export type Environment = {
  variables: readonly StoredVariable[]
  secrets: readonly StoredSecret[]
  process: readonly ProcessVariable[]
}

/** What both kinds have. `realms`: null for all realms. */
type Described = { description: string; realms: readonly string[] | null }

export type VariableInput = Described & { value: string; expressionType: ExpressionType }
export type SecretInput = Described & { value: string; encoding: string; useInPlaceholders: boolean }

const all = { _queryFilter: true }
const onlyNew = { 'if-none-match': '*' }

export async function readEnvironment(signal?: AbortSignal): Promise<Environment> {
  const [variables, secrets, { process }] = await Promise.all([
    request(listVariables.answer(), listVariables.path, { query: all, signal }),
    request(listSecrets.answer(), listSecrets.path, { query: all, signal }),
    request(countEnvironment.answer(), countEnvironment.path, { signal }),
  ])
  return { variables: variables.result, secrets: secrets.result, process }
}

/** @throws ApiError 412 or 409 if the name is taken. */
export async function createVariable(id: string, { value, ...input }: VariableInput): Promise<void> {
  const body = { ...input, valueBase64: toBase64(value) }
  await request(z.unknown(), pathOf('variables', id), { method: 'PUT', headers: onlyNew, body })
}

/** @throws ApiError 412 or 409 if the name is taken. */
export async function createSecret(id: string, { value, ...input }: SecretInput): Promise<void> {
  const body = { ...input, valueBase64: toBase64(value) }
  await request(z.unknown(), pathOf('secrets', id), { method: 'PUT', headers: onlyNew, body })
}

/** @param lastChangeDate of the variable that was read. @throws ApiError 412 if it has changed since. */
export async function saveVariable(
  id: string,
  { value, ...described }: Described & { value: string },
  lastChangeDate: string,
): Promise<void> {
  const body = { ...described, valueBase64: toBase64(value) }
  const headers = ifUnchanged(lastChangeDate)
  await request(z.unknown(), pathOf('variables', id), { method: 'PUT', headers, body })
}

/** Saves description and realms. @throws ApiError 412 if the secret has changed since it was read. */
export async function describeSecret(id: string, input: Described, lastChangeDate: string): Promise<void> {
  const headers = ifUnchanged(lastChangeDate)
  await request(z.unknown(), pathOf('secrets', id), { method: 'PUT', headers, body: input })
}

export async function removeEsv(kind: 'variables' | 'secrets', id: string): Promise<void> {
  await request(z.unknown(), pathOf(kind, id), { method: 'DELETE' })
}

/** Newest first. */
export function listVersions(id: string, signal?: AbortSignal): Promise<SecretVersion[]> {
  return request(listSecretVersions.answer(), versionsOf(id), { signal })
}

/** Adds a version, which is active from then on. */
export async function addVersion(id: string, value: string): Promise<void> {
  const body = { valueBase64: toBase64(value) }
  await request(z.unknown(), versionsOf(id), { method: 'POST', query: { _action: 'create' }, body })
}

/** Destroying a version removes its value. @throws ApiError 400 for the active version. */
export async function changeVersion(
  id: string,
  version: string,
  status: SecretVersion['status'],
): Promise<void> {
  const path = `${versionsOf(id)}/${version}`
  if (status === 'DESTROYED') await request(z.unknown(), path, { method: 'DELETE' })
  else
    await request(z.unknown(), path, {
      method: 'POST',
      query: { _action: 'changestatus' },
      body: { status },
    })
}

/** The vendor's answers have no revisions; the time of the last change is one. */
function ifUnchanged(lastChangeDate: string): Record<string, string> {
  return { 'if-match': `"${lastChangeDate}"` }
}

function pathOf(kind: 'variables' | 'secrets', id: string): string {
  return `${kind === 'variables' ? listVariables.path : listSecrets.path}/${encodeURIComponent(id)}`
}

function versionsOf(id: string): string {
  return `${pathOf('secrets', id)}/versions`
}
