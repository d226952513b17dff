import { z } from 'zod'

/** A front journey that agents may choose. */
const checkSchema = z.object({
  journey: z
    .string('must be the name of a journey')
    .min(1, 'must be the name of a journey')
    .meta({
      title: 'Journey',
      description: "The agent's: one that opens a transaction.",
      refers: { to: 'journey' },
    }),
  title: z.string().max(120).default('').meta({
    title: 'Title',
    description: 'What agents choose. Empty means the name of the journey.',
  }),
  description: z.string().max(500).default('').meta({
    title: 'Description',
    description: 'When to choose it, and what the caller needs.',
  }),
})

/** What nobody sees of a person, whatever a list says. */
const neverShown = /^_|password|^kba|secret|token|^userCode$/i

const field = z
  .string('must be the name of an attribute')
  .min(1, 'must be the name of an attribute')
  .refine((name) => !neverShown.test(name), 'is never shown to agents')

/** What nobody sees of a notification, whatever a list says: it is called like something that opens an account. */
const neverTold = /^_|passw|passcode|passphrase|^kba|secret|token|credential|cookie|code$|^otp|otp$|^pin$/i

const notificationKey = z
  .string('must be the name of a member')
  .min(1, 'must be the name of a member')
  .max(120)
  .refine((name) => !neverTold.test(name), 'is never shown to agents')

/** What a realm decides for its help desk. */
export const helpDeskSchema = z.object({
  organisation: z.string().max(120).default('').meta({
    title: 'Organisation',
    description: 'Whom callers think they talk to. Empty means the name of the realm.',
  }),
  checks: z
    .array(checkSchema.meta({ title: 'Check' }))
    .max(50)
    .default([])
    .meta({
      title: 'Checks',
      description:
        'What agents may start. None means every enabled journey that opens a transaction, started by anyone.',
    }),
  onlyAgentsStartChecks: z.boolean('must be true or false').default(true).meta({
    title: 'Only agents start checks',
    description: 'The journeys listed above start only for a signed-in person who may verify callers.',
  }),
  actions: z
    .array(z.string().min(1).max(120))
    .max(50)
    .default(['Reset the password', 'Reset the second factor', 'Unlock the account'])
    .meta({
      title: 'Actions',
      description: 'What a verified caller may want. A check for any other action is refused.',
    }),
  strongActions: z
    .array(z.string().min(1).max(120))
    .max(50)
    .default([
      'Reset the password',
      'Reset the second factor',
      'Set up a new phone',
      'Change the mail address',
    ])
    .meta({
      title: 'Actions that need two factors',
      description: 'The result of a check allows these only if the caller proved level 2 or higher.',
    }),
  privilegedNeedSecondAgent: z.boolean('must be true or false').default(true).meta({
    title: 'Privileged accounts need a second agent',
    description:
      'People with a role, and those whose employeeType is "privileged", are checked only after a second agent signed in to the check.',
  }),
  fields: z
    .array(field)
    .max(50)
    .default(['userName', 'givenName', 'sn', 'mail', 'telephoneNumber', 'department', 'accountStatus'])
    .meta({
      title: 'Attributes',
      description: 'What agents see of people. A telephone number is masked.',
    }),
  notificationKeys: z.array(notificationKey).max(50).default(['journeyStatus']).meta({
    title: 'Members of notifications',
    description: "What agents see of what the caller's journey tells: texts, numbers and booleans.",
  }),
  emailTemplate: z
    .string()
    .min(1)
    .default('helpDeskLink')
    .meta({
      title: 'Email template',
      description: 'Of the mail that brings a caller the link.',
      refers: { to: 'emailTemplate' },
    }),
  mailQuietHours: z.int().min(0).max(720).default(24).meta({
    title: 'Quiet after a change of mail, number or manager, in hours',
    description:
      'An address that was changed within so many hours gets no link. The sample checks do not use a number or a manager that was.',
  }),
  pauseMinutes: z.int().min(0).max(10_080).default(60).meta({
    title: 'Pause after "this is not me", in minutes',
    description: 'Nobody can begin a check of that person before then.',
  }),
  maxChecksPerAgent: z.int().min(0).max(10_000).default(10).meta({
    title: 'Checks of one agent in ten minutes',
    description: 'Whoever has begun so many has to wait. 0 is no limit.',
  }),
  maxChecksPerPerson: z.int().min(0).max(10_000).default(3).meta({
    title: 'Checks of one person in an hour',
    description: 'Whichever agent begins them: nobody is worn down by links. 0 is no limit.',
  }),
  maxSearchesPerAgent: z.int().min(0).max(100_000).default(300).meta({
    title: 'Searches of one agent in ten minutes',
    description: 'Further searches are refused until the ten minutes are over. 0 is no limit.',
  }),
  maxOtherOpeningsPerPerson: z.int().min(0).max(10_000).default(20).meta({
    title: 'Other transactions about one person in an hour',
    description:
      'Opened by applications, or by journeys that anyone may start; each kind is counted separately. 0 is no limit.',
  }),
  maxLinkMailsPerPerson: z.int().min(0).max(10_000).default(6).meta({
    title: 'Links mailed to one person in an hour',
    description: 'Whoever opened the transaction. 0 is no limit.',
  }),
  requiresCode: z.boolean().default(false).meta({
    title: 'Code required',
    description: 'Nobody is verified who did not type the code that the agent reads out.',
  }),
})
