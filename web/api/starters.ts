import type { AnswerOf, ItemOf } from '../../contract/endpoint.ts'
import { readRights } from '../../contract/server.ts'
import {
  addStarter as addEndpoint,
  listStarters as listEndpoint,
  readChecklist,
} from '../../contract/starters.ts'
import { callAction, callEndpoint } from './endpoint.ts'

export type Starter = ItemOf<typeof listEndpoint>
export type StarterPlan = AnswerOf<typeof addEndpoint.actions.plan>
export type Checklist = AnswerOf<typeof readChecklist>
export type ChecklistStep = Checklist['steps'][number]

/** How to treat items that exist in the realm and differ. */
export type Existing = 'keep' | 'replace'

export async function listStarters(realm: string, signal?: AbortSignal): Promise<Starter[]> {
  return (await callEndpoint(listEndpoint, { realm, signal })).result
}

/** The effects of adding a starter, without adding it. */
export function planStarter(
  realm: string,
  id: string,
  existing: Existing,
  signal?: AbortSignal,
): Promise<StarterPlan> {
  return callAction(addEndpoint, 'plan', { realm, id, body: { existing }, signal })
}

/** @throws ApiError 403 if the server refuses the starter, 409 while others keep changing the realm. */
export function addStarter(realm: string, id: string, existing: Existing): Promise<StarterPlan> {
  return callAction(addEndpoint, 'add', { realm, id, body: { existing } })
}

export function readChecklistOf(realm: string, signal?: AbortSignal): Promise<Checklist> {
  return callEndpoint(readChecklist, { realm, signal })
}

/** What the signed-in person may do in a realm, in the terms of docs/access.md. */
export async function readOwnRights(realm: string): Promise<readonly string[]> {
  return (await callEndpoint(readRights, { realm })).may
}
