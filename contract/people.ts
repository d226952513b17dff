import * as z from 'zod/mini'
import { collection } from './collection.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { lazyObject, namedLooseObject } from './lazy.ts'

const text = () => z.optional(z.string())

/** Attributes that every realm has. Realms can have more. */
const attributes = () => ({ givenName: text(), sn: text(), mail: text(), telephoneNumber: text() })

const personSchema = namedLooseObject('Person', () => ({
  _id: z.string(),
  _rev: z.string(),
  userName: z.string(),
  accountStatus: z.string(),
  ...attributes(),
}))

const newPersonSchema = namedLooseObject('PersonBody', () => ({
  userName: z.string(),
  password: text(),
  accountStatus: text(),
  ...attributes(),
}))

/** Managed objects. Source: "Managed objects" of the vendor's identity management REST reference. */
export const people = collection('/openidm/managed/:object', personSchema, newPersonSchema)

export const createPerson = endpoint('POST', people.path, {
  actions: { create: { body: newPersonSchema, answer: personSchema } },
})

export const patchPerson = { ...people.remove, method: 'PATCH' } as const satisfies Endpoint

const rolesSchema = lazyObject(() => ({
  roles: z
    .array(
      z.string().check(z.regex(/^[\w-]{1,64}$/, 'must be letters, digits, hyphens and underscores')),
      'must be a list',
    )
    .check(z.maxLength(50)),
}))

export const changePerson = endpoint('POST', people.read.path, {
  actions: {
    patch: { answer: personSchema },
    unlock: { answer: personSchema },
    setRoles: { body: rolesSchema, answer: personSchema },
    resetPassword: {
      body: lazyObject(() => ({
        password: z.optional(z.string('must be a text').check(z.minLength(1), z.maxLength(1000))),
        byMail: z._default(z.boolean('must be true or false'), false),
      })),
      /** The new password, unless the call gave it, or the masked address to which a link was sent. */
      answer: lazyObject(() => ({ temporaryPassword: text(), mailedTo: text() })),
    },
  },
})
