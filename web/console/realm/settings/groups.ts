/** Sections of the realm settings page, in order. */
export type Group = {
  id: string
  title: string
  description: string
  /** Further words to find it by. */
  words?: string
  members: readonly string[]
}

const groups: readonly Group[] = [
  {
    id: 'journeys',
    title: 'Journeys',
    description: 'Journeys that run when none is named, and how many earlier versions are kept.',
    members: ['defaultJourney', 'passwordResetJourney', 'versionsKept'],
  },
  {
    id: 'times',
    title: 'Times',
    description: 'How long journeys and links stay valid.',
    members: ['journeyMinutes', 'suspendedMinutes', 'transactionSeconds'],
  },
  {
    id: 'sessions',
    title: 'Sessions',
    description: 'How long people stay signed in. Existing sessions keep their limits.',
    members: [
      'maxIdleMinutes',
      'maxSessionMinutes',
      'maxSessionsPerPerson',
      'freshSignInMinutes',
      'visibleSessionProperties',
    ],
  },
  {
    id: 'hosts',
    title: 'Hosts and applications',
    description: 'Hosts of the realm, and applications that may call it from browsers.',
    members: ['allowedHosts', 'linkBaseUrl', 'corsOrigins', 'corsHeaders'],
  },
  {
    id: 'landing',
    title: 'Landing pages',
    description: 'Where people go after signing in. Redirects to other URLs are rejected.',
    members: ['successUrl', 'failureUrl', 'allowedUrls'],
  },
  {
    id: 'lockout',
    title: 'Lockout',
    description: 'Lock accounts after too many wrong passwords.',
    members: ['lockout'],
  },
  {
    id: 'limits',
    title: 'Limits',
    description: 'Rate limits per application and per address.',
    members: ['limits'],
  },
  {
    id: 'passwords',
    title: 'Passwords',
    description: 'Rules for new passwords. Existing passwords stay valid.',
    members: ['passwordPolicy'],
  },
  {
    id: 'attributes',
    title: 'Custom attributes',
    description: 'Attributes that this realm adds to its people.',
    words: 'schema managed object fields custom_',
    members: ['customAttributes'],
  },
  {
    id: 'directory',
    title: 'Directory',
    description: 'An LDAP server or Active Directory with people of the realm.',
    words: 'ldap active directory ad',
    members: ['directory'],
  },
  {
    id: 'mail',
    title: 'Email',
    description: 'Sender of the realm’s emails, and notices to people about account changes.',
    words: 'mail smtp sender from address',
    members: ['mail', 'notices'],
  },
  {
    id: 'messaging',
    title: 'Text messages and calls',
    description: 'Services that send links and one-time passwords to telephones.',
    words: 'sms phone voice gateway twilio',
    members: ['messaging'],
  },
  {
    id: 'languages',
    title: 'Languages',
    description: 'Languages of pages and emails.',
    members: ['locales'],
  },
  {
    id: 'stand-ins',
    title: 'Stand-ins',
    description:
      'What nodes do that can’t run here, because they need a service of the vendor. Journeys with an undeclared type end in failure.',
    words: 'not supported pingone protect verify push kerberos node types',
    members: ['standIns'],
  },
  {
    id: 'oauth',
    title: 'OAuth2',
    description: 'Defaults for applications. Settings of an application take precedence.',
    members: ['oauth'],
  },
  {
    id: 'help-desk',
    title: 'Help desk',
    description: 'What agents can do, and which details of people they see.',
    members: ['helpDesk'],
  },
  {
    id: 'self-service',
    title: 'Self-service',
    description: 'Terms, security questions and consent for people who manage their own accounts.',
    members: ['selfService'],
  },
]

/** Groups with the given settings. Ungrouped settings go into a last group, "More". */
export function groupsOf(names: readonly string[]): readonly Group[] {
  const others = names.filter((name) => !groups.some(({ members }) => members.includes(name)))
  const more = { id: 'more', title: 'More', description: '', members: others }
  return [...groups, ...(others.length === 0 ? [] : [more])]
    .map((group) => ({ ...group, members: group.members.filter((name) => names.includes(name)) }))
    .filter(({ members }) => members.length > 0)
}
