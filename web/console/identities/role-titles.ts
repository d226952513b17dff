/** Roles by what people call them, as `docs/access.md` has them; `helpdesk` is an older name of `agent`. */
const titles: Readonly<Record<string, string>> = {
  admin: 'Administrator',
  'realm-admin': 'Realm administrator',
  'journey-author': 'Journey author',
  'agent-lead': 'Help desk lead',
  agent: 'Help desk agent',
  auditor: 'Auditor',
  helpdesk: 'Help desk agent',
}

/** What a role is called; scripts may ask for others by their names. */
export function roleTitle(role: string): string {
  return Object.hasOwn(titles, role) ? (titles[role] ?? role) : role
}

/** The roles that do something in a realm. */
export function rolesOfRealm(realm: string): readonly string[] {
  const everywhere = ['agent-lead', 'agent', 'auditor']
  return realm === '/' ? ['admin', ...everywhere] : ['realm-admin', 'journey-author', ...everywhere]
}
