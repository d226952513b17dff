import type { Reference } from '../journeys/exchange/references.ts'
import { standardTemplateNames } from '../outbox/global-templates.ts'
import type { RealmSettings } from '../realms/realm.ts'

type Check = RealmSettings['helpDesk']['checks'][number]

export const starterIds = ['sign-in', 'help-desk', 'confirmations', 'examples', 'sample-people'] as const

export type StarterId = (typeof starterIds)[number]

/** A set of samples that a realm can get at any time. */
export type Starter = {
  id: StarterId
  title: string
  description: string
  /** Journeys, with everything that they need, and the names of email templates. */
  journeys: readonly string[]
  emailTemplates: readonly string[]
  /** The journey that becomes the default if the realm's default journey doesn't exist. */
  defaultJourney?: string
  /** Checks that the desk offers, from the settings of the samples. */
  checks: readonly Check['journey'][]
  /** Whether the actions of the samples replace the default ones. */
  hasActions?: boolean
  /** The journey with which people confirm requests of applications. */
  confirmation?: string
  hasPeople?: boolean
}

const nothing = { journeys: [], emailTemplates: [], checks: [] }

/** In the order in which a newcomer needs them. */
export const starters: readonly Starter[] = [
  {
    ...nothing,
    id: 'sign-in',
    title: 'Sign-in',
    description: 'Sign-in pages with username and password, and the email templates of accounts.',
    journeys: ['Login', 'PlatformLogin'],
    emailTemplates: standardTemplateNames,
    defaultJourney: 'Login',
  },
  {
    ...nothing,
    id: 'help-desk',
    title: 'Help desk',
    description:
      'Checks for agents: verify with a code, two agents, and a way for callers who lost a device or password.',
    journeys: ['VerifyWithCode', 'FallbackLadder', 'TwoAgents'],
    emailTemplates: [
      'helpDeskLink',
      'helpDeskLinkMessage',
      'helpDeskLinkCall',
      'helpDeskVouch',
      'helpDeskVouchMessage',
      'helpDeskVouchCall',
    ],
    checks: ['VerifyWithCode', 'FallbackLadder', 'TwoAgents'],
    hasActions: true,
  },
  {
    ...nothing,
    id: 'confirmations',
    title: 'Confirm requests of applications',
    description: 'A journey in which people confirm what an application asks of them.',
    journeys: ['ConfirmRequest'],
    emailTemplates: ['confirmRequest'],
    confirmation: 'ConfirmRequest',
  },
  {
    ...nothing,
    id: 'examples',
    title: 'Examples',
    description:
      'A journey with scripts, a second factor for sensitive pages, the vendor’s example of a check, and a check for agents who work without the desk.',
    journeys: ['Greeting', 'StepUp', 'HelpDesk', 'HelpDeskLink'],
    checks: ['HelpDesk', 'HelpDeskLink'],
  },
  {
    ...nothing,
    id: 'sample-people',
    title: 'Sample people',
    description: 'Agents, a lead and callers, for trying things out.',
    hasPeople: true,
  },
]

export function starterNamed(id: string): Starter | undefined {
  return starters.find((starter) => starter.id === id)
}

/** The samples to import with a starter. */
export function samplesOf({ journeys, emailTemplates }: Starter): Reference[] {
  return [
    ...journeys.map((id) => ({ kind: 'journey', id }) as const),
    ...emailTemplates.map((id) => ({ kind: 'emailTemplate', id }) as const),
  ]
}
