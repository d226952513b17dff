/** What belongs together on the page of a realm's settings, in the order in which people need it. */
export type Group = { id: string; title: string; description: string; members: readonly string[] }

const groups: readonly Group[] = [
  {
    id: 'journeys',
    title: 'Journeys',
    description: 'Which journey runs when nobody says which.',
    members: ['defaultJourney', 'passwordResetJourney'],
  },
  {
    id: 'times',
    title: 'Times',
    description: 'How long a sign-in may take.',
    members: ['journeyMinutes', 'suspendedMinutes', 'transactionSeconds'],
  },
  {
    id: 'sessions',
    title: 'Sessions',
    description: 'How long somebody stays signed in. Sessions that there are already keep their times.',
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
    description: 'Where the realm is found, and which applications may call it from a browser.',
    members: ['allowedHosts', 'linkBaseUrl', 'corsOrigins', 'corsHeaders'],
  },
  {
    id: 'landing',
    title: 'Landing pages',
    description: 'Where people go after a sign-in. Nothing leads anywhere else.',
    members: ['successUrl', 'failureUrl', 'allowedUrls'],
  },
  {
    id: 'lockout',
    title: 'Lockout',
    description: 'What happens after too many wrong passwords.',
    members: ['lockout'],
  },
  {
    id: 'limits',
    title: 'Limits',
    description: 'How much one application and one address may do in a short time.',
    members: ['limits'],
  },
  {
    id: 'passwords',
    title: 'Passwords',
    description: 'What new passwords must be. Those that people have already stay good.',
    members: ['passwordPolicy'],
  },
  {
    id: 'directory',
    title: 'Directory',
    description: 'An LDAP server or Active Directory that has people of the realm.',
    members: ['directory'],
  },
  {
    id: 'mail',
    title: 'Mail',
    description:
      'The sender of the realm’s mails, and which mails tell people about changes to their accounts.',
    members: ['mail', 'notices'],
  },
  {
    id: 'languages',
    title: 'Languages',
    description: 'In what languages pages and mails are.',
    members: ['locales'],
  },
  {
    id: 'oauth',
    title: 'OAuth2',
    description:
      'What applications get when people sign in to them here. What a client says itself counts more.',
    members: ['oauth'],
  },
  {
    id: 'help-desk',
    title: 'Help desk',
    description: 'What agents may do, and what they see of people.',
    members: ['helpDesk'],
  },
  {
    id: 'self-service',
    title: 'Self service',
    description: 'What people accept, answer and share when they look after their own data.',
    members: ['selfService'],
  },
]

/** The groups of a realm's settings. What no group has is shown in one of its own, and not left out. */
export function groupsOf(names: readonly string[]): readonly Group[] {
  const others = names.filter((name) => !groups.some(({ members }) => members.includes(name)))
  const more = { id: 'more', title: 'More', description: '', members: others }
  return [...groups, ...(others.length === 0 ? [] : [more])]
    .map((group) => ({ ...group, members: group.members.filter((name) => names.includes(name)) }))
    .filter(({ members }) => members.length > 0)
}
