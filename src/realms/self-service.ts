import { z } from 'zod'
import { localisedTextSchema } from '../base/locale.ts'

/** Terms of service. Source: "Terms and conditions" of the vendor's identity management. */
const termsSchema = z.object({
  version: z.string().min(1).meta({
    title: 'Version',
    description: 'People who accepted another version are asked again.',
  }),
  createDate: z.string().meta({ title: 'Date', description: 'The date when this version takes effect.' }),
  text: localisedTextSchema.meta({
    title: 'Text',
    description: 'The terms, in the languages of the realm.',
    refers: { to: 'localisedText' },
  }),
})

const questionsSchema = z.record(
  z.string(),
  localisedTextSchema.meta({ title: 'Question', refers: { to: 'localisedText' } }),
)

/** Members have the names of the vendor's document `selfservice.kba`. Source: "Security questions". */
const kbaSchema = z.object({
  kbaPropertyName: z.string().min(1).default('kbaInfo').meta({
    title: 'Attribute for answers',
    description: 'Stores the hashed answers.',
  }),
  minimumAnswersToDefine: z.int().min(0).max(20).default(2).meta({
    title: 'Answers to give',
    description: 'Number of questions that people choose when they register.',
  }),
  minimumAnswersToVerify: z.int().min(0).max(20).default(1).meta({
    title: 'Answers to ask for',
    description: 'Number of correct answers that verify a person.',
  }),
  // Limited by default, because answers can be guessed.
  numberOfAttemptsAllowed: z.int().min(0).nullable().default(5).meta({
    title: 'Wrong answers allowed',
    description: 'Counted in a row. If empty, there is no limit, so answers can be guessed.',
  }),
  kbaAttemptsPropertyName: z.string().min(1).nullable().default('kbaAttempts').meta({
    title: 'Attribute for wrong answers',
    description: 'Counts wrong answers. If empty, they are not counted.',
  }),
  questions: questionsSchema
    .default({
      '1': { en: "What's your favorite color?", fr: 'Quelle est votre couleur préférée ?' },
      '2': { en: 'Who was your first employer?', fr: 'Qui a été votre premier employeur ?' },
    })
    .meta({ title: 'Questions', description: 'Questions that people can choose from.' }),
})

const consentMappingSchema = z.object({
  name: z
    .string()
    .min(1)
    .meta({ title: 'Name', description: 'Journeys refer to the application by this name.' }),
  displayName: z.string().meta({ title: 'Title', description: 'Name of the recipient, shown to people.' }),
  icon: z.string().default('').meta({ title: 'Icon', description: 'Image URL. If empty, no icon is shown.' }),
  accessLevel: z.string().default('').meta({
    title: 'Access',
    description: 'What the recipient can do with the data, shown to people.',
  }),
  fields: z.array(z.string()).default([]).meta({
    title: 'Attributes',
    description: 'Shared attributes, shown to people.',
  }),
})

/** Settings of registration and self-service. */
export const selfServiceSchema = z.object({
  /** The current terms; null if people don't have to accept any. */
  terms: termsSchema
    .nullable()
    .default({
      version: '0.0',
      createDate: '2026-01-01T00:00:00.000Z',
      text: { en: 'No terms have been written for this realm yet.' },
    })
    .meta({ title: 'Terms', description: 'Require people to accept terms.' }),
  kba: kbaSchema.prefault({}).meta({ title: 'Security questions' }),
  consentMappings: z
    .array(consentMappingSchema.meta({ title: 'Application' }))
    .default([])
    .meta({
      title: 'Consent',
      description: 'Applications that data of people can be shared with.',
    }),
})
