import { z } from 'zod'
import { localisedTextSchema } from '../engine/locale.ts'

/** Conditions that people accept. Source: "Terms and conditions" of the vendor's identity management. */
const termsSchema = z.object({
  version: z.string().min(1).meta({
    title: 'Version',
    description: 'Whoever accepted another one is asked again.',
  }),
  createDate: z.string().meta({ title: 'Date', description: 'Since when this version is in force.' }),
  text: localisedTextSchema.meta({
    title: 'Text',
    description: 'What people accept, in the languages of the realm.',
    refers: { to: 'localisedText' },
  }),
})

const questionsSchema = z.record(
  z.string(),
  localisedTextSchema.meta({ title: 'Question', refers: { to: 'localisedText' } }),
)

/** Members are called as in the vendor's document `selfservice.kba`. Source: "Security questions". */
const kbaSchema = z.object({
  kbaPropertyName: z.string().min(1).default('kbaInfo').meta({
    title: 'Attribute for answers',
    description: 'Where people keep their answers, hashed.',
  }),
  minimumAnswersToDefine: z.int().min(0).max(20).default(2).meta({
    title: 'Answers to give',
    description: 'How many questions people choose when they register.',
  }),
  minimumAnswersToVerify: z.int().min(0).max(20).default(1).meta({
    title: 'Answers to ask for',
    description: 'How many right answers show who somebody is.',
  }),
  // Answers can be guessed, so there is a limit unless somebody lifts it.
  numberOfAttemptsAllowed: z.int().min(0).nullable().default(5).meta({
    title: 'Wrong answers allowed',
    description: 'In a row. Empty means any number: answers can be guessed.',
  }),
  kbaAttemptsPropertyName: z.string().min(1).nullable().default('kbaAttempts').meta({
    title: 'Attribute for wrong answers',
    description: 'Where wrong answers are counted. Empty counts none.',
  }),
  questions: questionsSchema
    .default({
      '1': { en: "What's your favorite color?", fr: 'Quelle est votre couleur préférée ?' },
      '2': { en: 'Who was your first employer?', fr: 'Qui a été votre premier employeur ?' },
    })
    .meta({ title: 'Questions', description: 'What people may choose from.' }),
})

const consentMappingSchema = z.object({
  name: z.string().min(1).meta({ title: 'Name', description: 'How a journey names it.' }),
  displayName: z
    .string()
    .meta({ title: 'Title', description: 'With whom data is shared, as people read it.' }),
  icon: z
    .string()
    .default('')
    .meta({ title: 'Icon', description: 'The URL of a picture. Empty shows none.' }),
  accessLevel: z.string().default('').meta({
    title: 'Access',
    description: 'What the other side may do, as people read it.',
  }),
  fields: z.array(z.string()).default([]).meta({
    title: 'Attributes',
    description: 'What is shared, as people read it.',
  }),
})

/** What a realm decides about people who register and look after their own data. */
export const selfServiceSchema = z.object({
  /** The version in force; null where people need not accept any. */
  terms: termsSchema
    .nullable()
    .default({
      version: '0.0',
      createDate: '2026-01-01T00:00:00.000Z',
      text: { en: 'No terms have been written for this realm yet.' },
    })
    .meta({ title: 'Terms', description: 'The version in force, if people have to accept any.' }),
  kba: kbaSchema.prefault({}).meta({ title: 'Security questions' }),
  consentMappings: z
    .array(consentMappingSchema.meta({ title: 'Application' }))
    .default([])
    .meta({
      title: 'Consent',
      description: 'With whom data of people may be shared, and which.',
    }),
})
