import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { planMembers } from './journeys.ts'
import { lazyObject } from './lazy.ts'

/** A set of samples that a realm can get at any time. */
const starterSchema = lazyObject(() => ({
  _id: z.string(),
  title: z.string(),
  description: z.string(),
  /** Whether the realm has everything of it: journeys with what they need, settings and people. */
  isAdded: z.boolean(),
  /** Why the signed-in person can't add it to this realm. */
  refusal: z.nullable(z.string()),
}))

/** `keep`: what exists in the realm and differs stays as it is. */
const choiceSchema = lazyObject(() => ({
  existing: z._default(z.enum(['keep', 'replace'], 'must be keep or replace'), 'keep'),
}))

/** What a starter adds. People have the kind `person`, and settings of the realm `realmSetting`. */
const starterPlanSchema = lazyObject(() => ({ isAdded: z.boolean(), ...planMembers() }))

export const listStarters = endpoint('GET', 'realm-config/starters', {
  answer: lazyObject(() => ({ result: z.array(starterSchema()) })),
})

export const addStarter = endpoint('POST', 'realm-config/starters/:id', {
  actions: {
    plan: { body: choiceSchema, answer: starterPlanSchema },
    add: { body: choiceSchema, answer: starterPlanSchema },
  },
})

/** What a realm needs until its first verified caller, in the order of `steps`. */
export const readChecklist = endpoint('GET', 'realm-config/checklist', {
  answer: lazyObject(() => ({
    /** Whether all steps are done that are not optional. */
    isDone: z.boolean(),
    steps: z.array(
      z.object({
        _id: z.enum(['address', 'mail', 'organisation', 'signIn', 'agent', 'caller', 'check', 'verified']),
        isDone: z.boolean(),
        /** Whether the desk works without it. */
        isOptional: z.boolean(),
        /** Of `signIn`: the default journey and why it can't be started, and journeys that could be the default. */
        journey: z.optional(z.string()),
        problem: z.optional(z.enum(['missing', 'off', 'broken', 'faulty'])),
        candidates: z.optional(z.array(z.string())),
        /** Of `check`: actions for which no offered check is enough, and checks whose result no action can use. */
        actionsWithoutCheck: z.optional(z.array(z.string())),
        checksWithoutCode: z.optional(z.array(z.string())),
        /** Of `verified`: the username of an agent, and whether other devices can't open links. */
        agent: z.optional(z.string()),
        isLocal: z.optional(z.boolean()),
      }),
    ),
  })),
})
