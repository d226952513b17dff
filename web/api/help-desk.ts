import * as z from 'zod/mini'
import { cancelOpen, sendLink as sendEndpoint, type snapshotSchema } from '../../contract/backchannel.ts'
import type { AnswerOf, ItemOf, ValueOf } from '../../contract/endpoint.ts'
import {
  listAgents as agentsEndpoint,
  changePerson,
  findPeople as findEndpoint,
  listChecks as listEndpoint,
  listUnmetPolicies as listUnmetEndpoint,
  possibleCallerSchema,
  readDesk,
  readCheck as readEndpoint,
  readRequirements as requirementsEndpoint,
  useCheck,
} from '../../contract/help-desk.ts'
import type { eventSchema } from '../../contract/transactions.ts'
import { callAction, callEndpoint, endpointPath } from './endpoint.ts'
import { request } from './request.ts'

/** A realm chooses the attributes. The page uses those that are texts. */
const attribute = z.catch(z.optional(z.string()), undefined)

export const personSchema = z.extend(possibleCallerSchema(), {
  userName: attribute,
  givenName: attribute,
  sn: attribute,
  mail: attribute,
  telephoneNumber: attribute,
  department: attribute,
  accountStatus: attribute,
})

const recordSchema = z.extend(readEndpoint.answer(), { person: z.nullable(personSchema) })
const peopleSchema = z.extend(findEndpoint.answer(), { result: z.array(personSchema) })

/** The initial data of the desk: the agent, the offered checks and the purposes to choose from. */
export type HelpDesk = AnswerOf<typeof readDesk>
export type OfferedCheck = z.infer<typeof offeredCheckSchema>

export const offeredCheckSchema = readDesk.answer().shape.checks.def.element

/** A possible caller, with the attributes that the realm shows to agents. The telephone number is masked. */
export type Person = z.infer<typeof personSchema>

/** Times are epoch milliseconds. */
export type CheckEvent = ValueOf<typeof eventSchema>

/** A check in a list. */
export type CheckRow = ItemOf<typeof listEndpoint>

/** A check with its events, and how the caller proved who they are. */
export type CheckRecord = z.infer<typeof recordSchema>
export type CheckProof = NonNullable<CheckRecord['verification']>

/** A check at the start of its feed. Only the journey that created it gets `redirectUri`, only its agent the codes. */
export type CheckSnapshot = ValueOf<typeof snapshotSchema>

export type CheckListQuery = {
  /** One state, or `open` for all running checks. */
  state?: string | undefined
  pageSize?: number
  /** Default: `own` for agents, `all` for leads. */
  scope?: 'own' | 'offered' | 'all' | undefined
  /** Only the agent's own checks with a rejection that the agent has not read. */
  isUnread?: boolean
  /** Endings, separated by commas. */
  ending?: string | undefined
  /** Words of a caller, agent, action, ticket or reference. */
  text?: string | undefined
  /** Cookie of the previous page. */
  cookie?: string | undefined
  signal?: AbortSignal
}

/** @param locale the language of the actions' names. */
export function readHelpDesk(realm: string, locale?: string): Promise<HelpDesk> {
  return callEndpoint(readDesk, { realm, query: { locale } })
}

/** @param text 2 to 64 characters. */
export async function findPeople(
  realm: string,
  text: string,
  signal?: AbortSignal,
): Promise<{ people: Person[]; hasMore: boolean }> {
  const options = { query: { q: text }, signal }
  const { result, hasMore } = await request(peopleSchema, endpointPath(findEndpoint, { realm }), options)
  return { people: result, hasMore }
}

/** Newest first. Administrators get the checks of all agents. */
export async function listChecks(
  realm: string,
  { state, scope, isUnread, ending, text, pageSize = 50, cookie, signal }: CheckListQuery = {},
): Promise<{ rows: CheckRow[]; cookie: string | undefined }> {
  const unread = isUnread === true ? ('true' as const) : undefined
  const query = { state, scope, unread, ending, text, _pageSize: pageSize, _pagedResultsCookie: cookie }
  const { result, pagedResultsCookie } = await callEndpoint(listEndpoint, { realm, query, signal })
  return { rows: result, cookie: pagedResultsCookie ?? undefined }
}

export function readCheck(realm: string, reference: string, signal?: AbortSignal): Promise<CheckRecord> {
  return request(recordSchema, endpointPath(readEndpoint, { realm, reference }), { signal })
}

/**
 * Marks the result of a check as used, which works once. A repetition with the same random key gets the first answer again.
 * @throws ApiError 409 when there is no usable result; the message says why.
 */
export async function markResultUsed(realm: string, reference: string, key: string): Promise<void> {
  await callAction(useCheck, 'use', { realm, reference, body: { key } })
}

/** What an action needs for a person, and what each check lacks. */
export type Requirements = AnswerOf<typeof requirementsEndpoint>
export type Lacking = Requirements['checks'][number]['lacks'][number]

/** Policies and actions of the realm for which no offered check is enough. */
export function listUnmetPolicies(
  realm: string,
  signal?: AbortSignal,
): Promise<AnswerOf<typeof listUnmetEndpoint>> {
  return callEndpoint(listUnmetEndpoint, { realm, signal })
}

/** @param about the empty action only verifies the person. */
export function readRequirements(
  realm: string,
  { personId, action }: { personId: string; action: string },
  signal?: AbortSignal,
): Promise<Requirements> {
  const query = action === '' ? {} : { action }
  return callEndpoint(requirementsEndpoint, { realm, id: personId, query, signal })
}

/**
 * Withdraws the result of a check, which works once.
 * @throws ApiError 409 when there is nothing to withdraw.
 */
export async function withdrawResult(realm: string, reference: string): Promise<void> {
  await callAction(useCheck, 'withdraw', { realm, reference })
}

/**
 * Makes a short code for the link of the agent's own check. It replaces the earlier one.
 * @throws ApiError 409 when the link is no longer known, 429 after too many codes.
 */
export function issueShortCode(
  realm: string,
  reference: string,
): Promise<AnswerOf<typeof useCheck.actions.shortCode>> {
  return callAction(useCheck, 'shortCode', { realm, reference })
}

/** Colleagues who can be offered a check, by name. */
export async function listAgents(realm: string, signal?: AbortSignal): Promise<Colleague[]> {
  return (await callEndpoint(agentsEndpoint, { realm, signal })).result
}

export type Colleague = ItemOf<typeof agentsEndpoint>

/** @param to object id of a colleague; null for the whole team. */
export async function offerCheck(realm: string, reference: string, to: string | null): Promise<void> {
  await callAction(useCheck, 'offer', { realm, reference, body: { to } })
}

export async function withdrawOffer(realm: string, reference: string): Promise<void> {
  await callAction(useCheck, 'withdrawOffer', { realm, reference })
}

/** @throws ApiError 409 if a colleague was faster, or the offer is gone; the message says why. */
export async function takeOverCheck(realm: string, reference: string): Promise<void> {
  await callAction(useCheck, 'takeOver', { realm, reference })
}

/** Records that the agent read the caller's "this is not me". */
export async function acknowledgeRejection(realm: string, reference: string): Promise<void> {
  await callAction(useCheck, 'acknowledge', { realm, reference })
}

/** Cancels a check, so that its link stops working. */
export async function cancelCheck(realm: string, reference: string): Promise<void> {
  await callEndpoint(cancelOpen, { realm, body: { reference } })
}

/** Ways to send a link. */
export type LinkChannel = AnswerOf<typeof readDesk>['channels'][number]

/** Sends the link to the caller's address or number on file. @returns where to, masked. */
export async function sendLink(realm: string, reference: string, channel: LinkChannel): Promise<string> {
  return (await callEndpoint(sendEndpoint, { realm, body: { reference, channel } })).sentTo
}

/**
 * Lifts the pause after "this is not me".
 * @param until the end of the pause that the lead read.
 * @returns the end of the pause after a later report.
 */
export async function liftPause(
  realm: string,
  personId: string,
  body: { reason: string; until: number },
): Promise<number | null> {
  return (await callAction(changePerson, 'liftPause', { realm, id: personId, body })).pausedUntil
}
