import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'
import { lazyExtend, lazyObject, namedLooseObject } from './lazy.ts'
import { collectionQuery, pageOf } from './page.ts'
import { patchSchema } from './patch.ts'

const all = '/openidm/managed/:object'
const one = `${all}/:id`

/** Attributes that every realm has. Realms can have more. */
const personSchema = namedLooseObject('Person', () => ({
  _id: z.string(),
  _rev: z.string(),
  userName: z.string(),
  accountStatus: z.string(),
  givenName: z.optional(z.string()),
  sn: z.optional(z.string()),
  mail: z.optional(z.string()),
  telephoneNumber: z.optional(z.string()),
}))

/** `password` is only written. */
const newPersonSchema = namedLooseObject('NewPerson', () => ({
  ...z.partial(z.omit(personSchema(), { userName: true })).shape,
  userName: z.string(),
  password: z.optional(z.string()),
}))

const fieldsQuery = lazyObject(() => ({ _fields: z.optional(z.string()) }))

export const listPeople = {
  method: 'GET',
  path: all,
  query: lazyExtend(collectionQuery, () => ({
    _queryId: z.optional(z.enum(['query-all', 'query-all-ids'])),
    _totalPagedResultsPolicy: z.optional(z.string()),
  })),
  answer: pageOf(personSchema),
} as const satisfies Endpoint

export const createPerson = {
  method: 'POST',
  path: all,
  query: fieldsQuery,
  actions: { create: { body: newPersonSchema, answer: personSchema } },
} as const satisfies Endpoint

export const readPerson = {
  method: 'GET',
  path: one,
  query: fieldsQuery,
  answer: personSchema,
} as const satisfies Endpoint

export const replacePerson = {
  method: 'PUT',
  path: one,
  query: fieldsQuery,
  body: newPersonSchema,
  answer: personSchema,
} as const satisfies Endpoint

export const patchPerson = {
  method: 'PATCH',
  path: one,
  query: fieldsQuery,
  body: patchSchema,
  answer: personSchema,
} as const satisfies Endpoint

export const removePerson = {
  method: 'DELETE',
  path: one,
  query: fieldsQuery,
  answer: personSchema,
} as const satisfies Endpoint

export const changePerson = {
  method: 'POST',
  path: one,
  query: fieldsQuery,
  actions: {
    patch: { body: patchSchema, answer: personSchema },
    unlock: { answer: personSchema },
    setRoles: {
      body: lazyObject(() => ({
        roles: z
          .array(
            z.string().check(z.regex(/^[\w-]{1,64}$/, 'must be letters, digits, hyphens and underscores')),
            'must be a list',
          )
          .check(z.maxLength(50)),
      })),
      answer: personSchema,
    },
    resetPassword: {
      body: lazyObject(() => ({
        password: z.optional(z.string('must be a text').check(z.minLength(1), z.maxLength(1000))),
        byMail: z._default(z.boolean('must be true or false'), false),
      })),
      answer: lazyObject(() => ({
        /** The new password, unless the call gave one or a link was sent. */
        temporaryPassword: z.optional(z.string()),
        mailedTo: z.optional(z.string()),
      })),
    },
  },
} as const satisfies Endpoint
