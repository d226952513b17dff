import { z } from 'zod'
import { localisedTextSchema } from '../journey/locale.ts'

/** Conditions that people accept. Source: "Terms and conditions" of the vendor's identity management. */
const termsSchema = z.object({
  version: z.string().min(1),
  createDate: z.string(),
  text: localisedTextSchema,
})

const questionsSchema = z.record(z.string(), localisedTextSchema)

/** Members are called as in the vendor's document `selfservice.kba`. Source: "Security questions". */
const kbaSchema = z.object({
  kbaPropertyName: z.string().min(1).default('kbaInfo'),
  minimumAnswersToDefine: z.int().min(0).max(20).default(2),
  minimumAnswersToVerify: z.int().min(0).max(20).default(1),
  /** Wrong answers in a row; null for any number. Answers can be guessed, so there is a limit unless somebody lifts it. */
  numberOfAttemptsAllowed: z.int().min(0).nullable().default(5),
  kbaAttemptsPropertyName: z.string().min(1).nullable().default('kbaAttempts'),
  questions: questionsSchema.default({
    '1': { en: "What's your favorite color?", fr: 'Quelle est votre couleur préférée ?' },
    '2': { en: 'Who was your first employer?', fr: 'Qui a été votre premier employeur ?' },
  }),
})

const consentMappingSchema = z.object({
  name: z.string().min(1),
  displayName: z.string(),
  icon: z.string().default(''),
  accessLevel: z.string().default(''),
  fields: z.array(z.string()).default([]),
})

/** What a realm decides about people who register and look after their own data. */
export const selfServiceSchema = z.object({
  /** The version in force; null where people need not accept any. */
  terms: termsSchema.nullable().default({
    version: '0.0',
    createDate: '2026-01-01T00:00:00.000Z',
    text: { en: 'No terms have been written for this realm yet.' },
  }),
  kba: kbaSchema.prefault({}),
  consentMappings: z.array(consentMappingSchema).default([]),
})
