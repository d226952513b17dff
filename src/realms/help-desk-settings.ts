import { z } from 'zod'

/** A front journey that agents may choose. */
const checkSchema = z.object({
  journey: z.string('must be the name of a journey').min(1, 'must be the name of a journey'),
  /** Empty means the name of the journey. */
  title: z.string().max(120).default(''),
  description: z.string().max(500).default(''),
})

/** What nobody sees of a person, whatever a list says. */
const neverShown = /^_|password|^kba|secret|token/i

const field = z
  .string('must be the name of an attribute')
  .min(1, 'must be the name of an attribute')
  .refine((name) => !neverShown.test(name), 'is never shown to agents')

/** What a realm decides for its help desk. */
export const helpDeskSchema = z.object({
  /** Whom callers think they talk to. Empty means the name of the realm. */
  organisation: z.string().max(120).default(''),
  /** None means every enabled journey that opens a transaction. */
  checks: z.array(checkSchema).max(50).default([]),
  /** What a verified caller may want, offered to agents as it stands. */
  actions: z
    .array(z.string().min(1).max(120))
    .max(50)
    .default(['Reset the password', 'Reset the second factor', 'Unlock the account']),
  /** Attributes of people that agents see. A telephone number is masked. */
  fields: z
    .array(field)
    .max(50)
    .default(['userName', 'givenName', 'sn', 'mail', 'telephoneNumber', 'department', 'accountStatus']),
  /** Of the mail that brings a caller the link. */
  emailTemplate: z.string().min(1).default('helpDeskLink'),
  /** A mail address that was changed within so many hours gets no link. */
  mailQuietHours: z.int().min(0).max(720).default(24),
})
