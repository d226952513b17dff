import type { ItemOf } from '../../contract/endpoint.ts'
import { listKeptSettings, removeKeptSettings } from '../../contract/kept-settings.ts'
import { callEndpoint } from './endpoint.ts'

export type KeptKind = ItemOf<typeof listKeptSettings>

/** By kind. Source: `docs/operations.md`, "Whole tenants". */
export async function readKeptSettings(realm: string, signal?: AbortSignal): Promise<KeptKind[]> {
  return (await callEndpoint(listKeptSettings, { realm, signal })).result
}

/** @returns how many were removed. @throws ApiError 404 if the realm keeps none of this kind. */
export async function forgetKeptSettings(realm: string, kind: string): Promise<number> {
  return (await callEndpoint(removeKeptSettings, { realm, kind })).count
}
