import { z } from 'zod'
import { actionTextsSchema } from './action-texts.ts'
import { policySchema } from './help-desk-policies.ts'
import { isHiddenAttribute } from './hidden-attribute.ts'

/** How many events within how many minutes raise an alarm. */
function threshold(count: number, minutes: number, about: { title: string; description: string }) {
  return z
    .object({
      count: z.int().min(0).max(1_000).default(count).meta({
        title: 'Number',
        description: '0 turns this alarm off.',
      }),
      minutes: z.int().min(1).max(10_080).default(minutes).meta({
        title: 'Minutes',
        description:
          'Events of this time count. Until a lead acknowledges an alarm, no other one is raised in it.',
      }),
    })
    .prefault({})
    .meta(about)
}

/** When the alarms of a help desk are raised. Checks are kept for 30 days, so a week is the longest window. */
const alarmSettingsSchema = z.object({
  denials: threshold(5, 60, {
    title: 'Many denials',
    description:
      'Callers said “This is not me” or that they were called, managers did not vouch, or another person signed in.',
  }),
  failures: threshold(30, 60, {
    title: 'Many failures',
    description: 'Callers’ journeys failed, the code was wrong too often, or callers failed to sign in.',
  }),
  callerCheckedOften: threshold(6, 1_440, {
    title: 'One person is checked often',
    description:
      'Checks of one person by all agents count, however they end: attackers try one agent after the other.',
  }),
})

/** A check that agents can start: the agent's journey with its texts. */
const checkSchema = z.object({
  journey: z
    .string('must be the name of a journey')
    .min(1, 'must be the name of a journey')
    .meta({
      title: 'Journey',
      description: "The agent's journey, which opens a transaction.",
      refers: { to: 'journey' },
    }),
  title: z.string().max(120).default('').meta({
    title: 'Title',
    description: 'Shown to agents. If empty, the name of the journey.',
  }),
  description: z.string().max(500).default('').meta({
    title: 'Description',
    description: 'Tells agents when to use the check and what the caller needs.',
  }),
  atDesk: z.boolean('must be true or false').default(true).meta({
    title: 'At the desk',
    description: 'If off, agents start it on the sign-in page only.',
  }),
})

const field = z
  .string('must be the name of an attribute')
  .min(1, 'must be the name of an attribute')
  // rule H7: otherwise a realm lists passwords among the attributes that agents see
  .refine((name) => !isHiddenAttribute(name), 'is never shown to agents')

/** Notification members that agents never see, even if a list names them. Any code may be one that the caller proves. */
function isHiddenMember(name: string): boolean {
  return isHiddenAttribute(name) || /code$/i.test(name)
}

const notificationKey = z
  .string('must be the name of a member')
  .min(1, 'must be the name of a member')
  .max(120)
  // rule H7: otherwise a realm lists codes among the notifications that agents see
  .refine((name) => !isHiddenMember(name), 'is never shown to agents')

function template(usual: string, title: string, description: string) {
  return z
    .string()
    .min(1)
    .default(usual)
    .meta({ title, description, refers: { to: 'emailTemplate' } })
}

/** Help desk settings of a realm. */
export const helpDeskSchema = z.object({
  organisation: z.string().max(120).default('').meta({
    title: 'Organisation name',
    description: 'Organisation name shown to callers. If empty, the name of the realm.',
  }),
  checks: z
    .array(checkSchema.meta({ title: 'Check' }))
    .max(50)
    .default([])
    .meta({
      title: 'Checks',
      description:
        'Checks that agents can start. If empty, anyone can start any enabled journey that opens a transaction.',
    }),
  onlyAgentsStartChecks: z.boolean('must be true or false').default(true).meta({
    title: 'Only agents start checks',
    description: 'The journeys above can only be started by a signed-in person who may verify callers.',
  }),
  actions: z
    .array(z.string().min(1).max(120))
    .max(50)
    .default(['Reset the password', 'Reset the second factor', 'Unlock the account'])
    .meta({
      title: 'Actions',
      description: 'Actions that a caller can request. Checks for other actions are refused.',
    }),
  actionTexts: actionTextsSchema,
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
      description:
        'Allowed only if the caller reached level 2 or higher in the check, or recovers the account.',
    }),
  recoveryMinutes: z.int().min(0).max(10_080).default(60).meta({
    title: 'Delay of recoveries (minutes)',
    description:
      'For the actions above, one factor of the caller, or a manager who vouches, suffices if a second agent approved the check, and only this long after it. Not for privileged accounts. 0: one factor never suffices.',
  }),
  privilegedNeedSecondAgent: z.boolean('must be true or false').default(true).meta({
    title: 'Privileged accounts need a second agent',
    description:
      'Checks of people with a role, or with the employeeType "privileged", need a second agent who signs in to approve them.',
  }),
  policies: z
    .array(policySchema.meta({ title: 'Policy' }))
    .max(50)
    .default([])
    .meta({
      title: 'Policies',
      description:
        'What actions need for certain people, besides the two settings above. If several policies match, the strictest of each need counts.',
    }),
  fields: z
    .array(field)
    .max(50)
    .default(['userName', 'givenName', 'sn', 'mail', 'telephoneNumber', 'department', 'accountStatus'])
    .meta({
      title: 'Attributes',
      description: 'Attributes of people that agents see. Phone numbers are masked.',
    }),
  notificationKeys: z.array(notificationKey).max(50).default(['journeyStatus']).meta({
    title: 'Notification members',
    description:
      "Members of notifications from the caller's journey that agents see: texts, numbers and booleans.",
  }),
  emailTemplate: template(
    'helpDeskLink',
    'Email template',
    'Template of the email with the link for the caller.',
  ),
  messageTemplate: template(
    'helpDeskLinkMessage',
    'Template of text messages',
    'Plain text with the short link for the caller.',
  ),
  callTemplate: template(
    'helpDeskLinkCall',
    'Template of calls',
    'Read aloud to the caller: the short address and the letters of the code.',
  ),
  vouchEmailTemplate: template(
    'helpDeskVouch',
    'Email template of vouches',
    'Template of the email to a manager who is asked to vouch. Without it, managers get the email for callers. A global template with this name counts, too.',
  ),
  vouchMessageTemplate: template(
    'helpDeskVouchMessage',
    'Template of text messages about vouches',
    'Plain text with the short link for a manager who is asked to vouch. Without it, managers get the text message for callers.',
  ),
  vouchCallTemplate: template(
    'helpDeskVouchCall',
    'Template of calls about vouches',
    'Read aloud to a manager who is asked to vouch. Without it, managers get the call for callers.',
  ),
  mailQuietHours: z.int().min(0).max(720).default(24).meta({
    title: 'Hours without links after a change of email, phone or manager',
    description:
      'No link is sent to an email address or phone number that changed within this time. The sample checks also ignore a recently changed phone number or manager.',
  }),
  pauseMinutes: z.int().min(0).max(10_080).default(60).meta({
    title: 'Pause after "This is not me" (minutes)',
    description: 'No check of that person can be started during the pause.',
  }),
  maxChecksPerAgent: z.int().min(0).max(10_000).default(10).meta({
    title: 'Checks per agent in 10 minutes',
    description: 'Further checks are refused until the 10 minutes are over. 0 means no limit.',
  }),
  maxChecksPerPerson: z.int().min(0).max(10_000).default(3).meta({
    title: 'Checks per person in 1 hour',
    description:
      'Counts checks by all agents, so that attackers cannot flood a person with links. 0 means no limit.',
  }),
  maxSearchesPerAgent: z.int().min(0).max(100_000).default(300).meta({
    title: 'Searches per agent in 10 minutes',
    description: 'Further searches are refused until the 10 minutes are over. 0 means no limit.',
  }),
  maxOtherOpeningsPerPerson: z.int().min(0).max(10_000).default(20).meta({
    title: 'Other transactions per person in 1 hour',
    description:
      'Transactions opened by applications, or by journeys that anyone can start. Each kind is counted separately. 0 means no limit.',
  }),
  maxLinkMailsPerPerson: z.int().min(0).max(10_000).default(6).meta({
    title: 'Link emails per person in 1 hour',
    description: 'Counts the emails of all transactions. 0 means no limit.',
  }),
  maxLinkMessagesPerPerson: z.int().min(0).max(10_000).default(6).meta({
    title: 'Text messages and calls with links per person in 1 hour',
    description: 'Counts those of all transactions. 0 means no limit.',
  }),
  alarms: alarmSettingsSchema.prefault({}).meta({
    title: 'Alarms',
    description:
      'Leads see an alarm at their desk until one of them acknowledges it. Webhooks and the audit trail get it, too.',
  }),
  requiresCode: z.boolean().default(false).meta({
    title: 'Code required',
    description: 'Callers must enter the code that the agent reads out.',
  }),
})
